"""The sources: the list, its files, and the page of each with all that cites it."""

import pytest

from pkportal.sources import cited_by
from tests import make
from tests.files import rows_of

pytestmark = pytest.mark.django_db


def shown(page):
    return [source.code for source in page.context["object_list"]]


def test_lists_every_source_by_title(client):
    make.source(code="z", title="Beta")
    make.source(code="a", title="Gamma")
    make.source(code="m", title="Alpha")

    page = client.get("/sources/")

    assert shown(page) == ["m", "z", "a"]
    assert "<title>Sources – Peacekeeping Record</title>" in page.text


@pytest.mark.parametrize("sources", [1, 3])
def test_list_costs_the_same_for_any_number_of_sources(client, sources, django_assert_num_queries):
    for _ in range(sources):
        make.source()

    with django_assert_num_queries(2):  # the count, the page
        page = client.get("/sources/")

    assert len(shown(page)) == sources


def two_sources():
    make.source(
        code="one",
        title="Lessons of Kosovo",
        authors="Jane Roe",
        publisher="House of Commons",
        kind="report",
        grade="C",
        published="2000-10-24",
    )
    make.source(code="two", title="Press release", publisher="", kind="news", grade="", published=None)
    make.source(code="six", title="Zero hour", publisher="SHAPE", kind="news", grade="A", published="1999")


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("", ["one", "two", "six"]),
        ("q=lesson", ["one"]),
        ("q=roe", ["one"]),
        ("kind=news", ["two", "six"]),
        ("grade=C", ["one"]),
        ("grade=X", []),
        ("publisher=commons", ["one"]),
        ("publisher=100%25", []),
        ("sort=-published", ["one", "six", "two"]),
        ("sort=published", ["six", "one", "two"]),
        ("sort=grade", ["six", "one", "two"]),
        ("sort=publisher", ["one", "six", "two"]),
        ("kind=news&grade=A&sort=grade", ["six"]),
    ],
)
def test_answers_a_question_on_the_page_and_in_the_file_alike(client, question, answers):
    two_sources()

    assert shown(client.get(f"/sources/?{question}")) == answers
    for ending in ["csv", "json"]:
        assert [row["code"] for row in rows_of(client.get(f"/sources.{ending}?{question}"))] == answers


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", "\x00"),
        ("kind", "rumour"),
        ("grade", "Z"),
        ("publisher", "a\x00"),
        ("publisher", "x" * 999),
        ("sort", "1"),
    ],
)
def test_a_question_without_sense_is_an_error_beside_its_field_and_no_rows(client, name, value):
    make.source()

    page = client.get("/sources/", {name: value})

    assert page.status_code == 200
    assert [*page.context["filter"].form.errors] == [name]
    assert shown(page) == []
    assert client.get("/sources.csv", {name: value}).status_code == 400


# The page of one source


def test_page_shows_every_field_and_what_the_grade_means(client):
    make.source(
        code="inquiry",
        title="The <b>Inquiry</b>",
        authors="Jane Roe",
        publisher="House of Commons",
        published="2000-10",
        url="https://example.org/inquiry",
        kind="report",
        grade="C",
        licence="Open Parliament Licence",
    )

    page = client.get("/sources/inquiry/").text

    for words in [
        *["<title>The &lt;b&gt;Inquiry&lt;/b&gt; – Peacekeeping Record</title>", "Jane Roe", "House of Commons"],
        *["October 2000", 'href="https://example.org/inquiry"', "Grade C: audit, inquiry or parliament"],
        *["Open Parliament Licence", "[@inquiry]", "Nothing that is public rests on this source"],
    ]:
        assert words in page, words
    assert "<b>Inquiry" not in page


def test_an_address_that_is_not_on_the_web_is_no_link(client):
    source = make.source()
    type(source).objects.update(url="javascript:alert(1)")

    assert "javascript:" not in client.get(source.get_absolute_url()).text


def everything_that_cites(source, published=True):
    """Make one record of every kind that can name a source, and each in every way it can."""
    cites = f"It is so [@{source.code}]."
    mission = make.mission(sources=[source], summary=cites)
    lesson = make.lesson(sources=[source], conclusion=cites, maturity_source=source)
    topic = make.topic(text=cites)
    for it in [mission, lesson, topic] if published else []:
        it.publish()
    command = make.command(mission=mission, sources=[source])
    make.appointment(command=command, sources=[source])
    make.objective(mission=mission, met="met", met_source=source)
    make.mandate(mission=mission, sources=[source], authorises=cites)
    make.event(mission=mission, sources=[source], text=cites)
    make.challenge(mission=mission, sources=[source], text=cites)
    make.contribution(mission=mission, source=source)
    make.stated_total(mission=mission, source=source)
    make.fatality(mission=mission, source=source)
    make.remedial_action(lesson=lesson, source=source)
    return mission


def kinds_on(page):
    return {group.model.__name__: group.number for group, _bars, _file in page.context["groups"]}


EVERY_KIND = {
    *[
        "Mission",
        "Objective",
        "Fatality",
        "CostShare",
        "Command",
        "Appointment",
        "Contribution",
        "StatedTotal",
        "Event",
    ],
    *["Mandate", "Challenge", "Lesson", "RemedialAction", "Topic"],
}


def test_page_counts_each_record_once_however_often_it_names_the_source(client):
    source = make.source(code="all")
    everything_that_cites(source)
    make.cost_share(source=source)
    everything_that_cites(make.source())

    page = client.get("/sources/all/")

    assert kinds_on(page) == dict.fromkeys(EVERY_KIND, 1)
    assert page.context["total"] == len(EVERY_KIND)
    assert "14 records rest on it" in page.text


def test_page_shows_nothing_that_is_not_published(client):
    source = make.source(code="all")
    everything_that_cites(source, published=False)

    page = client.get("/sources/all/")

    assert kinds_on(page) == {}
    assert "Nothing that is public rests on this source" in page.text


@pytest.mark.parametrize("records", [1, 3])
def test_page_costs_the_same_for_any_number_of_records(client, records, django_assert_num_queries):
    source = make.source()
    for _ in range(records):
        everything_that_cites(source)
        make.cost_share(source=source)

    with django_assert_num_queries(2):  # source, all kinds at once
        page = client.get(source.get_absolute_url())

    assert kinds_on(page) == dict.fromkeys(EVERY_KIND, records)


def test_every_line_leads_to_the_page_that_shows_the_record(client):
    source = make.source(code="all")
    mission = everything_that_cites(source)

    groups = {
        group.model.__name__: group.lines for group, _bars, _file in client.get("/sources/all/").context["groups"]
    }

    assert {line.address for kind in ["Mission", "Event", "Contribution", "Objective"] for line in groups[kind]} == {
        mission.get_absolute_url()
    }
    assert groups["Event"][0].parent == mission.name
    assert (groups["Contribution"][0].title, groups["Contribution"][0].number) == (mission.name, 1)
    assert groups["Mandate"][0].address == mission.mandates.get().get_absolute_url()
    assert groups["Challenge"][0].address == mission.challenges.get().theme.get_absolute_url()


def test_a_long_kind_shows_its_first_rows_and_says_where_the_rest_is(client, monkeypatch):
    monkeypatch.setattr(cited_by, "LIMIT", 2)
    source = make.source(code="big")
    for nth in [3, 1, 2]:
        make.mandate(code=f"mandate-{nth}", title=f"Act {nth}", sources=[source])

    page = client.get("/sources/big/")

    ((group, _bars, file),) = page.context["groups"]
    assert (group.number, group.rest, file) == (3, 1, "/data/mandates.csv")
    assert len(group.lines) == 2
    assert "1 more is not shown here" in page.text
    assert 'href="/data/mandates.csv"' in page.text


def test_figures_are_counted_by_mission_the_most_first(client, monkeypatch):
    monkeypatch.setattr(cited_by, "LIMIT", 2)
    source = make.source(code="figures")
    for name, number in [("Few", 1), ("Most", 4), ("Many", 2)]:
        mission = make.published_mission(name=name)
        for _ in range(number):
            make.contribution(source=source, mission=mission)

    page = client.get("/sources/figures/")

    ((group, bars, file),) = page.context["groups"]
    assert [(line.title, line.number, length) for line, length in bars] == [("Most", 4, 100), ("Many", 2, 50)]
    assert (group.number, group.rest, file) == (7, 1, "/data/contributions.csv")
    assert "7 records rest on it" in page.text


def test_page_shows_where_its_grade_stands_among_the_others(client):
    graded, other = make.source(grade="C"), make.source(grade="")

    page = client.get(graded.get_absolute_url()).text

    assert page.count("<li aria-current") == 1
    assert '<li aria-current="true"><a href="/sources/?grade=C">' in page
    text = client.get(other.get_absolute_url()).text
    assert "This source has not been graded" in text
    assert "<li aria-current" not in text


def test_a_kind_that_begins_to_cite_is_found_without_being_named():
    from pkportal.sources.models import Source

    found = {model.__name__: fields for model, fields in cited_by.citing_fields().items()}

    assert found.keys() == EVERY_KIND | {"Equipment"}
    assert sorted(found["Lesson"]) == ["cited", "maturity_source", "sources"]
    assert "SourceHistory" in {it.related_model.__name__ for it in Source._meta.related_objects}


def test_an_unknown_source_has_no_page(client):
    assert client.get("/sources/no-such-source/").status_code == 404
