"""Counts in the articles: what is typed is what the record has, so that no number contradicts it."""

from collections import Counter

import pytest

from lessons.models import RemedialAction, Topic
from lessons.views.article_counts import counted_links
from missions.models import Appointment, Command, Contribution, CostShare, Country
from pkportal.sources.markdown import render_markdown
from pkportal.sources.references import references_to

pytestmark = pytest.mark.django_db


def test_articles_count_what_the_record_has():
    wrong, links = [], 0
    for topic in Topic.objects.for_detail():
        for link in counted_links(render_markdown(topic.text, references_to(topic))):
            links += 1
            if link.number != link.rows.count():
                wrong.append((topic.code, link.address, link.number, link.rows.count()))

    assert wrong == []
    assert links > 50


def test_sentences_that_count_without_a_link_say_what_the_record_has():
    texts = "\n".join(Topic.objects.values_list("text", flat=True))
    figures, commands = Contribution.objects.published(), Command.objects.published()
    nations = Country.objects.filter(pk__in=figures.values("country"))
    level, commander = Counter(commands.values_list("level", flat=True)), Appointment.objects.published()
    of_kfor = Counter(commander.filter(command__code="hq-kfor").values_list("country__iso3", flat=True))
    unverified = figures.filter(source__grade="X"), CostShare.objects.filter(source__grade="X")
    actions = RemedialAction.objects.published()
    outside = nations.filter(joined_on=None).count()

    for sentence in [
        f"from {nations.count()} countries in {figures.values('mission').distinct().count()} operations",
        f"Of the {nations.count()} countries in the list, {outside} are not members today",
        f"three strategic, {level['operational']} operational and {level['tactical']} tactical",
        f"Of the {of_kfor.total()} tenures of its commander recorded since 1999, {of_kfor['ITA']} were Italian",
        f"All {commander.filter(command__code='shape').count()} commanders since 1987 in this record are American",
        f"recorded for {actions.values('lesson').distinct().count()} lessons, in {actions.count()} remedial actions",
        f"{unverified[1].count()} shares in common funding and {unverified[0].count()} contributions are based",
    ]:
        assert sentence in texts
