"""Other names of nations and missions lead to them: as values of filters, in field words and in their suggestions."""

import pytest

from pkportal.website.search.query import QueryPart
from pkportal.website.search.vocabulary import UnknownValue, Vocabulary
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    kingdom = make.country(name="United Kingdom", iso3="GBR", iso2="GB")
    turkey = make.country(name="Türkiye", iso3="TUR", iso2="TR")
    czechia = make.country(name="Czechia", iso3="CZE", iso2="CZ")
    slovakia = make.country(name="Slovakia", iso3="SVK", iso2="SK")
    for country, name, kind in [
        (kingdom, "UK", "short"),
        (kingdom, "U.K.", "short"),
        (kingdom, "200", "code_cow"),
        (kingdom, "826", "code_m49"),
        (turkey, "Turkey", "former"),
        (turkey, "Republic of Turkey", "former"),
        (czechia, "Czechoslovakia", "former"),
        (slovakia, "Czechoslovakia", "former"),
        (slovakia, "TUR", "code_other"),
        (slovakia, "826", "code_cow"),
    ]:
        make.country_name(country=country, name=name, kind=kind)
    mission = make.published_mission(name="Air campaign", code="heron-force", host_countries=[czechia])
    make.mission_name(mission=mission, name="Operation Heron Force", kind="operation")
    make.mission_name(mission=mission, name="Operation Grey Bird", kind="popular")
    make.mission_name(mission=make.mission(), name="Operation Secret", kind="operation")
    make.contribution(mission=mission, country=kingdom)


def address_of(client, query, page="/contributions/"):
    return client.get(f"{page}?{query}").headers.get("Location")


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("country=UK", "country=GBR"),
        ("country=uk", "country=GBR"),
        ("country=U.K.", "country=GBR"),
        ("country=gb", "country=GBR"),
        ("country=gbr", "country=GBR"),
        ("country=200", "country=GBR"),
        ("country=-Turkey", "country=-TUR"),
        ("country=the%20republic%20of%20turkey", "country=TUR"),
        ("country=GBR&country=Turkey&page=3", "country=GBR&country=TUR"),
        ("mission=Operation%20Heron%20Force", "mission=heron-force"),
        ("mission=heron%20force&country=UK", "mission=heron-force&country=GBR"),
        ("mission=grey%20bird", "mission=heron-force"),
        ("kind=Troops", "kind=troops"),
        ("checked=true", "checked=yes"),
        ("checked=-False", "checked=-no"),
        ("date=Feb%202017", "date=2017-02"),
    ],
)
def test_another_name_in_a_filter_leads_on_to_the_address_with_the_code(client, names, query, canonical):
    address = address_of(client, query)

    parts = sorted(address.removeprefix("/contributions/?").split("&"))
    assert parts == sorted(canonical.split("&"))


def test_file_with_another_name_leads_on_too(client, names):
    assert address_of(client, "country=UK", "/contributions.csv") == "/contributions.csv?country=GBR"


@pytest.mark.parametrize(
    ("value", "nearest"), [("Czechoslovakia", ["CZE", "SVK"]), ("826", ["SVK", "GBR"]), ("TUR", []), ("Secret", [])]
)
def test_name_that_several_have_is_asked_and_not_guessed(client, names, value, nearest):
    page = client.get("/contributions/", {"country": value})

    assert page.status_code == 200
    notices = [notice for notice, _links in page.context["notices"]]
    assert [correction.words for notice in notices for correction in notice.corrections] == nearest


@pytest.mark.parametrize(
    ("word", "value", "code"),
    [
        ("nation", "uk", "GBR"),
        ("nation", "U.K.", "GBR"),
        ("nation", "Turkey", "TUR"),
        ("nation", "TUR", "TUR"),
        ("nation", "200", "GBR"),
        ("mission", "operation heron force", "heron-force"),
        ("mission", "Heron Force", "heron-force"),
    ],
)
def test_field_word_takes_any_name_of_a_record(names, word, value, code):
    field = Vocabulary().look_up(QueryPart(f"{word}:{value}", word, value))

    (found,) = {getattr(value, "iso3", getattr(value, "code", None)) for value in field.values.values()}
    assert found == code


@pytest.mark.parametrize("value", ["Czechoslovakia", "826", "Secret"])
def test_field_word_guesses_nothing(names, value):
    assert isinstance(Vocabulary().look_up(QueryPart(f"nation:{value}", "nation", value)), UnknownValue)


def test_number_alone_is_answered_with_the_nations_that_have_it_as_a_code(client, names):
    answers = client.get("/search/", {"q": "826"}).context["answers"]

    assert [(it.text, it.address) for it in answers] == [
        ("Slovakia: 826 is its code of the Correlates of War", "/countries/SVK/"),
        ("United Kingdom: 826 is its M49 code of the United Nations", "/countries/GBR/"),
    ]
    assert not client.get("/search/", {"q": "999"}).context["answers"]


@pytest.mark.parametrize("term", ["TUK", "CZF"])
def test_abbreviation_is_no_misspelt_nation_but_what_it_stands_for(client, names, term):
    def nearest():
        (notice, _links), *_others = client.get("/contributions/", {"country": term}).context["notices"]
        by_field_word = Vocabulary().look_up(QueryPart(f"nation:{term}", "nation", term)).near
        return [correction.words for correction in notice.corrections], [entry.code for entry in by_field_word]

    misspelt, by_field_word = nearest()
    make.synonym(term=term, means="improvised device")
    meant = nearest()
    make.synonym(term=term, means="slovakian")

    assert misspelt
    assert by_field_word
    assert meant == ([], [])
    assert nearest() == (["SVK"], ["SVK"])


def test_field_word_offers_all_that_have_a_name(names):
    problem = Vocabulary().look_up(QueryPart("nation:Czechoslovakia", "nation", "Czechoslovakia"))

    assert [entry.code for entry in problem.near] == ["CZE", "SVK"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("nation:turk", "TUR"), ("nation:uk", "GBR"), ("mission:grey", "heron-force"), ("mission:grey b", "heron-force")],
)
def test_values_of_a_field_word_are_suggested_by_any_name(client, names, typed, code):
    suggestions = client.get("/search/suggestions/", {"q": typed}).context["suggestions"]

    assert code in [suggestion.kind.partition(":")[2] for suggestion in suggestions]


def test_field_word_costs_one_query_for_its_list(client, names, django_assert_num_queries):
    with django_assert_num_queries(1):
        Vocabulary().look_up(QueryPart("mission:grey bird", "mission", "grey bird"))


@pytest.mark.parametrize(
    ("typed", "title", "kind"),
    [
        ("uk", "United Kingdom", "Country · also UK"),
        ("gbr", "United Kingdom", "Country · also GBR"),
        ("turke", "Türkiye", "Country · also Turkey"),
        ("200", "United Kingdom", "Country · also 200"),
        ("operation grey", "Air campaign", "Mission · also Operation Grey Bird"),
        ("bird", "Air campaign", "Mission · also Operation Grey Bird"),
        ("unit", "United Kingdom", "Country"),
    ],
)
def test_record_is_suggested_by_another_name(client, names, typed, title, kind, django_assert_num_queries):
    with django_assert_num_queries(1):
        first, *_others = client.get("/search/suggestions/", {"q": typed}).context["suggestions"]

    assert first.title == title
    assert first.kind.startswith(kind)


def test_all_that_had_a_name_are_suggested(client, names):
    suggestions = client.get("/search/suggestions/", {"q": "Czechosl"}).context["suggestions"]

    assert {suggestion.title for suggestion in suggestions} == {"Czechia", "Slovakia"}


@pytest.fixture
def marsh(names):
    make.synonym(term="ROE", means="rules of engagement; marsh rules", kind="abbreviation")
    by_name = make.published_lesson(title="What the United Kingdom learned", conclusion="Marsh.")
    by_meaning = make.published_lesson(title="Clear rules of engagement", conclusion="They ask for restraint.")
    make.published_lesson(title="Another rule", conclusion="Restraint.")
    return by_name, by_meaning


@pytest.mark.parametrize(
    ("address", "words", "titles"),
    [
        ("/countries/", "UK", ["United Kingdom"]),
        ("/countries/", "Turkey", ["Türkiye"]),
        ("/countries/", "200", ["United Kingdom"]),
        ("/missions/", "operation grey bird", ["Air campaign"]),
        ("/lessons/", "UK marsh", ["What the United Kingdom learned"]),
        ("/lessons/", "ROE restraint", ["Clear rules of engagement"]),
        ("/lessons/", "ROE or UK", ["Clear rules of engagement", "What the United Kingdom learned"]),
        ("/lessons/", "ROE -restraint", []),
        ("/lessons/", "no-such-word ROE", []),
    ],
)
def test_box_of_a_list_finds_what_names_and_synonyms_mean(client, marsh, address, words, titles):
    rows = client.get(address, {"q": words}).context["object_list"]

    assert sorted(row["title"] if isinstance(row, dict) else row.name for row in rows) == titles


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/countries/UK/", "/countries/GBR/"),
        ("/countries/turkey/?on=2005", "/countries/TUR/?on=2005"),
        ("/missions/operation-grey-bird/", "/missions/heron-force/"),
        ("/countries/Czechoslovakia/", None),
        ("/missions/operation-secret/", None),
    ],
)
def test_address_with_another_name_leads_on_if_one_record_has_it(client, names, address, canonical):
    response = client.get(address)

    assert response.headers.get("Location") == canonical
    assert response.status_code == (301 if canonical else 404)
