"""The list of topics, and the page of each article."""

import datetime

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from lessons.models import Topic
from pkportal.content.history import event_model
from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def test_published_articles_are_listed_in_their_order(admin_client):
    second = make.published_topic(order=2, title="Key operations")
    first = make.published_topic(order=1, title="Origins")
    make.topic(order=0, title="Draft article")

    page = admin_client.get("/topics/")

    assert [*page.context["topic_list"]] == [first, second]
    assert "<title>Topics – Peacekeeping Record</title>" in page.text
    assert "not yet checked" in page.text
    assert "Draft article" not in page.text


def test_pages_of_all_records_keep_those_that_are_checked_or_those_that_are_not(client):
    kinds = {"/topics/": make.published_topic, "/themes/": make.theme, "/commands/": make.command}
    for address, made in kinds.items():
        names = {"Alpha": True, "Beta": False, "Gamma": False}
        for name, is_checked in names.items():
            record = made(**{"title" if address == "/topics/" else "name": name})
            if is_checked:
                record.mark_checked()

        def shown(query, address=address, names=names):
            page = client.get(f"{address}?{query}")
            choices = [(it.words, it.number, it.address, it.is_present) for it in page.context["choices"]]
            return [name for name in names if f">{name}</a>" in page.text], choices, page.context["notices"]

        named, choices, notices = shown("")
        assert (named, notices) == (["Alpha", "Beta", "Gamma"], [])
        assert choices == [
            ("all", 3, address, True),
            ("checked", 1, f"{address}?checked=yes", False),
            ("not checked", 2, f"{address}?checked=no", False),
        ]
        assert shown("checked=yes")[0] == ["Alpha"]
        assert shown("checked=no")[0] == ["Beta", "Gamma"]
        named, _choices, ((notice, _links),) = shown("checked=perhaps")
        assert (named, str(notice)) == (["Alpha", "Beta", "Gamma"], "checked: Write yes or no.")


@pytest.mark.parametrize("topics", [1, 3])
def test_list_costs_one_query_for_any_number_of_articles(client, topics, django_assert_num_queries):
    for _ in range(topics):
        make.published_topic()

    with django_assert_num_queries(1):
        client.get("/topics/")


def test_list_without_articles_says_so(client):
    assert "No article is published yet" in client.get("/topics/").text


# The page of one article


def test_page_numbers_citations_and_lists_their_sources(client):
    make.source(code="treaty", title="The Treaty")
    make.source(code="report", title="The Report")
    topic = make.published_topic(
        code="origins", title="Origins", text="It began [@report, p. 3]. It was signed [@treaty; @report, p. 9]."
    )

    page = client.get("/topics/origins/")

    assert "<title>Origins – Peacekeeping Record</title>" in page.text
    assert [
        (reference.number, reference.source.title, len(reference.mentions)) for reference in page.context["references"]
    ] == [
        (1, "The Report", 2),
        (2, "The Treaty", 1),
    ]
    for listed in page.context["references"]:  # by its permanent reference, and so do the notes
        assert f'href="#{listed.source.reference}"' in page.text
        assert f'id="{listed.source.reference}"' in page.text
    assert topic.summary in page.text
    assert "It has not been checked against its sources yet" in page.text


def test_page_shows_the_date_of_publication(client):
    make.published_topic(code="origins", published_at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC))

    assert "<dt>Published on this site</dt><dd>22 November 2026</dd>" in client.get("/topics/origins/").text


def test_contents_link_every_heading_of_the_second_level(client):
    make.source(code="treaty")
    text = "Opening.\n\n## Law & order [@treaty]\n\nText.\n\n### Detail\n\n## Law & order\n\n## Sky *Monitor*\n"
    topic = make.published_topic(text=text)

    page = client.get(topic.get_absolute_url())

    contents = page.context["contents"]
    assert [title for _anchor, title in contents] == ["Law & order", "Law & order", "Sky Monitor"]
    assert len({anchor for anchor, _title in contents}) == 3
    for anchor, _title in contents:
        assert page.text.count(f'id="{anchor}"') == 1
        assert f'href="#{anchor}"' in page.text


def test_page_links_related_missions_lessons_and_articles_without_drafts(client):
    topic = make.published_topic(
        missions=[make.published_mission(name="Kosovo Force"), make.mission(name="Draft force")],
        lessons=[make.published_lesson(title="Train before you go"), make.lesson(title="Draft lesson")],
        related=[make.published_topic(title="Command"), make.topic(title="Draft article")],
    )

    page = client.get(topic.get_absolute_url()).text

    for words in ["Kosovo Force", "Train before you go", "Command"]:
        assert words in page
    assert "Draft" not in page


@pytest.mark.parametrize("parts", [1, 3])
def test_page_costs_the_same_for_any_number_of_parts(client, parts, django_assert_num_queries):
    sources = [make.source() for _ in range(parts)]
    make.published_topic()
    topic = make.published_topic(
        text=" ".join(f"A claim [@{source.code}]." for source in sources),
        missions=[make.published_mission() for _ in range(parts)],
        lessons=[
            make.published_lesson(missions=[make.published_mission()], themes=[make.theme()]) for _ in range(parts)
        ],
        related=[make.published_topic() for _ in range(parts)],
    )

    # article, missions, lessons, their missions and themes, related articles, sources, other articles, counts
    with django_assert_num_queries(9):
        page = client.get(topic.get_absolute_url())

    assert len(page.context["references"]) == parts


def test_page_says_by_when_its_article_counted_the_record_whatever_else_was_edited_since(client):
    topic = make.published_topic(title="Old", text="The record has 63 missions.")
    event_model(Topic).objects.update(pgh_created_at="2026-05-04T10:00Z")
    topic.title = "New"
    topic.save()
    said = "any other was counted by {}, when the article was last written."

    assert said.format("4 May 2026") in " ".join(client.get(topic.get_absolute_url()).text.split())
    topic.text = "The record has 64 missions."
    topic.save()
    today = date_format(timezone.localdate(), "j F Y")
    assert said.format(today) in " ".join(client.get(topic.get_absolute_url()).text.split())


def test_article_counts_the_rows_of_the_lists_that_it_links(client):
    make.challenge(mission=make.published_mission(state="completed", end_date="2001"))
    text = (
        "[90 challenges](/challenges/), [41 are over](/missions/?status=completed&type=peacekeeping), "
        "[17 go on](/missions/?status=ongoing), [5 no list](/missions/?state=ongoing), [3 articles](/topics/)"
    )

    article = text_of(client.get(make.published_topic(text=text).get_absolute_url()))

    for link in [
        '<a href="/challenges/">1 challenge</a>',
        '<a href="/missions/?status=completed&amp;type=peacekeeping">1 are over</a>',
        '<a href="/missions/?status=ongoing">0 go on</a>',
        '<a href="/missions/?state=ongoing">5 no list</a>',  # what is not understood is not counted
        '<a href="/topics/">3 articles</a>',
    ]:
        assert link in article


def test_page_links_its_counts_to_the_rows_and_lists(client):
    running = make.published_mission(name="Running Force", start_date="2018-10-31")
    ended = make.published_mission(name="Past Force", start_date="1995", end_date="1996", state="completed")
    make.published_mission()
    make.challenge(mission=ended)
    lessons = [
        make.published_lesson(maturity="lesson-learned", maturity_source=make.source()),
        make.published_lesson(),
    ]
    topic = make.published_topic(missions=[running, ended], lessons=lessons)

    page = client.get(topic.get_absolute_url())

    for link in [
        '<a href="#missions">2 missions</a>, <a href="#running">1 of them is ongoing, as last stated</a>',
        '<a href="#lessons">2 lessons</a>, <a href="#lesson-learned">1 of them learned</a>',
        '<a href="/missions/">3 missions</a>, <a href="/missions/?status=ongoing">2 ongoing, as last stated</a>',
        '<a href="/challenges/">1 challenge</a>, <a href="/lessons/">2 lessons</a>',
    ]:
        assert link in text_of(page)
    for anchor in ["missions", "running", "lessons", "lesson-learned"]:
        assert f'id="{anchor}"' in text_of(page)
    assert (page.context["running"], page.context["ended"]) == ([running], [ended])
    assert client.get("/missions/?status=ongoing").context["count"] == 2
    ended.state, ended.end_date = "ongoing", None
    ended.save()
    shown = text_of(client.get(topic.get_absolute_url()))
    assert '<a href="#running">2 of them are ongoing, as last stated</a>' in shown


def test_page_shows_its_missions_as_a_timeline_and_a_table(client):
    mission = make.published_mission(name="Kosovo Force", acronym="KFOR")
    topic = make.published_topic(missions=[mission])

    page = client.get(topic.get_absolute_url())

    ((mark,),) = [group.marks for group in page.context["timeline"].groups]
    assert (mark.span.name, mark.span.address) == ("KFOR", mission.get_absolute_url())
    assert 'href="#mission-table"' in page.text
    assert 'id="mission-table"' in page.text


def test_article_without_related_records_has_no_empty_sections(client):
    parts = ['id="missions"', 'id="lessons"', 'id="sources"', 'aria-label="Other articles"']
    bare_page = client.get(make.published_topic().get_absolute_url()).text
    text = f"A claim [@{make.source().code}]."
    full = make.published_topic(missions=[make.published_mission()], lessons=[make.published_lesson()], text=text)
    full_page = client.get(full.get_absolute_url()).text

    assert [part for part in parts if part in full_page] == parts
    assert [part for part in parts if part in bare_page] == []


def test_page_links_the_previous_and_the_next_article(client):
    first, second, third = (make.published_topic(order=order) for order in [1, 2, 4])
    make.topic(order=3, title="Draft article")

    contexts = {topic: client.get(topic.get_absolute_url()).context for topic in [first, second, third]}

    assert [(context["before"], context["after"]) for context in contexts.values()] == [
        (None, second),
        (first, third),
        (second, None),
    ]
    assert f'<a rel="next" href="{third.get_absolute_url()}">' in client.get(second.get_absolute_url()).text


def test_page_has_a_suggested_citation(client, settings):
    settings.SITE_URL = "https://record.example.org"
    topic = make.published_topic(
        title="Origins", published_at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC), code="origins"
    )

    citation = "“Origins”, topic, Peacekeeping Record, 22 November 2026, https://record.example.org/topics/origins/"
    assert citation in client.get(topic.get_absolute_url()).text


def test_drafts_and_unknown_topics_are_not_found_even_by_staff(admin_client):
    assert admin_client.get(make.topic().get_absolute_url()).status_code == 404
    assert admin_client.get("/topics/no-such-topic/").status_code == 404


def test_article_is_shown_as_checked_until_it_is_edited(client):
    topic = make.published_topic()
    topic.mark_checked()

    assert "Its central claim was compared with its source" in client.get(topic.get_absolute_url()).text
    topic.text = "NATO kept some peace."
    topic.save()
    assert "Its central claim was compared with its source" not in client.get(topic.get_absolute_url()).text


@pytest.mark.parametrize(("number", "words"), [(1, "1 command"), (2, "2 commands")])
def test_number_in_a_link_to_a_list_is_that_of_today(client, number, words):
    for _ in range(number):
        make.command()
    text = "The record has [73 commands](/commands/) and [9 commands](/commands/?level=strategic)."

    page = client.get(make.published_topic(text=text).get_absolute_url()).text

    assert f'<a href="/commands/">{words}</a>' in page
    assert ">9 commands</a>" in page


def test_page_says_how_many_statements_of_its_text_name_no_source(client):
    make.source(code="paper")
    text = "It had 4,273 people [@paper]. It began in 1999. It ended in 2004. It kept the peace."
    topic = make.published_topic(text=text)
    words = "of its text with a number, a date or a legal term"

    page = client.get(topic.get_absolute_url()).text
    assert f"2 statements {words} name no source of their own." in " ".join(page.split())
    topic.text = text.replace("It ended in 2004. ", "")
    topic.save()
    assert f"1 statement {words} names no source of its own." in " ".join(
        client.get(topic.get_absolute_url()).text.split()
    )
    topic.text = "It kept the peace."
    topic.save()
    assert words not in client.get(topic.get_absolute_url()).text
