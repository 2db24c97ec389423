"""Search on the whole real record: what a reader would type, found first, for a known number of queries."""

import pytest
from django.utils.html import strip_tags

pytestmark = pytest.mark.django_db


def asked(client, question):
    return client.get("/search/", {"q": question}).context


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("kosovo", "<mark>Kosovo</mark>"),
        ("KFOR", "Kosovo Force"),
        ("turkiye", "<mark>Türkiye</mark>"),
        ("PK-L-0001", "Plan for the worst while hoping for the best"),
        ("nation:italy", "Italy"),
        ("mission:isaf kind:mission", "International Security Assistance Force (NATO-led from 11 August 2003)"),
    ],
)
def test_what_is_asked_for_comes_first(client, question, first):
    context = asked(client, question)

    hits = context["page_obj"] if "page_obj" in context else context["groups"][0].results
    assert hits[0].title == first


@pytest.mark.parametrize(
    ("question", "queries"),
    [
        ("NATO", 3),
        ("nation:italy type:peacekeeping", 3),
        ("nation:italy medical kind:lesson", 4),
        ("embrago", 4),
        ("nation:itly", 1),
        ("nation:italy mission:kfor theme:medical source:un-sres-1244 region:western-balkans zebra", 9),
    ],
)
def test_costs_a_known_number_of_queries(client, django_assert_num_queries, question, queries):
    with django_assert_num_queries(queries):
        assert client.get("/search/", {"q": question}).status_code == 200


@pytest.mark.parametrize(
    ("typed", "meant"), [("afganistan", "afghanistan"), ("embrago", "embargo"), ("Kosvo", "Kosovo")]
)
def test_suggests_the_nearest_word(client, typed, meant):
    assert asked(client, typed)["advice"].nearest.text == meant


@pytest.mark.parametrize(
    ("typed", "first"), [("koso", "Kosovo"), ("isaf", "International Security Assistance Force"), ("turk", "Türkiye")]
)
def test_suggests_what_is_begun(client, django_assert_num_queries, typed, first):
    with django_assert_num_queries(1):
        page = client.get("/search/suggestions/", {"q": typed})

    assert page.context["suggestions"][0].title.startswith(first)


@pytest.mark.parametrize("typed", ["Ortuno", "ORTUÑO", "juan ortuño"])
def test_who_held_a_command_is_found_by_name_and_leads_to_it(client, typed):
    page = asked(client, typed)

    assert [(strip_tags(hit.title), hit.address) for group in page["groups"] for hit in group.results] == [
        ("Juan Ortuño", "/commands/hq-kfor/")
    ]
