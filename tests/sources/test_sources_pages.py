"""The list of sources, its filters and its files."""

import pytest
from django.utils.html import strip_tags

from tests import make
from tests.files import rows_of
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def codes_on(page):
    return [source.code for source in page.context["object_list"]]


def test_sources_are_listed_by_title(client):
    make.source(code="z", title="Beta")
    make.source(code="a", title="Gamma")
    make.source(code="m", title="Alpha")

    page = client.get("/sources/")

    assert codes_on(page) == ["m", "z", "a"]
    assert "<title>Sources – Peacekeeping Record</title>" in page.text


@pytest.mark.parametrize("sources", [1, 3])
def test_list_costs_the_same_for_any_number_of_sources(client, sources, django_assert_num_queries):
    for _ in range(sources):
        make.source()

    with django_assert_num_queries(2):  # the count, the page
        page = client.get("/sources/")

    assert len(codes_on(page)) == sources


def make_three_sources():
    make.source(
        code="one",
        title="Lessons of Kosovo",
        authors="Jane Roe",
        publisher="House of Commons",
        kind="report",
        grade="C",
        published="2000-10-24",
    )
    make.source(code="two", title="Press release", publisher="", kind="news", grade="", published=None)
    make.source(code="six", title="Zero hour", publisher="SHAPE", kind="news", grade="A", published="1999")


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["one", "two", "six"]),
        ("q=lesson", ["one"]),
        ("q=roe", ["one"]),
        ("kind=news", ["two", "six"]),
        ("grade=C", ["one"]),
        ("grade=X", []),
        ("publisher=commons", ["one"]),
        ("publisher=100%25", []),
        ("sort=-published", ["one", "six", "two"]),
        ("sort=published", ["six", "one", "two"]),
        ("sort=grade", ["six", "one", "two"]),
        ("sort=publisher", ["one", "six", "two"]),
        ("kind=news&grade=A&sort=grade", ["six"]),
    ],
)
def test_page_and_files_have_the_same_filtered_rows(client, query, codes):
    make_three_sources()

    assert codes_on(client.get(f"/sources/?{query}")) == codes
    for ending in ["csv", "json"]:
        assert [row["code"] for row in rows_of(client.get(f"/sources.{ending}?{query}"))] == codes


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", "\x00"),
        ("kind", "rumour"),
        ("grade", "Z"),
        ("publisher", "a\x00"),
        ("publisher", "x" * 999),
        ("sort", "1"),
    ],
)
def test_invalid_value_is_said_at_its_field_and_left_out(client, name, value):
    make.source()

    page = client.get("/sources/", {name: value})

    assert page.status_code == 200
    assert [*page.context["filter"].form.errors] == [name]
    assert len(codes_on(page)) == 1
    assert client.get("/sources.csv", {name: value}).status_code == 400


def test_words_stand_beside_the_letter_of_a_grade_wherever_it_is_shown(client):
    source = make.source(code="press", title="The paper", grade="F")
    mission = make.published_mission(code="mfor", sources=[source])
    figure = make.contribution(mission=mission, source=source)

    for address in ["/sources/", "/sources/press/", "/missions/mfor/", figure.country.get_absolute_url()]:
        text = strip_tags(text_of(client.get(address))).replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")
        assert "F press" in text or "F: press" in text, address
    assert "F&nbsp;press" in strip_tags(text_of(client.get("/contributions/")))
    assert "F: press" in text_of(client.get("/sources/"))


def test_sources_of_any_of_several_publishers_are_found_and_minus_leaves_one_out(client):
    for publisher in ["NATO", "United Nations", "SIPRI", ""]:
        make.source(title=publisher or "Nobody's", publisher=publisher)

    def found(query):
        return [source.title for source in client.get(f"/sources/?{query}").context["object_list"]]

    assert found("publisher=nato&publisher=united") == ["NATO", "United Nations"]
    assert found("publisher=-nato") == ["Nobody's", "SIPRI", "United Nations"]
    assert found("publisher=none") == ["Nobody's"]
