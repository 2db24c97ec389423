"""Deleting: what depends on a record is named first, and the messages say what became of it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from lessons.models import Lesson, Theme
from missions.models import Contribution, Event, Mission, Objective
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.pages import admin_url, messages

pytestmark = pytest.mark.django_db


def flat(nested):
    """Return all lines of a nested list as text."""
    lines = []
    for item in nested:
        lines += flat(item) if isinstance(item, list) else [strip_tags(str(item))]
    return lines


def test_the_page_names_what_is_deleted_and_what_loses_its_link(admin_as, publisher):
    theme = make.theme(name="Terrain")
    lesson = make.lesson(title="Climb", themes=[theme])

    page = admin_as(publisher).get(Theme, "delete", theme.pk)

    lines = flat(page.context["deleted_objects"])
    assert lines == ["Theme: Terrain", f"Lesson: {lesson} stays, but loses its link under “themes”"]
    assert dict(page.context["model_count"]) == {"themes": 1, "links of lessons: themes": 1}


def test_links_that_go_with_their_record_are_counted_only(admin_as, publisher):
    mission = make.mission(name="Force", sources=[make.source(), make.source()])
    event = make.event(mission=mission, sources=[make.source()])

    page = admin_as(publisher).get(Mission, "delete", mission.pk)

    assert flat(page.context["deleted_objects"]) == ["Mission: Force", f"Event: {event}"]
    assert dict(page.context["model_count"])["links of missions: sources"] == 2


def test_the_page_costs_the_same_for_any_number_of_dependents(admin_as, publisher):
    browser, counts = admin_as(publisher), []
    for number in (1, 3):
        mission = make.mission()
        for order in range(number):
            make.objective(mission=mission, order=order + 1)
            make.event(mission=mission, title=f"Event {order}", sources=[make.source()])
            make.lesson(missions=[mission])
            make.contribution(mission=mission)
        with CaptureQueriesContext(connection) as queries:
            browser.get(Mission, "delete", mission.pk)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 40


def test_what_other_records_need_is_named_and_kept(admin_as, publisher):
    mission = make.mission(name="Force")
    figure = make.contribution(mission=mission)

    page = admin_as(publisher).post(Mission, "delete", mission.pk, data={"post": "yes"})

    address = admin_url(type(figure), "change", figure.pk)
    assert page.context["protected"] == [f'Contribution: <a href="{address}">{figure}</a>']
    assert Mission.objects.exists()


def test_a_published_record_is_withdrawn_and_not_deleted(admin_as, publisher):
    mission = make.published_mission()
    browser = admin_as(publisher)

    page = browser.get(Mission, "delete", mission.pk)
    browser.post(Mission, "delete", mission.pk, data={"post": "yes"})

    assert "Withdraw it instead" in page.text
    assert Mission.objects.exists()


def test_published_records_among_selected_ones_are_named_and_nothing_is_deleted(admin_as, publisher):
    mission, other = make.published_mission(acronym="KFOR"), make.mission()
    data = {"action": "delete_selected", "_selected_action": [mission.pk, other.pk], "post": "yes"}

    page = admin_as(publisher).post(Mission, "changelist", data=data)

    assert page.context["protected"] == ["KFOR is published: withdraw it instead."]
    assert Mission.objects.count() == 2


def test_a_deletion_that_waits_in_a_draft_is_not_called_done(admin_as, publisher):
    figure = make.contribution()

    page = admin_as(publisher).post(Contribution, "delete", figure.pk, data={"post": "yes"})

    number = ChangeSet.objects.get().number
    assert messages(page) == [f"“{figure}” is to be removed: the draft {number} says so. Readers see it until then."]
    assert page.redirect_chain[-1][0].startswith("/admin/changes/changeset/")
    assert not LogEntry.objects.exists()


def test_selected_records_that_wait_are_told_from_those_that_are_deleted(admin_as, publisher):
    waiting, gone = make.event(title="Waiting"), make.event(mission=make.mission(), title="Gone")
    browser = admin_as(publisher)
    data = {"action": "delete_selected", "_selected_action": [waiting.pk, gone.pk]}

    page = browser.post(Event, "changelist", data=data)
    assert page.context["waiting"] == [waiting]
    page = browser.post(Event, "changelist", data={**data, "post": "yes"})

    number = ChangeSet.objects.get().number
    assert messages(page) == [
        "Deleted: 1 event.",
        f"1 record is to be removed: the draft {number} says so. Readers see it until then.",
    ]
    assert [*Event.objects.all()] == [waiting]
    assert [entry.object_repr for entry in LogEntry.objects.all()] == [str(gone)]


def test_what_was_never_public_is_deleted_at_once(admin_as, publisher):
    objective = make.objective(mission=make.mission())

    page = admin_as(publisher).post(Objective, "delete", objective.pk, data={"post": "yes"})

    assert not Objective.objects.exists()
    assert messages(page) == [f"The objective “{objective}” was deleted successfully."]


def test_editors_do_not_delete(admin_as, editor):
    lesson = make.lesson()

    assert admin_as(editor).post(Lesson, "delete", lesson.pk, data={"post": "yes"}).status_code == 403
