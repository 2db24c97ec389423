"""Counts of deaths say whom they count and of how many nations; where there is no count, nobody is said to live."""

import pytest
from django.utils.html import strip_tags

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db
SCOPE = "of all foreign forces in the marsh since 2009"


@pytest.fixture
def force():
    return make.published_mission(name="Marsh Force", acronym="MFOR", code="mfor", start_date="2009")


@pytest.fixture
def denmark():
    return make.country(name="Denmark", iso3="DNK", iso2="DK")


def words_of(client, address, part=""):
    text = strip_tags(text_of(client.get(address)))
    return text.rpartition(part)[2] if part else text


def test_mission_without_a_count_says_that_none_is_on_record(client, force):
    assert "Deaths No count on record (not: none died)." in words_of(client, "/missions/mfor/")


def test_caption_says_whose_deaths_are_counted_and_of_how_many_nations(client, force, denmark):
    make.fatality(mission=force, country=denmark, cumulative=4)
    make.contribution(mission=force, country=denmark)
    for _ in range(2):
        make.contribution(mission=force)

    text = words_of(client, "/missions/mfor/")

    assert "Deaths among the people of MFOR, nation by nation: the latest count on record" in text
    assert "The record has the deaths of 1 of 3 nations on record in it." in text
    assert "For the others no count is on record (not: none died)." in text


def test_caption_of_complete_counts_of_a_wider_circle_says_so_once(client, force):
    for _ in range(2):
        make.fatality(mission=force, scope=SCOPE)

    text = words_of(client, "/missions/mfor/")

    assert f"Deaths {SCOPE}, not of MFOR alone, nation by nation" in text
    assert text.count(SCOPE) == 1
    assert "The record has the deaths of 2 of 2 nations on record in it." in text
    assert "For the others" not in text


def test_rows_say_whose_deaths_they_count_where_that_differs(client, force):
    make.fatality(mission=force, scope=SCOPE)
    make.fatality(mission=force)

    text = words_of(client, "/missions/mfor/")

    assert "Deaths on record under MFOR, of whom the rows say, nation by nation" in text
    assert text.count(SCOPE) == 1


def test_page_of_a_nation_says_what_its_counts_are_and_where_there_is_none(client, force, denmark):
    make.fatality(mission=force, country=denmark, scope=SCOPE)
    make.contribution(mission=force, country=denmark)
    make.contribution(mission=make.published_mission(), country=denmark)

    text = words_of(client, "/countries/DNK/")

    assert "Deaths among the people of Denmark, mission by mission: the latest count on record" in text
    assert f"The source for MFOR counts the deaths {SCOPE}; the row has those of this nation." in text
    assert "The record has its deaths in 1 of 2 missions that it is on record in." in text
    assert "For the others no count is on record (not: none died)." in text


def test_page_of_a_nation_without_a_count_says_that_none_is_on_record(client, denmark):
    make.contribution(country=denmark)

    assert "No count on record (not: none died)." in words_of(client, "/countries/DNK/")


def test_list_of_nations_says_what_the_deaths_are(client, force, denmark):
    make.fatality(mission=force, country=denmark, scope=SCOPE)

    text = words_of(client, "/countries/")

    assert "where the cell is empty, no count is on record (not: none died)" in text
    assert f"The source for MFOR counts the deaths {SCOPE}." in text


def answers(client, query):
    return [answer.text for answer in client.get("/search/", {"q": query}).context["answers"]]


@pytest.mark.parametrize("query", ["deaths in MFOR", "MFOR killed", "who died in Marsh Force", "MFOR casualties"])
def test_search_answers_a_question_for_deaths_with_the_counts_and_how_many_there_are(client, force, denmark, query):
    make.fatality(mission=force, country=denmark, as_of="2004-12", cumulative=4)
    for _ in range(2):
        make.contribution(mission=force)

    assert answers(client, query) == [
        "Marsh Force: the record has the deaths of 1 of 3 nations on record in it",
        "Denmark, Marsh Force: 4 deaths up to December 2004",
    ]


def test_search_answers_for_a_nation_with_whose_deaths_are_counted(client, force, denmark):
    make.fatality(mission=force, country=denmark, as_of="2013", cumulative=43, scope=SCOPE)
    make.contribution(mission=force, country=denmark)

    expected = f"Denmark, Marsh Force: 43 deaths up to 2013 (its source counts the deaths {SCOPE})"
    assert answers(client, "deaths of Denmark in MFOR") == [expected]
    assert answers(client, "Denmark killed") == [expected]


def test_search_answers_for_a_country_without_counts_with_the_deaths_in_its_missions(client, force, denmark):
    force.host_countries.add(make.country(name="Marshland"))
    make.fatality(mission=force, country=denmark, as_of="2004-12", cumulative=4)

    assert answers(client, "peacekeepers killed in Marshland") == ["Denmark, Marsh Force: 4 deaths up to December 2004"]


def test_search_says_that_no_count_is_on_record(client, force):
    assert answers(client, "deaths in MFOR") == ["Marsh Force: no count of deaths on record (not: none died)"]


def test_deaths_of_a_nation_where_another_was_host_are_those_in_its_missions_alone(client, force, denmark):
    marsh, other = make.country(name="Marshland"), make.published_mission(name="Other Force")
    force.host_countries.add(marsh)
    make.fatality(mission=other, country=denmark, cumulative=90)
    make.synonym(term="tués", means="killed")

    def texts(query):
        return [it.text for it in client.get("/search/", {"q": query}).context["answers"]]

    assert texts("Denmark deaths Marshland") == ["Denmark, Marshland: no count of deaths on record (not: none died)"]
    make.fatality(mission=force, country=denmark, cumulative=3, as_of="2012")
    for query in ["Denmark deaths Marshland", "tués Marshland Denmark"]:
        assert texts(query) == ["Denmark, Marsh Force: 3 deaths up to 2012"]
