"""Other names and synonyms in the search: they lead to what they name, and never to a wrong pick."""

import pytest

from missions.models import CountryName, MissionName
from pkportal.website.models import Synonym
from tests import make

pytestmark = pytest.mark.django_db


def groups(client, query):
    return client.get("/search/", {"q": query}).context.get("groups", [])


def first_title(client, query):
    group, *_others = groups(client, query)
    return str(group.results[0].title).replace("<mark>", "").replace("</mark>", "")


@pytest.fixture
def names():
    make.source(title="The UK, Turkey and Operation Stork")
    kingdom = make.country(name="United Kingdom", iso3="GBR", iso2="GB")
    turkey = make.country(name="Türkiye", iso3="TUR", iso2="TR")
    serbia, montenegro = make.country(name="Serbia", iso3="SRB"), make.country(name="Montenegro", iso3="MNE")
    stork = make.published_mission(name="Flights over the marsh", code="stork", summary="Flights.")
    for country, name, kind in [
        (kingdom, "UK", "short"),
        (kingdom, "200", "code_cow"),
        (kingdom, "Britain", "short"),
        (turkey, "Turkey", "former"),
        (serbia, "Yugoslavia", "former"),
        (montenegro, "Yugoslavia", "former"),
    ]:
        CountryName.objects.create(country=country, name=name, kind=kind)
    MissionName.objects.create(mission=stork, name="Operation Stork", kind="operation")
    Synonym.objects.create(term="ROE", means="rules of engagement", kind="abbreviation")
    return stork


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("UK", "United Kingdom"),
        ("uk", "United Kingdom"),
        ("Britain", "United Kingdom"),
        ("Turkey", "Türkiye"),
        ("Operation Stork", "Flights over the marsh"),
        ("stork", "Flights over the marsh"),
    ],
)
def test_another_name_leads_to_what_it_names_first(client, names, query, title):
    assert first_title(client, query) == title


def test_name_that_several_had_shows_them_all(client, names):
    found = {group.kind: group for group in groups(client, "Yugoslavia")}

    assert {str(hit.address) for hit in found["country"].results} == {"/countries/SRB/", "/countries/MNE/"}


def test_code_of_a_list_is_no_name(client, names):
    assert "country" not in {group.kind for group in groups(client, "200")}


@pytest.mark.parametrize("words", ["IED", "arms", "Isles"])
def test_word_is_no_code_of_which_it_is_a_form(client, words):
    for name, iso3, iso2 in [("Ireland", "IRL", "IE"), ("Armenia", "ARM", "AM"), ("Iceland", "ISL", "IS")]:
        make.country(name=name, iso3=iso3, iso2=iso2)

    assert groups(client, words) == []
    assert [*client.get("/countries/", {"q": words}).context["object_list"]] == []


@pytest.mark.parametrize("code", ["irl", "IE", "ie", "NOR", "no"])
def test_code_of_a_nation_leads_to_it_even_if_it_is_a_little_word(client, code):
    make.country(name="Ireland", iso3="IRL", iso2="IE")
    make.country(name="Norway", iso3="NOR", iso2="NO")
    nation = "Ireland" if code.upper().startswith("I") else "Norway"

    assert first_title(client, code) == nation
    assert [it.name for it in client.get("/countries/", {"q": code}).context["object_list"]] == [nation]


def test_words_of_a_name_are_found_beside_others(client, names):
    make.published_lesson(title="What the United Kingdom learned", conclusion="The United Kingdom wrote marsh rules.")

    assert first_title(client, "UK marsh") == "What the United Kingdom learned"
    assert not groups(client, "uk marsh")  # in small letters a short name may be a word


@pytest.mark.parametrize("query", ["ROE", "roe", "ROE restraint"])
def test_abbreviation_finds_what_it_means(client, names, query):
    make.published_lesson(title="Clear rules of engagement", conclusion="They ask for restraint.")

    assert first_title(client, query) == "Clear rules of engagement"


def test_headline_counts_what_is_shown(client):
    make.published_mission(name="Heron mission")
    make.published_lesson(title="Heron lesson")

    page = client.get("/search/", {"q": "heron kind:lesson"})

    assert page.context["shown"] == 1
    assert "<b>1</b> lesson found" in " ".join(page.text.split())


def test_sources_come_after_what_they_prove(client):
    make.source(title="Heron heron heron")
    make.published_lesson(title="Birds", conclusion="A heron.")

    assert [group.kind for group in groups(client, "heron")] == ["lesson", "source"]
