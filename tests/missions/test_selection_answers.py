"""Answers of the search that lead to a selection: a nation in a period, missions without a mandate, the unchecked."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def force():
    marsh = make.country(name="Marshland", iso3="MSH")
    return make.published_mission(
        name="Marsh Force", code="mfor", host_countries=[marsh], type="training-capacity-building"
    )


def answers(client, query):
    """Return the answers to a query, each with the number of rows that its list has."""
    found = client.get("/search/", {"q": query}).context["answers"]
    pages = [client.get(answer.address) for answer in found]
    assert [page.context["notices"] for page in pages] == [[]] * len(pages)
    return [(answer.text, page.context["count"]) for answer, page in zip(found, pages, strict=True)]


@pytest.mark.parametrize("query", ["Norland and Ostland", "everything of Ostland, Norland", "Norland Ostland as CSV"])
def test_question_for_several_nations_is_answered_with_the_list_of_the_figures_of_all(client, force, query):
    for name, iso3, number in [("Norland", "NRL", 2), ("Ostland", "OSL", 1), ("Westland", "WSL", 3)]:
        nation = make.country(name=name, iso3=iso3)
        for year in range(number):
            make.contribution(country=nation, mission=force, as_of=f"200{year}")

    assert answers(client, query) == [("Norland and Ostland: 3 figures on record in 1 mission", 3)]
    make.country(name="Southland")
    assert answers(client, f"{query} Southland") == []  # it gave nothing, so it is asked for otherwise


@pytest.mark.parametrize(
    ("query", "period", "number"),
    [
        ("Norland after 2001", "from 2002", 2),
        ("Norland since 2001", "from 2001", 3),
        ("Norland before 2002", "until 2001", 1),
        ("Norland until 2002", "until 2002", 2),
        ("Norland between 2001 and 2002", "2001 – 2002", 2),
        ("Norland after June 2001", "from 1 July 2001", 2),
    ],
)
def test_question_for_a_nation_in_a_period_is_answered_with_its_figures(client, force, query, period, number):
    nation = make.country(name="Norland", iso3="NRL")
    for date in ["2001-05", "2002", "2010-06-01"]:
        make.contribution(country=nation, mission=force, as_of=date)

    figures = "1 figure" if number == 1 else f"{number} figures"
    assert answers(client, query) == [(f"Norland, {period}: {figures} on record in 1 mission", number)]
    assert answers(client, "Norland 1990") == []


@pytest.mark.parametrize(
    ("query", "text", "number"),
    [
        ("missions without a Security Council mandate", "2 missions have no Security Council resolution on record", 2),
        (
            "missions that had no Security Council mandate",
            "2 missions have no Security Council resolution on record",
            2,
        ),
        ("operations without a UN mandate", "2 missions have no Security Council resolution on record", 2),
        ("missions with no agreement", "2 missions have no agreement on record", 2),
        ("missions without legal basis", "1 mission has no legal basis on record", 1),
    ],
)
def test_question_for_missions_without_a_mandate_is_answered_with_their_list(client, force, query, text, number):
    make.mandate(kind="unsc-resolution")
    make.mandate(kind="agreement", mission=force)
    make.published_mission()

    assert answers(client, query) == [(text, number)]


@pytest.mark.parametrize("query", ["unchecked Marshland", "what has not been checked about Marsh Force"])
def test_question_for_what_is_not_checked_is_answered_list_by_list(client, force, query):
    for _ in range(2):
        make.event(mission=force)
    make.contribution(mission=force).mark_checked()
    make.event()
    make.published_lesson(missions=[force])

    subject = "Marshland" if "Marshland" in query else "Marsh Force"
    assert answers(client, query) == [
        (f"{subject}, not yet checked: 2 events", 2),
        (f"{subject}, not yet checked: 1 lesson", 1),
    ]


def test_question_for_lessons_for_a_type_of_mission_is_answered_by_other_words_too(client, force):
    make.synonym(term="handover", means="transition")
    make.published_lesson(missions=[force], title="Plan transitions jointly")
    make.published_lesson(missions=[make.published_mission()], title="Plan transitions in time")

    for query in ["lessons on handover for a training mission", "handover lessons training"]:
        answer = "1 lesson, type of mission: training and capacity building, about handover"
        assert answers(client, query) == [(answer, 1)]
