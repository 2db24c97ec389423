"""Suggestions while a reader types: by the beginning of a name, public, and in one query."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def suggested(client, typed):
    return [it.title for it in client.get("/search/suggestions/", {"q": typed}).context["suggestions"]]


def test_finds_the_beginning_of_a_name_and_of_a_word_in_it(client):
    make.published_mission(name="Heron Force", code="hrf", acronym="HRF")
    make.published_lesson(title="Wait for the heron")
    make.published_lesson(title="Sheron")

    assert suggested(client, "hero") == ["Heron Force", "Wait for the heron"]
    assert suggested(client, "heron f") == ["Heron Force"]
    assert suggested(client, "HR") == ["Heron Force"]


def test_what_is_called_just_so_comes_first(client):
    make.source(title="KFOR")
    make.published_mission(name="A far longer name of a force", code="kfor", acronym="KFOR")
    make.published_mission(name="KFOR in brief")

    assert {*suggested(client, "kfor")[:2]} == {"A far longer name of a force", "KFOR"}


@pytest.mark.parametrize("typed", ["türk", "turk", "TURK"])
def test_accents_do_not_matter(client, typed):
    make.country(name="Türkiye")

    assert suggested(client, typed) == ["Türkiye"]


def test_completes_the_value_of_a_field_word(client):
    make.country(name="Italy", iso3="ITA")

    (it,) = client.get("/search/suggestions/", {"q": "medical nation:it"}).context["suggestions"]

    assert it.address == "/search/?q=medical+nation%3AITA"
    assert suggested(client, "type:peacek") == ["peacekeeping"]


def test_shows_nothing_hidden(admin_client):
    make.mission(name="Heron Force")
    make.country(name="Heronia")

    assert suggested(admin_client, "heron") == ["Heronia"]


@pytest.mark.parametrize(
    "typed", ["heron", "nation:it", "nation:", "mission:he", "type:pe", "region:we", "heron nation:"]
)
@pytest.mark.parametrize("records", [1, 12])
def test_costs_one_query_at_most_and_stays_short(client, typed, records, django_assert_max_num_queries):
    for number in range(records):
        make.published_mission(name=f"Heron {number}")

    with django_assert_max_num_queries(1):
        page = client.get("/search/suggestions/", {"q": typed})

    assert len(page.context["suggestions"]) <= 8


@pytest.mark.parametrize("typed", ["", "h", "\x00", "x" * 10_000, "%", "_%", "\\", "<script>", "🐦", '"', "kind:"])
def test_nonsense_suggests_nothing_wrong(client, typed):
    page = client.get("/search/suggestions/", {"q": typed})

    assert page.status_code == 200
    assert "<script" not in page.text


def test_is_a_fragment_of_options(client):
    make.published_mission(name="Heron & <b>Force</b>", code="heron")

    text = client.get("/search/suggestions/?q=heron").text

    assert '<a role="option" aria-selected="false" tabindex="-1" href="/missions/heron/">' in text
    assert "Heron &amp; &lt;b&gt;Force&lt;/b&gt;" in text
    assert "<html" not in text


def test_the_field_of_every_page_asks_for_them_and_is_a_plain_form_without_script(client):
    text = client.get("/about/").text

    assert 'hx-get="/search/suggestions/"' in text
    assert '<form class="search" action="/search/" role="search">' in text
    assert 'role="combobox"' not in text
