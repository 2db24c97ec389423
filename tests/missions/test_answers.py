"""Answers of the search: a figure with its source and selection, and who held a post."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def answers(client, query):
    return client.get("/search/", {"q": query}).context["answers"]


@pytest.fixture
def force():
    return make.published_mission(name="Marsh Force", acronym="MFOR", code="mfor", start_date="2009", end_date="2015")


def test_question_for_a_nation_in_a_mission_is_answered_with_the_figure_its_source_and_the_selection(client, force):
    italy, source = make.country(name="Italy", iso3="ITA", iso2="IT"), make.source(title="Placemat", code="placemat")
    for date, quantity in [("2013-02", 700), ("2014-02", 512)]:
        make.contribution(mission=force, country=italy, as_of=date, quantity=quantity, source=source)

    (answer,) = answers(client, "Italy MFOR 2014")

    assert answer.text.startswith("Italy, MFOR, February 2014: 512 ")
    assert answer.address.startswith("/contributions/?mission=mfor&country=ITA&from=2014-02&to=2014-02#FIG-")
    assert (answer.source, answer.source_address) == ("Placemat", "/sources/placemat/")
    assert answer.selection_address == "/contributions/?mission=mfor&country=ITA&from=2014&to=2014"
    selection = client.get(answer.selection_address)
    assert ([row["quantity"] for row in selection.context["page_obj"]], selection.context["notices"]) == ([512], [])
    assert [it.text for it in answers(client, "Italy MFOR")][0].startswith("Italy, MFOR, February 2014: 512 ")
    assert "Nothing</b> on record" not in client.get("/search/?q=Italy+MFOR+2014").text
    make.contribution(mission=force, country=italy, as_of="2014-02", kind="ships", unit="ships", quantity=3)
    assert answers(client, "Italy MFOR ships 2014")[0].text.startswith("Italy, MFOR, February 2014: 3 ships")


def test_question_for_a_commander_is_answered_with_the_holders_on_that_date(client, force):
    command = make.command(name="HQ MFOR", code="hq-mfor", mission=force)
    for person, start, end in [("Ann Early", "2009-06-01", "2010-06-30"), ("Ben Late", "2010-07-01", "2011-07-01")]:
        make.appointment(command=command, person=person, from_date=start, to_date=end)
    make.synonym(term="COMMFOR", means="HQ MFOR; MFOR commander")

    (answer,) = answers(client, "who commanded MFOR July 2010")

    assert "Ben Late" in answer.text
    assert (answer.selection, answer.selection_address) == ("MFOR in July 2010", "/missions/mfor/?on=2010-07")
    assert "#APP-" in answer.address
    for question in ["commander of MFOR 2010-07-01", "MFOR commander Jul 2010", "COMMFOR July 2010"]:
        assert ["Ben Late" in answer.text for answer in answers(client, question)] == [True]


def test_question_for_a_nation_where_another_was_host_is_answered_with_the_figures_of_that_mission(client, force):
    italy, marsh = make.country(name="Italy", iso3="ITA", iso2="IT"), make.country(name="Marshland", iso3="MSH")
    force.host_countries.add(marsh)
    make.contribution(mission=force, country=italy, as_of="2014-02", quantity=512)
    make.contribution(mission=force, country=marsh, as_of="2014-02", quantity=4)

    (answer,) = answers(client, "Italy Marshland 2014")

    assert answer.text.startswith("Italy, MFOR, February 2014: 512 ")


def test_question_for_a_date_without_figures_is_answered_with_the_latest_before_it(client, force):
    italy = make.country(name="Italy", iso3="ITA", iso2="IT")
    for date, quantity in [("2011", 700), ("2012-02", 512), ("2014", 9)]:
        make.contribution(mission=force, country=italy, as_of=date, quantity=quantity)

    first, *_others = answers(client, "Italy MFOR June 2013")

    assert first.text.startswith("Italy, MFOR, February 2012: 512 ")
    assert first.text.endswith("; none later on record up to June 2013")
    assert _others == []  # an older one is not the latest
    assert "to=2013-06" in first.selection_address
    assert "from=" not in first.selection_address


def test_question_for_a_nation_without_a_figure_is_answered_so_and_not_that_nobody_was_sent(client, force):
    italy, host = make.country(name="Italy", iso3="ITA", iso2="IT"), make.country(name="Marshland")
    force.host_countries.add(host)

    (answer,) = answers(client, "Italy MFOR")
    assert answer.text == "Italy, MFOR: no figure on record (not: nobody was sent)"
    assert answer.address == "/missions/mfor/"
    make.contribution(mission=force, country=italy, as_of="2012")
    (answer,) = answers(client, "Italy MFOR 2010")
    assert answer.text == "Italy, MFOR: no figure of 2010 or earlier on record (not: nobody was sent)"
    assert answers(client, "Marshland MFOR") == []
    assert "no figure" not in str(answers(client, "Italian commander of MFOR 2010"))


def test_code_of_a_nation_that_is_an_abbreviation_too_is_the_nation_unless_other_words_are_beside_it(client, force):
    make.contribution(mission=force, country=make.country(name="Italy", iso3="ITA", iso2="IT"), as_of="2010")
    make.synonym(term="ITA", means="international training academy")

    assert [answer.text[:11] for answer in answers(client, "ITA MFOR 2010")] == ["Italy, MFOR"]
    assert answers(client, "MFOR ITA lead nations") == []


def test_question_for_the_strength_of_a_mission_is_answered_with_stated_totals(client, force):
    for date, total in [("2010", 5200), ("2012-02", 4100)]:
        make.stated_total(mission=force, as_of=date, total=total)

    assert [it.text for it in answers(client, "how many troops in MFOR")] == [
        "MFOR, February 2012: 4,100 in all, as stated",
        "MFOR, 2010: 5,200 in all, as stated",
    ]
    (answer,) = answers(client, "MFOR strength 2011")
    assert answer.text == "MFOR, 2010: 5,200 in all, as stated; none later on record up to 2011"
    force.host_countries.add(make.country(name="Marshland"))
    assert [it.text for it in answers(client, "Marshland troops 2010")] == ["MFOR, 2010: 5,200 in all, as stated"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("MFOR in 1985", "MFOR did not exist in 1985: it began in 2009"),
        ("who commanded MFOR on 1 May 2020", "MFOR no longer existed on 1 May 2020: it ended in 2015"),
        ("Italy MFOR 1985", "MFOR did not exist in 1985: it began in 2009"),
        ("MFOR troops 2020", "MFOR no longer existed in 2020: it ended in 2015"),
        ("MFOR 1 June 2010", "MFOR on 1 June 2010: its force, its command and who held the posts"),
        ("MFOR 1er juin 2010", "MFOR on 1 June 2010: its force, its command and who held the posts"),
    ],
)
def test_question_for_a_mission_on_a_date_leads_to_it_on_that_date(client, force, question, text):
    make.contribution(mission=force, country=make.country(name="Italy", iso3="ITA"), as_of="1984")
    make.stated_total(mission=force, as_of="2019")

    (answer,) = answers(client, question)

    assert (answer.text, answer.address[:19]) == (text, "/missions/mfor/?on=")


def test_question_for_a_year_of_a_mission_is_left_to_its_records(client, force):
    assert answers(client, "MFOR 2010") == []


def test_question_for_a_commander_of_whom_none_is_on_record_is_answered_so(client, force):
    text = "MFOR: nobody at its head on record (not: nobody commanded it)"

    assert [it.text for it in answers(client, "who commanded MFOR")] == [text]
    assert [it.text for it in answers(client, "commander of MFOR 2011")] == [text.replace("record", "record in 2011")]
    assert answers(client, "who trained in MFOR") == []


def test_holder_whose_end_is_not_known_is_answered_as_last_stated(client, force):
    command = make.command(name="HQ MFOR", mission=force)
    make.appointment(command=command, person="Open", from_date="2014-03", sources=[make.source(published="2014-11")])

    (answer,) = answers(client, "who commanded MFOR")

    assert answer.text.endswith("from March 2014, as last stated in November 2014")


def test_who_held_a_post_for_sure_on_a_day_comes_before_who_began_some_day_in_that_month(client, force):
    command = make.command(name="HQ MFOR", code="hq-mfor", mission=force)
    make.appointment(command=command, person="Ann Sure", from_date="2010-06-23", to_date="2010-07-04")
    make.appointment(command=command, person="Ben Perhaps", from_date="2010-07", to_date="2011-07-01")

    for question, first in [("1 July 2010", "Ann Sure"), ("July 2010", "Ben Perhaps"), ("2010", "Ben Perhaps")]:
        answer, *_others = answers(client, f"who commanded MFOR {question}")
        assert (question, first in answer.text) == (question, True)


def test_person_beside_a_mission_or_a_date_is_answered_with_the_post(client, force):
    command = make.command(name="HQ MFOR", code="hq-mfor", mission=force)
    make.appointment(command=command, person="Ann Heron", from_date="2010", to_date="2012")

    for question in ["Heron MFOR", "Heron 2011", "Ann Heron in MFOR in 2011"]:
        assert [(question, "Ann Heron" in answer.text) for answer in answers(client, question)] == [(question, True)]
    assert answers(client, "Heron 2013") == answers(client, "Stork MFOR") == answers(client, "Heron") == []


def test_person_or_nation_that_a_question_for_a_post_names_is_answered_for(client, force):
    command, italy = make.command(name="HQ MFOR", code="hq-mfor", mission=force), make.country(name="Italy", iso3="ITA")
    make.appointment(command=command, person="Ann Heron", from_date="2010", to_date="2012", country=italy)
    make.appointment(command=command, person="Ben Stork", from_date="2012", to_date="2014")

    for question, persons in [
        ("MFOR commander Heron", ["Ann Heron"]),
        ("commander of MFOR from Italy", ["Ann Heron"]),
        ("MFOR commander whoever", ["Ben Stork", "Ann Heron"]),
    ]:
        found = [person for answer in answers(client, question) for person in persons if person in answer.text]
        assert (question, found) == (question, persons)
        assert len(answers(client, question)) == len(persons)


def test_question_for_the_first_holder_begins_with_the_first(client, force):
    command = make.command(name="HQ MFOR", code="hq-mfor", mission=force)
    for person, start in [("Ann First", "2009"), ("Ben Second", "2010"), ("Cas Last", "2014")]:
        make.appointment(command=command, person=person, from_date=start)

    for question, person in [("first commander of MFOR", "Ann First"), ("who leads MFOR", "Cas Last")]:
        answer, *_others = answers(client, question)
        assert person in answer.text


@pytest.mark.parametrize("question", ["MFOR 2010", "MFOR in 2010", "Marsh Force 2010"])
def test_mission_comes_first_that_a_question_names_with_a_year(client, force, question):
    make.published_topic(title="MFOR 2010", summary="Marsh Force in 2010, MFOR in 2010.", code="topic")

    first, *_others = client.get("/search/", {"q": question}).context["groups"]

    assert [result.address for result in first.results] == ["/missions/mfor/"]


def test_reference_is_answered_with_its_record(client, force):
    event = make.event(mission=force, title="Arrival", date="2009-02")

    for reference in [event.reference, event.reference.lower()]:
        (answer,) = answers(client, reference)
        assert (answer.address, answer.selection_address) == (event.permanent_address(), f"/r/{event.reference}")
        assert "Arrival" in answer.text
    assert answers(client, make.published_lesson(number="PK-L-0009").reference) == []
    assert answers(client, "EV-999999") == []


@pytest.mark.parametrize(
    "question",
    ["which nations contributed to MFOR", "largest contributor MFOR", "MFOR contingents", "who gave most to MFOR"],
)
def test_question_for_the_nations_of_a_mission_is_answered_with_how_many_they_are_and_which_gave_most(
    client, force, question
):
    make.command(name="HQ MFOR", code="hq-mfor", mission=force)
    for name, quantity in [("Italy", 700), ("France", 900), ("Norway", 8)]:
        make.contribution(mission=force, country=make.country(name=name), as_of="2013-02", quantity=quantity)
    make.contribution(mission=force, country=make.country(name="Spain"), as_of="2010", quantity=5)

    (answer,) = answers(client, question)

    assert answer.text == (
        "MFOR: 4 nations on record; in February 2013 3 with troops, deployed, "
        "most from France (900), Italy (700) and Norway (8)"
    )
    assert answer.address == "/missions/mfor/?on=2013-02#contributions"
    assert answers(client, f"{question} 2010")[0].text == (
        "MFOR: 4 nations on record; in 2010 Spain (5), of troops, deployed"
    )
    (outside,) = answers(client, f"{question} 1999")
    assert outside.text == "MFOR did not exist in 1999: it began in 2009"


def test_question_for_the_peak_of_a_mission_is_answered_with_its_highest_total(client, force):
    for date, total in [("2011", 900), ("2012", 4000), ("2014", 30)]:
        make.stated_total(mission=force, as_of=date, total=total)

    assert answers(client, "peak strength MFOR")[0].text == "MFOR, 2012: 4,000 in all, as stated"
    assert answers(client, "strength of MFOR")[0].text == "MFOR, 2014: 30 in all, as stated"


def test_troops_of_a_nation_are_not_those_of_the_missions_that_it_was_host_to(client, force):
    marsh = make.country(name="Marshland")
    make.country_name(country=marsh, name="Marshian", kind="adjective")
    force.host_countries.add(marsh)
    make.stated_total(mission=force, as_of="2012", total=4000)

    assert [it.text for it in answers(client, "Marshland troops")] == ["MFOR, 2012: 4,000 in all, as stated"]
    assert answers(client, "Marshian troops") == answers(client, "Marshland troops Kunduz") == []


@pytest.mark.parametrize("question", ["what is MFOR", "please tell me about the MFOR", "MFOR today"])
def test_words_of_a_sentence_around_a_name_do_not_hide_its_record(client, force, question):
    make.event(mission=make.published_mission(), title="What MFOR is about today", text="MFOR MFOR MFOR")

    groups = client.get("/search/", {"q": question}).context["groups"]

    assert [group.kind for group in groups] == ["mission", "event"]
