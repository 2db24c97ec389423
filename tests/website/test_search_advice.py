"""A search that finds nothing says which word is to blame, what is near it, and what would be found without it."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def advice(client, question, **more):
    return client.get("/search/", {"q": question, **more}).context["advice"]


@pytest.fixture(autouse=True)
def record():
    make.published_mission(name="The embargo at sea", code="embargo-sea", summary="Ships were stopped.")
    make.published_lesson(title="Fly the wounded early", conclusion="Helicopters must wait nowhere.")
    make.country(name="Türkiye", iso3="TUR", iso2="TR")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("embrago", "embargo"), ("Turkiey", "Türkiye"), ("wunded", "wounded"), ("embrago at sea", "embargo at sea")],
)
def test_suggests_the_nearest_known_word(client, typed, meant):
    page = client.get("/search/", {"q": typed})

    assert page.context["advice"].nearest.text == meant
    assert "Did you mean" in page.text
    assert "It finds one record." in page.text


def test_suggests_nothing_that_would_find_nothing(client):
    assert advice(client, "zzzz").nearest is None
    assert advice(client, "embrago helicopters").nearest is None


def test_names_the_word_that_nothing_has(client):
    page = client.get("/search/?q=embargo+zebra")

    assert page.context["advice"].unknown_words == ["zebra"]
    assert "The search knows no record by the word “zebra”." in page.text


def test_says_what_is_found_without_each_part(client):
    without = advice(client, "embargo helicopters nation:turkiye").without

    assert [(it.part.text, it.text, it.number) for it in without] == []
    without = advice(client, "embargo helicopters").without
    assert [(it.part.text, it.text, it.number) for it in without] == [
        ("embargo", "helicopters", 1),
        ("helicopters", "embargo", 1),
    ]
    (without,) = advice(client, "embargo nation:turkiye").without[:1]
    assert (without.part.text, without.text, without.number) == ("embargo", "nation:turkiye", 1)


def test_words_of_hidden_records_are_not_known(client):
    make.mission(name="Xylophone", code="xylophone")

    assert advice(client, "xylophon").nearest is None


def test_words_that_nobody_reads_are_not_to_blame(client):
    assert advice(client, "the").unknown_words == []


@pytest.mark.parametrize("question", ["zebra", "zebra quagga okapi", "embargo helicopters early zebra", "the", '"'])
def test_advice_costs_at_most_three_queries_more(client, question, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert client.get("/search/", {"q": question}).status_code == 200


def test_a_question_of_two_hundred_letters_is_answered(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert client.get("/search/", {"q": "a b c d e f g h " * 12}).status_code == 200
