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


@pytest.mark.parametrize("query", ["ROE", "roe", "ROEs", "ROE restraint"])
def test_abbreviation_finds_what_it_means(client, names, query):
    make.published_lesson(title="Clear rules of engagement", conclusion="They ask for restraint.")

    assert first_title(client, query) == "Clear rules of engagement"


def test_term_with_a_slash_is_one_term(client):
    make.synonym(term="9/11", means="11 September 2001")
    make.published_lesson(title="After the attacks of 11 September 2001")
    make.published_lesson(title="Move 9 convoys", conclusion="In 11 weeks.")

    assert [str(hit.title).count("September") for group in groups(client, "9/11") for hit in group.results] == [1]


@pytest.mark.parametrize("written", ["Art. 7", "Art 7", "art. 7"])
def test_term_with_a_full_stop_is_found_with_and_without_it(client, written):
    make.synonym(term="Art. 7", means="Article 7")
    make.published_lesson(title="Invoke Article 7 in time")

    assert first_title(client, written) == "Invoke Article 7 in time"


def test_words_that_may_mean_several_things_are_explained_and_find_all_of_them(client, names):
    make.country(name="Portugal", iso3="PRT", iso2="PT")
    make.synonym(term="PRT", means="provincial team")
    make.published_lesson(title="One model for a provincial team")

    page = client.get("/search/", {"q": "PRT"})

    assert [(group.kind, group.number) for group in page.context["groups"]] == [("country", 1), ("lesson", 1)]
    assert page.context["several_readings"] == [
        (
            "PRT",
            [("Portugal", "country", "/countries/PRT/"), ("provincial team", "", "/search/?q=%22provincial+team%22")],
        )
    ]
    assert "“PRT” may mean" in page.text
    for query in ["Portugal", "ROE", "UK"]:
        assert "may mean" not in client.get("/search/", {"q": query}).text


@pytest.mark.parametrize("written", ["11-08-2003", "11/08/2003", "11/8/03"])
def test_date_that_may_be_two_is_asked_about(client, written):
    for query in ["1244 and 12.500", "KFOR '10", "May 10", "PRT-50", "version 1.2.3.45"]:
        assert client.get("/search/", {"q": query}).context["several_readings"] == []
    page = client.get("/search/", {"q": f"force {written}"})

    (several,) = page.context["several_readings"]
    assert several == (
        written,
        [
            ("11 August 2003", "", "/search/?q=force+11+August+2003"),
            ("8 November 2003", "", "/search/?q=force+8+November+2003"),
        ],
    )
    assert client.get("/search/", {"q": "force 13-08-2003"}).context["several_readings"] == []
    ((notice, meant),) = client.get("/missions/", {"q": f"force {written}"}).context["notices"]
    assert notice.reason == f"“{written}” may be 11 August 2003 or 8 November 2003: please choose."
    assert [link for _words, link in meant] == [
        "/missions/?q=force+11+August+2003",
        "/missions/?q=force+8+November+2003",
    ]


@pytest.mark.parametrize(
    ("written", "date"), [("July '10", "July 2010"), ("12-Jun-99", "12 June 1999"), ("25.12.95", "25 December 1995")]
)
def test_year_of_two_digits_is_read_with_a_question(client, written, date):
    make.event(mission=make.published_mission(), title="Parade", date="1999-06-12")

    page = client.get("/search/", {"q": written})

    assert [(text, [it.text for it in readings]) for text, readings in page.context["several_readings"]] == [
        (written, [date])
    ]
    assert page.context["total"] == (date == "12 June 1999")


@pytest.mark.parametrize(
    "date",
    ["12. Juni 1999", "12 juin 1999", "June 12, 1999", "Jun. 12, 1999", "1999 June 12", "12/VI/1999", "12-06-1999"],
)
def test_date_is_found_as_people_write_it(client, date):
    make.event(mission=make.published_mission(), title="Entry", date="1999-06-12")

    assert first_title(client, date) == "Entry"
    assert first_title(client, f"entry {date}") == "Entry"


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("air strikes on the marsh", ["airstrikes", "air-strikes", "air strike", "airstrike marsh"]),
        ("a cease-fire", ["ceasefire", "cease fire"]),
        ("cooperation", ["co-operation", "co operation"]),
        ("modernisation of defence", ["modernization", "modernization defense"]),
        ("Department of Defense labor", ["defence", "labour"]),
        ("programme to refuel, refuelling", ["programs", "refueling"]),
    ],
)
def test_words_are_found_in_each_way_to_write_them(client, text, queries):
    make.published_lesson(title="Wait", observation=text)

    assert [(query, first_title(client, query)) for query in queries] == [(query, "Wait") for query in queries]
    listed = [client.get("/lessons/", {"q": query}).context["page_obj"].paginator.count for query in queries]
    assert listed == [1] * len(queries)


def test_plural_of_a_name_names_what_the_name_does(client, names):
    CountryName.objects.create(country=CountryName.objects.get(name="Turkey").country, name="Ottoman", kind="adjective")
    make.synonym(term="harbor", means="harbour")
    make.published_lesson(title="Keep a harbour open")

    assert first_title(client, "Ottomans") == "Türkiye"
    assert first_title(client, "harbors") == "Keep a harbour open"


def test_last_name_of_a_person_comes_before_what_only_begins_with_it(client):
    make.event(mission=make.published_mission(), title="Heron replaced")
    make.appointment(command=make.command(), person="Ann B. Héron")

    assert first_title(client, "heron") == "Ann B. Héron"


def test_of_what_happened_on_a_day_the_beginning_of_a_mission_comes_first(client):
    begun = make.published_mission(start_date="1999-06-12")
    other = make.published_mission(start_date="1998")
    make.event(mission=other, date="1999-06-12", title="Another day of 12 June 1999, 12 June 1999")
    make.event(mission=begun, date="1999-06-12", title="The force enters")

    assert first_title(client, "12 June 1999") == "The force enters"


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
