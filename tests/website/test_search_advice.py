"""Advice after a search without results: unknown words, near spellings, and shorter queries that do find something."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def advice(client, query, **parameters):
    return client.get("/search/", {"q": query, **parameters}).context["advice"]


@pytest.fixture(autouse=True)
def record():
    make.published_mission(name="The embargo at sea", code="embargo-sea", summary="Ships were stopped.")
    make.published_lesson(title="Fly the wounded early", conclusion="Helicopters must wait nowhere.")
    make.country(name="Türkiye", iso3="TUR", iso2="TR")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("embrago", "embargo"), ("Turkiey", "Türkiye"), ("wunded", "wounded"), ("embrago at sea", "embargo at sea")],
)
def test_suggests_the_nearest_indexed_word(client, query, expected):
    page = client.get("/search/", {"q": query})

    assert page.context["advice"].nearest.text == expected
    assert "Did you mean" in page.text
    assert "It finds one record." in page.text


def test_suggests_no_query_without_results(client):
    assert advice(client, "zzzz").nearest is None
    assert advice(client, "embrago helicopters").nearest is None


def test_names_the_word_that_no_record_has(client):
    page = client.get("/search/?q=embargo+zebra")

    assert page.context["advice"].unknown_words == ["zebra"]
    assert "No record has the word “zebra”." in page.text


def test_shows_how_many_results_the_query_has_without_each_part(client):
    def shorter_queries(query):
        return [(shorter.part.text, shorter.text, shorter.number) for shorter in advice(client, query).without]

    assert shorter_queries("embargo helicopters nation:turkiye") == []
    assert shorter_queries("embargo helicopters") == [("embargo", "helicopters", 1), ("helicopters", "embargo", 1)]
    first, *_others = shorter_queries("embargo nation:turkiye")
    assert first == ("embargo", "nation:turkiye", 1)


def test_words_of_drafts_are_not_suggested(client):
    make.mission(name="Xylophone", code="xylophone")

    assert advice(client, "xylophon").nearest is None


def test_stop_words_are_not_named_as_unknown(client):
    assert advice(client, "the").unknown_words == []


@pytest.mark.parametrize("query", ["zebra", "zebra quagga okapi", "embargo helicopters early zebra", "the", '"'])
def test_search_with_advice_costs_at_most_five_queries(client, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        assert client.get("/search/", {"q": query}).status_code == 200


def test_search_with_very_many_words_costs_at_most_five_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        assert client.get("/search/", {"q": "a b c d e f g h " * 12}).status_code == 200
