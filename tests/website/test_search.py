"""The search page: results, order, publication and invalid queries."""

import pytest
from django.utils.html import escape

from missions.models import Mission
from pkportal.content.pages import Searchable
from pkportal.content.registry import models_with
from pkportal.website.search import results
from pkportal.website.search.question import plain_question
from pkportal.website.search.results import SearchResults
from pkportal.website.search.searchable import searchable_models
from tests import make
from tests.equipment.make import equipment
from tests.markup import text_of

pytestmark = pytest.mark.django_db


MODELS = {model._meta.model_name for model in models_with(Searchable)}


def hits(page):
    if "page_obj" in page.context:
        return [*page.context["page_obj"]]
    return [hit for group in page.context["groups"] for hit in group.results]


def titles(page):
    return [str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in hits(page)]


def make_one_of_every_model(word, mission):
    make.source(title=f"{word} source")
    make.country(name=f"{word} country")
    make.command(name=f"{word} command", mission=mission)
    make.appointment(person=f"{word} appointment", command=make.command(mission=mission))
    make.event(title=f"{word} event", mission=mission)
    make.mandate(title=f"{word} mandate", mission=mission)
    make.theme(name=f"{word} theme")
    make.challenge(title=f"{word} challenge", mission=mission)
    equipment(name=f"{word} equipment", mission=mission)


def test_every_model_with_full_text_search_is_searched():
    assert searchable_models().keys() == MODELS > {"source", "country", "mission", "command", "appointment", "lesson"}


def test_finds_and_counts_records_of_every_model(client):
    make_one_of_every_model("Heron", make.published_mission(name="Heron mission"))
    make.published_lesson(title="Heron lesson")
    make.published_topic(title="Heron topic")

    page = client.get("/search/?q=herons")

    assert {name: number for name, _label, number, _address in page.context["counts"]} == dict.fromkeys(MODELS, 1)
    assert sorted(titles(page)) == sorted(f"Heron {model}" for model in MODELS)
    assert "<title>“herons” in the record – Peacekeeping Record</title>" in page.text
    assert f"<b>{len(MODELS)}</b> records match" in page.text


def test_unpublished_records_are_not_found_even_by_staff(admin_client):
    make_one_of_every_model("Heron", make.mission(name="Heron mission", code="heron"))
    make.lesson(title="Heron lesson", number="PK-L-7777")
    make.topic(title="Heron topic", code="heron-topic")

    models = {name for name, *_rest in admin_client.get("/search/?q=heron").context["counts"]}

    assert models == {"source", "country", "theme"}
    for code in ["PK-L-7777", "heron-topic"]:
        assert admin_client.get("/search/", {"q": code}).context["total"] == 0


@pytest.mark.parametrize("records", [1, 3])
def test_costs_the_same_for_any_number_of_hits(client, records, django_assert_num_queries):
    for number in range(records):
        make_one_of_every_model(f"Heron {number}", make.published_mission())

    with django_assert_num_queries(3):  # what the words name, the hits with the number of all, their marked words
        page = client.get("/search/?q=heron")

    assert page.context["total"] == 9 * records


def test_exact_name_or_code_comes_first(client):
    for _ in range(3):
        make.published_lesson(title="Kosovo Kosovo Kosovo", conclusion="Kosovo, Kosovo and Kosovo.")
    make.published_mission(code="kosovo-air", name="Kosovo")
    force = make.published_mission(code="kfor", name="A force in the south")

    for query in ["kosovo", "KOSOVO"]:
        first, *_others = titles(client.get(f"/search/?q={query}"))
        assert first == "Kosovo"
    assert titles(client.get("/search/?q=KFOR")) == [force.name]


@pytest.mark.parametrize("code", ["PK-L-7001", "pk-l-7001"])
def test_code_finds_its_record(client, code):
    make.published_lesson(number="PK-L-7001", title="Plan for the worst")

    page = client.get("/search/", {"q": code})

    assert titles(page) == ["Plan for the worst"]
    (hit,) = hits(page)
    assert hit.address == "/lessons/PK-L-7001/"


def test_match_in_the_title_comes_before_a_match_in_the_text(client):
    make.published_mission(name="A far place", summary="An embargo was kept.")
    make.published_mission(name="The embargo", summary="Ships were stopped.")

    assert titles(client.get("/search/?q=embargo")) == ["The embargo", "A far place"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rules engagement", ["Rules", "Words"]),
        ('"rules of engagement"', ["Rules"]),
        ("rules -apart", ["Rules"]),
        ("restraint or apart", ["Rules", "Words"]),
        ("rule", ["Rules", "Words"]),
    ],
)
def test_query_can_have_phrases_or_and_exclusions(client, query, expected):
    make.published_lesson(title="Rules", conclusion="The rules of engagement ask for restraint.")
    make.published_lesson(title="Words", conclusion="Engagement came first; the rules stood apart.")

    assert sorted(titles(client.get("/search/", {"q": query}))) == expected


def test_shows_the_three_best_results_of_each_kind_and_links_all(client):
    for number in range(5):
        make.source(title=f"A paper on the heron {number}")
    make.published_mission(name="Heron")

    page = client.get("/search/?q=heron")

    assert [(group.kind, group.number, len(group.results)) for group in page.context["groups"]] == [
        ("mission", 1, 1),
        ("source", 5, 3),
    ]
    assert '<a href="?q=heron&amp;kind=source">All 5 sources</a>' in text_of(page)
    assert "All 1 missions" not in text_of(page)


def test_results_can_be_limited_to_one_kind(client):
    make_one_of_every_model("Heron", make.published_mission())

    page = client.get("/search/?q=heron&kind=mandate")

    assert titles(page) == ["Heron mandate"]
    assert page.context["total"] == 9
    assert "None of the lessons match" in client.get("/search/?q=heron&kind=lesson").text


def test_results_are_paginated_and_page_links_keep_the_query(client):
    for number in range(45):
        make.source(title=f"Heron {number:02}")

    pages = [client.get(f"/search/?q=heron&kind=source&page={number}") for number in [1, 2, 3]]

    assert [len(titles(page)) for page in pages] == [20, 20, 5]
    assert len({title for page in pages for title in titles(page)}) == 45
    first, _second, last = pages
    assert "?q=heron&amp;kind=source&amp;page=2" in first.text
    assert titles(client.get("/search/?q=heron&kind=source&page=999")) == titles(last)
    assert titles(client.get("/search/?q=heron&kind=source&page=x")) == titles(first)


def test_only_the_first_of_very_many_results_are_ranked_and_listed(client, monkeypatch):
    monkeypatch.setattr(results, "MAX_RANKED", 2)
    results.page_statement.cache_clear()
    for number in range(3):
        make.source(title=f"Heron {number}")

    page = client.get("/search/?q=heron&kind=source")
    results.page_statement.cache_clear()

    assert titles(page) == ["Heron 0", "Heron 1"]
    assert page.context["total"] == 3
    assert "Only the first 2 are ranked" in page.text


def test_statement_is_compiled_once_and_run_for_other_words_and_what_is_public_now(client):
    make.source(title="Heron")
    stork = make.lesson(title="A stork")
    results.best_statement.cache_clear()

    totals = [client.get(f"/search/?q={word}").context["total"] for word in ["heron", "stork"]]
    make.published(stork)
    totals.append(client.get("/search/?q=stork").context["total"])

    assert totals == [1, 0, 1]
    assert results.best_statement.cache_info().misses == 1


def test_query_is_escaped_on_the_page(client):
    for query in ["<script>alert(1)</script>", '"><svg onload=alert(1)>']:
        page = client.get("/search/", {"q": query}).text
        assert escape(query) in page
        assert "<script>alert" not in page
        assert "<svg onload" not in page


@pytest.mark.parametrize("kind", ["", "mission"])
@pytest.mark.parametrize(
    "query",
    [
        "& | !",
        "- -",
        '"',
        '""""',
        "the of and",
        "()",
        "'); DROP TABLE x; --",
        "\\",
        "a:*",
        "\x02\x03",
        "�",
        "%",
        "<->",
        "🐦",
    ],
)
def test_query_without_words_finds_nothing_and_does_no_harm(client, query, kind):
    make.published_mission(name="The mission of the force")

    page = client.get("/search/", {"q": query, "kind": kind})

    assert page.status_code == 200
    assert page.context.get("total", 0) == 0
    assert Mission.objects.count() == 1


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"q": "a\x00b"}, "q"),
        ({"q": "x" * 10_000}, "q"),
        ({"q": "a", "kind": "user"}, "kind"),
        ({"q": "a", "kind": "\x00"}, "kind"),
    ],
)
def test_invalid_value_shows_an_error_at_its_field(client, parameters, field):
    page = client.get("/search/", parameters)

    assert page.status_code == 200
    assert [*page.context["form"].errors] == [field]
    assert "page_obj" not in page.context


def test_empty_query_shows_help_and_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        for address in ["/search/", "/search/?q=", "/search/?q=%20&kind=mission"]:
            assert "How to search" in client.get(address).text


def test_search_without_results_says_what_to_try(client):
    page = client.get("/search/?q=unheard").text

    assert "Nothing</b> on record matches “unheard”" in page
    assert "What to try" in page


def test_empty_slice_of_results_is_an_empty_list():
    assert SearchResults(plain_question("unheard"))[0:0] == []
