"""Search on the real record: expected results first, and a fixed number of queries."""

from collections import Counter

import pytest
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.html import strip_tags

from pkportal.website.models import Synonym
from pkportal.website.search.details import detail_columns, details_in_words
from pkportal.website.search.searchable import searchable_models
from pkportal.website.search.spelling import count_each_word

pytestmark = pytest.mark.django_db


def search_context(client, query):
    return client.get("/search/", {"q": query}).context


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("kosovo", "<mark>Kosovo</mark>"),
        ("KFOR", "Kosovo Force"),
        ("turkiye", "<mark>Türkiye</mark>"),
        ("PK-L-0001", "Plan for the worst while hoping for the best"),
        ("nation:italy", "Italy"),
        ("mission:isaf kind:mission", "International Security Assistance Force (NATO-led from 11 August 2003)"),
    ],
)
def test_expected_result_comes_first(client, query, first):
    context = search_context(client, query)

    in_groups = [hit for group in context.get("groups", []) for hit in group.results]
    hits = context.get("page_obj", in_groups)
    hit, *_others = hits
    assert hit.title == first


def test_every_synonym_leads_to_words_of_the_record():
    terms = {
        row.term: " or ".join(f'"{it.strip()}"' for it in [row.term, *row.means.split(";")])
        for row in Synonym.objects.all()
    }
    counts = count_each_word([*terms.values()])

    assert [term for term, count in zip(terms, counts, strict=True) if not count] == []


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("NATO", 4),  # the last when it was last stated that what is shown goes on
        ("nation:italy type:peacekeeping", 3),
        ("nation:italy medical kind:lesson", 5),
        ("embrago", 7),
        ("nation:itly", 2),
        ("nation:italy mission:kfor theme:medical source:un-sres-1244 region:western-balkans zebra", 10),
    ],
)
def test_search_costs_a_fixed_number_of_queries(client, django_assert_num_queries, query, queries):
    with django_assert_num_queries(queries):
        assert client.get("/search/", {"q": query}).status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"), [("afghanstan", "afghanistan"), ("embrago", "embargo"), ("Kosvo", "Kosovo")]
)
def test_misspelt_word_has_a_suggestion(client, query, expected):
    assert search_context(client, query)["advice"].nearest.text == expected


@pytest.mark.parametrize(
    ("query", "first"), [("koso", "Kosovo"), ("isaf", "International Security Assistance Force"), ("turk", "Türkiye")]
)
def test_beginning_of_a_name_has_a_suggestion_in_one_query(client, django_assert_num_queries, query, first):
    with django_assert_num_queries(1):
        page = client.get("/search/suggestions/", {"q": query})

    suggestion, *_others = page.context["suggestions"]
    assert suggestion.title.startswith(first)


@pytest.mark.parametrize("query", ["Ortuno", "ORTUÑO", "juan ortuño"])
def test_commander_is_found_by_name_with_a_link_to_the_command(client, query):
    context = search_context(client, query)

    assert [(strip_tags(hit.title), hit.address) for group in context["groups"] for hit in group.results] == [
        ("Juan Ortuño", "/commands/hq-kfor/#APP-0037")
    ]


def test_no_two_results_of_a_kind_look_the_same():
    for model in searchable_models().values():
        rows = model._default_manager.published()
        title = Cast(model.result_fields.title, TextField())
        shown = [*rows.annotate(details=detail_columns(model)).values_list(title, "details")]
        looks = Counter((name, details_in_words(model, details, name or "")) for name, details in shown)

        assert (model.__name__, [look for look, number in looks.items() if number > 1]) == (model.__name__, [])
