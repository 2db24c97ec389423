"""Suggestions while a reader types: names that begin with the query, published records only, in one query."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def suggested_titles(client, query):
    return [suggestion.title for suggestion in client.get("/search/suggestions/", {"q": query}).context["suggestions"]]


def test_suggests_names_with_a_word_that_begins_with_the_query(client):
    make.published_mission(name="Heron Force", code="hrf", acronym="HRF")
    make.published_lesson(title="Wait for the heron")
    make.published_lesson(title="Sheron")

    assert suggested_titles(client, "hero") == ["Heron Force", "Wait for the heron"]
    assert suggested_titles(client, "heron f") == ["Heron Force"]
    assert suggested_titles(client, "HR") == ["Heron Force"]


def test_exact_names_come_first(client):
    make.source(title="KFOR")
    make.published_mission(name="A far longer name of a force", code="kfor", acronym="KFOR")
    make.published_mission(name="KFOR in brief")

    assert {*suggested_titles(client, "kfor")[:2]} == {"A far longer name of a force", "KFOR"}


@pytest.mark.parametrize("query", ["1244", "UNSCR 1244", "resolution 1244", "op guard", "Op. guar"])
def test_other_ways_to_write_a_name_are_suggested_as_search_finds_them(client, query):
    mission = make.published_mission(name="Guard duty on the marsh")
    make.mandate(mission=mission, symbol="S/RES/1244 (1999)", title="Guard of the marsh")

    assert suggested_titles(client, query)[0][:5] == "Guard"


def test_sources_come_after_what_they_prove(client):
    make.source(title="Heron")
    make.source(title="Heron A")
    mission = make.published_mission(name="Heron Force of the north")
    make.event(mission=mission, title="Heron flies away")

    assert suggested_titles(client, "hero") == ["Heron Force of the north", "Heron flies away", "Heron", "Heron A"]


@pytest.mark.parametrize("query", ["türk", "turk", "TURK"])
def test_accents_are_ignored(client, query):
    make.country(name="Türkiye")

    assert suggested_titles(client, query) == ["Türkiye"]


def test_suggests_values_of_a_field_word(client):
    make.country(name="Italy", iso3="ITA")

    (suggestion,) = client.get("/search/suggestions/", {"q": "medical nation:it"}).context["suggestions"]

    assert suggestion.address == "/search/?q=medical+nation%3AITA"
    assert suggested_titles(client, "type:peacek") == ["peacekeeping"]


def test_drafts_are_not_suggested_even_to_staff(admin_client):
    make.mission(name="Heron Force")
    make.country(name="Heronia")

    assert suggested_titles(admin_client, "heron") == ["Heronia"]


@pytest.mark.parametrize(
    "query", ["heron", "nation:it", "nation:", "mission:he", "type:pe", "region:we", "heron nation:"]
)
@pytest.mark.parametrize("records", [1, 12])
def test_costs_at_most_one_query_and_suggests_at_most_eight(client, query, records, django_assert_max_num_queries):
    for number in range(records):
        make.published_mission(name=f"Heron {number}")

    with django_assert_max_num_queries(1):
        page = client.get("/search/suggestions/", {"q": query})

    assert len(page.context["suggestions"]) <= 8


@pytest.mark.parametrize("query", ["", "h", "\x00", "x" * 10_000, "%", "_%", "\\", "<script>", "🐦", '"', "kind:"])
def test_unusual_input_is_harmless(client, query):
    page = client.get("/search/suggestions/", {"q": query})

    assert page.status_code == 200
    assert "<script" not in page.text


def test_response_is_a_fragment_with_escaped_options(client):
    make.published_mission(name="Heron & <b>Force</b>", code="heron")

    text = client.get("/search/suggestions/?q=heron").text

    assert '<a role="option" aria-selected="false" tabindex="-1" href="/missions/heron/">' in text
    assert "Heron &amp; &lt;b&gt;Force&lt;/b&gt;" in text
    assert "<html" not in text


def test_search_field_of_a_page_loads_suggestions_and_is_a_plain_form_without_javascript(client):
    text = client.get("/about/").text

    assert 'data-hx-get="/search/suggestions/"' in text
    assert '<form class="search" action="/search/" role="search">' in text
    assert 'role="combobox"' not in text


def test_words_of_texts_are_found_by_search_but_not_suggested(client):
    make.published_mission(name="Heron Force", acronym="HRF", operation_names="Blue Wing", summary="The stork nests.")
    make.country(name="Italy", iso3="ITA", region="Storkland")

    for name in ["heron", "hrf", "blue"]:
        assert suggested_titles(client, name) == ["Heron Force"]
    assert suggested_titles(client, "stork") == []
    assert "Heron Force" in client.get("/search/?q=stork").text
