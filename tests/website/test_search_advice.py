"""Advice after a search without results: unknown words, near spellings, and shorter queries that do find something."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def advice(client, query, **parameters):
    return client.get("/search/", {"q": query, **parameters}).context["advice"]


@pytest.fixture(autouse=True)
def record():
    make.published_mission(name="The embargo at sea", code="embargo-sea", summary="Ships were stopped.")
    make.published_lesson(
        title="Fly the wounded early", conclusion="Helicopters must wait nowhere.", number="PK-L-0007"
    )
    turkiye = make.country(name="Türkiye", iso3="TUR", iso2="TR")
    make.country_name(country=turkiye, name="Holland", kind="short")


@pytest.mark.parametrize(
    ("query", "expected", "address"),
    [
        ("embrago", "embargo", "/missions/embargo-sea/"),
        ("Turkiey", "Türkiye", "/countries/TUR/"),
        ("wunded", "wounded", "/lessons/PK-L-0007/"),
        ("embrago at sea", "embargo at sea", "/missions/embargo-sea/"),
        ("Hollnad", "Holland", "/countries/TUR/"),
    ],
)
def test_suggests_the_nearest_indexed_word_with_what_it_finds(client, query, expected, address):
    page = client.get("/search/", {"q": query})

    assert page.context["advice"].nearest.text == expected
    assert "Did you mean" in page.text
    assert "It finds one record." in page.text
    assert [result.address for result in page.context["advice"].nearest.results] == [address]


def test_name_that_is_misspelt_is_proposed_though_sources_have_it_so(client):
    make.source(title="La guerra di Turkiey")
    make.source(title="Report of the wunnd")
    make.event(title="Türkiye turns", text="In Türkiye.")

    page = client.get("/search/?q=Turkiey")

    assert [group.kind for group in page.context["groups"]] == ["source"]
    assert page.context["nearest"][:2] == ("Türkiye", 2)
    assert "Did you mean" in page.text
    for query in ["wunnd", "report", "guerra Turkiey nation:TUR"]:  # near to nothing, or nothing is found
        assert not client.get("/search/", {"q": query}).context.get("nearest")


def test_figures_that_have_the_words_are_an_answer_where_no_page_has_them(client):
    challenge = make.challenge(title="Neutral on status")
    reference = f"CH-{int(challenge.reference.removeprefix('CH-'))}"
    make.contribution(note=f"{reference} helicopters of the Chinook kind")

    def answers(query):
        return [(it.text, it.address) for it in client.get("/search/", {"q": query}).context["answers"]]

    of_figures = (f"“{reference}”: 1 figure on record", f"/contributions/?q={reference}")
    assert [text for text, _address in answers(reference)] == [
        f"{challenge.reference}, challenge: Neutral on status",
        of_figures[0],
    ]
    assert of_figures in answers(reference)
    assert answers("Chinook") == [("“Chinook”: 1 figure on record", "/contributions/?q=Chinook")]
    assert answers("embargo") == answers("Chinooks embargo") == []


@pytest.mark.parametrize("country", ["Mali", "Yemen", "Haiti"])
def test_name_of_a_country_that_is_not_on_record_is_no_misspelt_word(client, country):
    make.published_mission(name="MAL", summary="Enemy hits.")
    make.published_lesson(title="Know the enemy and hit early")

    assert advice(client, country).nearest is None
    assert advice(client, country).unknown_words == [country]


def test_suggests_no_query_without_results(client):
    assert advice(client, "zzzz").nearest is None
    assert advice(client, "embrago helicopters").nearest is None


def test_names_the_word_that_no_record_has(client):
    page = client.get("/search/?q=embargo+zebra")

    assert page.context["advice"].unknown_words == ["zebra"]
    assert "No record has the word “zebra”." in page.text


def test_code_of_a_nation_is_no_unknown_word(client):
    assert advice(client, "zebra TUR").unknown_words == ["zebra"]


def test_shows_how_many_results_the_query_has_without_each_part(client):
    def shorter_queries(query):
        return [(shorter.part.text, shorter.text, shorter.number) for shorter in advice(client, query).without]

    assert shorter_queries("embargo helicopters nation:turkiye") == []
    assert shorter_queries("embargo helicopters") == [("embargo", "helicopters", 1), ("helicopters", "embargo", 1)]
    first, *_others = shorter_queries("embargo nation:turkiye")
    assert first == ("embargo", "nation:turkiye", 1)


def test_nearest_query_has_its_answers_first(client):
    force = make.published_mission(name="Marsh Force", acronym="MFOR", code="mfor")
    make.appointment(command=make.command(name="HQ MFOR", mission=force), person="Ann Heron", from_date="2009")
    make.published_lesson(title="Name the commander early")

    (first, *_others) = advice(client, "comander of MFOR").nearest.results

    assert "Ann Heron" in first.title


def test_word_that_few_records_have_may_be_misspelt_too(client):
    make.published_lesson(title="Of a hero", conclusion="Unted in a text.")
    make.country(name="United States", iso3="USA", iso2="US")

    assert advice(client, "Unted States").nearest.text == "United States"


def test_words_of_drafts_are_not_suggested(client):
    make.mission(name="Xylophone", code="xylophone")

    assert advice(client, "xylophon").nearest is None


def test_stop_words_are_not_named_as_unknown(client):
    assert advice(client, "the").unknown_words == []
    assert advice(client, "of zebra").unknown_words == ["zebra"]


def test_nearest_word_begins_alike_or_is_much_alike_and_is_rather_one_of_a_record_than_of_a_source(client):
    make.published_mission(name="Libya air watch", code="libya")
    make.source(title="Libia, il rapporto")

    assert advice(client, "Lybia").nearest.text == "Libya"
    assert advice(client, "zaire").nearest is None


@pytest.mark.parametrize("query", ["bluewing", "BlueWing", "blue-wing 1999"])
def test_name_of_two_words_is_known_when_it_is_written_as_one(client, query):
    make.published_mission(code="wing", name="Watch in the air", operation_names="Blue Wing", start_date="1999")

    (first, *_others) = client.get("/search/", {"q": query}).context.get("groups") or [advice(client, query).nearest]

    assert first.results[0].address == "/missions/wing/"


def test_number_and_word_of_two_letters_are_no_misspelling_of_another(client):
    make.published_mission(name="Opus of 1973", code="opus")

    assert advice(client, "opus 1373").nearest is None
    assert [each.text for each in advice(client, "ou opus").without] == ["opus"]
    assert advice(client, "ou opus").nearest is None


@pytest.mark.parametrize("query", ["zebra", "zebra quagga okapi", "embargo helicopters early zebra", "the", '"'])
def test_search_with_advice_costs_at_most_eight_queries(client, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert client.get("/search/", {"q": query}).status_code == 200


def test_search_with_very_many_words_costs_at_most_eight_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert client.get("/search/", {"q": "a b c d e f g h " * 12}).status_code == 200
