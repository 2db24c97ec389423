"""The list of mandates, and the page of each."""

import csv
import io

import pytest

from missions.models import Mandate
from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db

FILTERS = [
    ("q=presence", {"title": "A civil presence"}, {"title": "An embargo"}),
    ("q=demilitarise", {"authorises": "To demilitarise the zone."}, {"authorises": "To watch."}),
    ("q=1244", {"symbol": "S/RES/1244 (1999)"}, {"symbol": "S/RES/1245 (1999)"}),
    ("kind=agreement", {"kind": "agreement"}, {"kind": "host-consent"}),
    ("chapter=VII", {"chapter": "VII"}, {"chapter": "VI"}),
    ("from=1999", {"adopted": "1999-01-01"}, {"adopted": "1998-12-31"}),
    ("from=1999-06-12", {"adopted": "1999"}, {}),
    ("to=1999", {"adopted": "1999-12-31"}, {"adopted": "2000-01-01"}),
    ("to=1999-06-12", {"adopted": "1999-06"}, {}),
    ("from=1998&to=1999-06&kind=agreement", {"adopted": "1999-06-09", "kind": "agreement"}, {"adopted": "1999-06-09"}),
]
INVALID = [
    *[(field, "no-such-code") for field in ["kind", "mission", "chapter", "checked", "sort", "from", "to"]],
    *[(field, "%00") for field in ["q", "kind", "mission", "chapter", "from", "to"]],
    *[(field, "x" * 10_000) for field in ["q", "mission", "from"]],
]


def mandates_listed(client, query=""):
    return [*client.get(f"/mandates/?{query}").context["object_list"]]


def page_of(client, mandate):
    return client.get(f"/mandates/{mandate.code}/")


@pytest.mark.parametrize(("query", "matching", "other"), FILTERS)
def test_filter_keeps_matching_mandates_and_hides_the_others(client, query, matching, other):
    mandate = make.mandate(**matching)
    make.mandate(**other)

    assert mandates_listed(client, query) == [mandate]


def test_filters_by_mission_and_by_whether_it_is_checked(client):
    mandate = make.mandate()
    mandate.mark_checked()
    make.mandate()

    assert mandates_listed(client, f"mission={mandate.mission.code}") == [mandate]
    assert mandates_listed(client, "checked=yes") == [mandate]
    assert mandate not in mandates_listed(client, "checked=no")


def test_sorts_by_date_mission_and_symbol_and_by_default_the_latest_first(client):
    first, second = make.published_mission(name="A"), make.published_mission(name="B")
    old = make.mandate(mission=second, adopted="1999", symbol="C")
    new = make.mandate(mission=first, adopted="2001", symbol="B")
    undated = make.mandate(mission=second, symbol="A")

    assert mandates_listed(client) == [new, old, undated]
    assert mandates_listed(client, "sort=adopted") == [old, new, undated]
    assert mandates_listed(client, "sort=mission") == [new, old, undated]
    assert mandates_listed(client, "sort=symbol") == [undated, new, old]


def test_page_links_keep_the_filters(client, page_size):
    page_size(2)
    mission = make.published_mission()
    for _ in range(3):
        make.mandate(mission=mission, kind="agreement")

    page = client.get("/mandates/?kind=agreement&sort=symbol")

    assert 'href="?kind=agreement&amp;sort=symbol&amp;page=2"' in page.text
    assert len(mandates_listed(client, "kind=agreement&sort=symbol&page=2")) == 1
    assert len(mandates_listed(client, "page=zzz")) == 2


@pytest.mark.parametrize(("field", "value"), INVALID)
def test_invalid_value_is_said_at_its_field_and_left_out(client, field, value):
    make.mandate()

    page = client.get(f"/mandates/?{field}={value}")

    assert page.status_code == 200
    assert len([*page.context["object_list"]]) == 1
    assert [*page.context["filter"].form.errors] == [field]
    assert f'id="id_{field}_error"' in page.text


def test_csv_has_the_filtered_mandates_in_the_order_of_the_list(client):
    for code, year in [("b", "1999"), ("c", "2001"), ("a", "2000")]:
        make.mandate(code=code, adopted=year)
    make.mandate(code="other", kind="agreement")

    text = b"".join(client.get("/mandates.csv?kind=unsc-resolution")).decode("utf-8-sig")

    assert [row["code"] for row in csv.DictReader(io.StringIO(text))] == ["c", "a", "b"]


def test_mandates_of_a_draft_mission_are_hidden_in_list_count_file_and_page(admin_client):
    hidden = make.mandate(mission=make.mission(), symbol="S/RES/666")
    public = make.mandate()

    page = admin_client.get("/mandates/")

    assert [*page.context["object_list"]] == [public]
    assert page.context["count"] == 1
    assert b"S/RES/666" not in b"".join(admin_client.get("/mandates.csv"))
    assert page_of(admin_client, hidden).status_code == 404


def test_unknown_code_is_not_found(client):
    assert client.get("/mandates/no-such-mandate/").status_code == 404


def test_page_shows_text_facts_and_sources(client):
    make.source(code="un-1244", title="Resolution 1244")
    facts = {"chapter": "VII", "adopted": "1999-06-10", "expires": "2000-06", "availability": "text"}
    names = {"symbol": "S/RES/1244 (1999)", "title": "A security presence"}
    text = "Sets up a **security presence** [@un-1244, para. 7]."
    report = make.source(title="A report")
    mandate = make.mandate(**names, **facts, authorises=text, ai_assisted=True, sources=[report])

    page = page_of(client, mandate)

    assert "<title>S/RES/1244 (1999): A security presence – " in text_of(page)
    assert "<strong>security presence</strong>" in text_of(page)
    assert [reference.source.title for reference in page.context["references"]] == ["Resolution 1244", "A report"]
    assert "AI-assisted · not yet checked" in text_of(page)
    for words in ["10 June 1999", "June 2000", "Chapter VII", "Public text", "para. 7"]:
        assert words in text_of(page)


def test_page_shows_the_mandates_of_the_mission_as_a_tree_in_order_of_adoption(client):
    mission = make.published_mission()
    resolution = make.mandate(mission=mission, adopted="1999-06-10", title="The resolution")
    decision = make.mandate(mission=mission, adopted="1999-06-11", title="The decision", derives_from=resolution)
    rules = make.mandate(mission=mission, adopted="1999-06-13", title="The rules", derives_from=decision)
    agreement = make.mandate(mission=mission, adopted="1999-06-09", title="The agreement")
    make.mandate(title="Of another mission")

    page = page_of(client, decision)

    assert page.context["mandate"].derives_from == resolution
    assert [*page.context["mandate"].derived.all()] == [rules]
    assert [record for record, _lines in page.context["steps"]] == [mission, agreement, resolution, decision, rules]
    assert [lines.node for _record, lines in page.context["steps"]] == [9, 29, 29, 49, 69]
    assert (page.context["previous"], page.context["next"]) == (resolution, rules)
    assert page.text.count('aria-current="true"') == 2  # the section of the site, and this mandate
    assert "Of another mission" not in page.text


def test_page_does_not_name_mandates_of_draft_missions(admin_client):
    draft = make.mission()
    mandate = make.mandate(derives_from=make.mandate(mission=draft, title="Hidden above", code="above"))
    make.mandate(mission=draft, title="Hidden below", derives_from=mandate)

    page = page_of(admin_client, mandate)

    assert "Hidden" not in page.text
    assert "does not say whether it implements another document" in page.text


def test_page_links_related_mandates_of_other_missions(client):
    parent = make.mandate(symbol="S/RES/816", mission=make.published_mission(acronym="OTHER"))
    mandate = make.mandate(derives_from=parent)
    child = make.mandate(derives_from=mandate, symbol="Plan 40104")

    page = page_of(client, mandate)

    assert [record for record, _lines in page.context["steps"]] == [mandate.mission, parent, mandate, child]
    assert f'Implements <a href="{parent.get_absolute_url()}">S/RES/816</a>.' in text_of(page)
    assert f'Implemented by <a href="{child.get_absolute_url()}">Plan 40104</a>.' in text_of(page)
    assert f'of <a href="{parent.mission.get_absolute_url()}">OTHER</a>' in text_of(page)


def test_page_works_for_mandates_that_derive_from_each_other(client):
    mission = make.published_mission()
    first = make.mandate(mission=mission)
    second = make.mandate(mission=mission, derives_from=first)
    Mandate.objects.filter(pk=first.pk).update(derives_from=second)

    assert {record for record, _lines in page_of(client, second).context["steps"]} == {mission, first, second}


@pytest.mark.parametrize(("availability", "words"), [("text", "Public text"), ("reported", "Known from reports only")])
def test_page_explains_the_kind_and_the_availability_of_the_text(client, availability, words):
    page = page_of(client, make.mandate(availability=availability, kind="nac-decision"))

    assert words in page.text
    assert "taken by consensus" in page.text
    assert "No date on record" in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_any_number_of_mandates(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make.mandate(adopted="1999")

    with django_assert_num_queries(2):  # the choices of all filters with their counts; the page
        assert len(mandates_listed(client)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_for_any_number_of_relations(client, rows, django_assert_num_queries):
    mission = make.published_mission()
    mandate = make.mandate(mission=mission, derives_from=make.mandate(mission=mission))
    mandate.sources.set([make.source() for _ in range(rows)])
    for _ in range(rows):
        make.mandate(mission=mission, derives_from=mandate)

    with django_assert_num_queries(5):  # the mandate, what it follows from, what follows, its mission's, the sources
        page = page_of(client, mandate)

    assert len(page.context["steps"]) == rows + 3  # with the mission
