"""Details of results and suggestions: what tells records of the same title apart."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def details_found(client, query):
    groups = client.get("/search/", {"q": query}).context["groups"]
    return [result.details for group in groups for result in group.results]


def details_suggested(client, query):
    return [it.kind for it in client.get("/search/suggestions/", {"q": query}).context["suggestions"]]


@pytest.fixture
def mission():
    return make.published_mission(name="Marsh Force", code="mfor", start_date="1999-06-12", end_date="2004")


def test_mandates_are_told_apart_by_symbol_and_date(client, mission):
    make.mandate(mission=mission, title="Heron talks", symbol="S/RES/77 (1999)", adopted="1999-06-10")
    details = "S/RES/77 (1999) · 10 June 1999 · Marsh Force"

    assert details_found(client, "heron") == [details]
    assert details_suggested(client, "heron") == [f"Mandate · {details}"]
    assert f"<small>{details}</small>" in client.get("/search/?q=heron").text


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2007-02", "2008-06-03", " · 2007–2008"),
        ("2007-02", "2007", " · 2007"),
        ("2007", None, " · from 2007, last stated in 2007"),
        (None, "2008", " · until 2008"),
        (None, None, ""),
    ],
)
def test_holders_are_told_apart_by_post_and_years(client, mission, start, end, years):
    command = make.command(name="HQ MFOR", mission=mission)
    make.appointment(command=command, person="Ann Heron", from_date=start, to_date=end)

    assert details_found(client, "heron") == [f"HQ MFOR{years}"]
    assert details_suggested(client, "ann") == [f"Appointment · HQ MFOR{years.partition(',')[0]}"]


def test_what_goes_on_says_when_that_was_last_stated_and_what_ended_some_day_that_its_end_is_not_known(client):
    for state, name in [("ongoing", "Heron Watch"), ("completed-end-unknown", "Heron Bridge")]:
        mission = make.published_mission(name=name, start_date="2004", end_date=None, state=state)
        make.event(mission=mission, date="2012-05")
    make.command(name="HQ Heron", active_from="2003")

    assert sorted(details_found(client, "heron")) == [
        "from 2003, last stated in 2003",
        "from 2004, end not known",
        "from 2004, last stated in May 2012",
    ]


def test_events_are_told_apart_by_date_and_missions_by_years(client, mission):
    make.event(mission=mission, title="Heron talks", date="1999-06")

    assert details_found(client, "heron") == ["June 1999 · Marsh Force"]
    assert details_found(client, "marsh force") == ["1999–2004"]


def test_choices_are_shown_by_their_label(client):
    make.source(title="Heron report", short_title="Heron 1999", kind="news")

    assert details_found(client, "heron") == ["Heron 1999 · news"]


def test_mission_is_found_with_the_name_of_its_operation_unless_its_title_has_it(client):
    make.published_mission(name="Air campaign over the marsh", operation_names="Grey Heron", start_date="1999")
    make.published_mission(name="Operation Grey Heron", operation_names="Grey Heron", start_date="2004")

    found = ["from 2004, last stated in 2004", "Grey Heron · from 1999, last stated in 1999"]
    assert details_found(client, "heron") == found
    assert "Mission · Grey Heron · from 1999" in details_suggested(client, "grey")


@pytest.mark.parametrize(
    "question", ["12 June 1999", "1999-06-12", "June 12, 1999", "12/6/1999", "the 12th of June 1999"]
)
def test_what_happened_on_a_day_comes_before_texts_that_name_it(client, mission, question):
    make.event(mission=mission, title="Arrival", date="1999-06-12")
    make.published_topic(title="12 June 1999 and 12 June 1999", summary="Of 12 June 1999.")

    (first, *_others) = client.get("/search/", {"q": question}).context["groups"]

    assert first.kind == "event"


@pytest.mark.parametrize("question", ["lessons on herons", "heron lesson"])
def test_kind_that_a_question_names_comes_first_and_need_not_be_in_the_text(client, mission, question):
    make.published_topic(title="On heron lessons and more lessons", summary="Herons.")
    lesson = make.published_lesson(title="Watch the heron")

    first, *_others = client.get("/search/", {"q": question}).context["groups"]

    assert [result.address for result in first.results] == [lesson.get_absolute_url()]


def test_kind_alone_is_a_word_to_look_for(client):
    make.published_topic(title="How the command works", summary="The command.")

    for question in ["the command", "command", "commands of the"]:
        assert client.get("/search/", {"q": question}).context["total"] == 1
