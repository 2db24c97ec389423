"""The list of contributions: its filters, order, pages and files."""

import csv
import io
import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from missions.models import Contribution
from tests import make

pytestmark = pytest.mark.django_db

# the query string, a figure that matches, and one that does not
FILTERS = [
    ("kind=ships", {"kind": "ships", "unit": "ships"}, {"kind": "aircraft", "unit": "aircraft"}),
    ("basis=pledged", {"basis": "pledged"}, {"basis": "deployed"}),
    ("from=2010-06-12", {"as_of": "2010-06-12"}, {"as_of": "2010-06-11"}),
    ("from=2010-06-12", {"as_of": "2010-06"}, {"as_of": "2010-05"}),
    ("from=2010-06-12", {"as_of": "2010"}, {"as_of": "2009"}),
    ("from=2010", {"as_of": "2010-01-01"}, {"as_of": "2009-12-31"}),
    ("to=2010-06-12", {"as_of": "2010-06-12"}, {"as_of": "2010-06-13"}),
    ("to=2010-06-12", {"as_of": "2010-06"}, {"as_of": "2010-07"}),
    ("to=2010", {"as_of": "2010-12-31"}, {"as_of": "2011"}),
    ("from=2010-02&to=2010-03", {"as_of": "2010-03-31"}, {"as_of": "2010-04-01"}),
]


INVALID = [
    *[(field, "no-such-code") for field in ["mission", "country", "kind", "basis", "checked", "sort"]],
    *[(field, "%00") for field in ["mission", "country", "kind", "basis", "from", "to", "checked", "sort"]],
    *[(field, "x" * 10_000) for field in ["mission", "country", "kind", "from", "to", "sort"]],
    *[("date", answer) for answer in ["abc", "%00", "2010-13", "x" * 10_000]],
    *[("from", answer) for answer in ["abc", "2010-13", "2010-02-30", "0000", "10-06-2010", "2010/31/06"]],
]


def quantities(client, query=""):
    """Return the quantities that the page lists, in order: each figure of a test has its own."""
    return [row["quantity"] for row in client.get(f"/contributions/?{query}").context["object_list"]]


@pytest.mark.parametrize(("query", "matching", "other"), FILTERS)
def test_filter_keeps_matching_contributions_and_hides_the_others(client, query, matching, other):
    make.contribution(quantity=1, **matching)
    make.contribution(quantity=2, **other)

    assert quantities(client, query) == [1]


def test_filters_by_mission_and_by_country(client):
    mission, country = make.published_mission(), make.country()
    make.contribution(quantity=1, mission=mission, country=country)
    make.contribution(quantity=2, mission=mission)
    make.contribution(quantity=3, country=country)

    assert sorted(quantities(client, f"mission={mission.code}")) == [1, 2]
    assert sorted(quantities(client, f"country={country.iso3}")) == [1, 3]
    assert quantities(client, f"country={country.iso3}&mission={mission.code}") == [1]


def test_filters_by_the_grade_of_the_source_beside_others(client):
    mission = make.published_mission()
    for quantity, grade in enumerate(["A", "G", "X", ""], 1):
        make.contribution(quantity=quantity, source=make.source(grade=grade), mission=mission)
    make.contribution(quantity=5, source=make.source(grade="A"))

    assert sorted(quantities(client, "grade=A&grade=G")) == [1, 2, 5]
    assert sorted(quantities(client, "grade=-X&grade=-none")) == [1, 2, 5]
    assert quantities(client, f"grade=A&mission={mission.code}") == [1]
    assert "X: unverified" in client.get("/contributions/").text


def test_grades_of_the_sources_of_a_page_are_said_in_words_once(client):
    for grade in ["G", "A", "G", ""]:
        make.contribution(source=make.source(grade=grade))

    page = client.get("/contributions/")

    assert [(grade.value, str(grade.short)) for grade in page.context["grades"]] == [
        ("A", "primary"),
        ("G", "tertiary"),
    ]
    assert 'class="contribution-grades"' in page.text
    assert client.get("/contributions/?grade=none").context["grades"] == []


def test_filters_by_whether_a_figure_is_checked(client):
    make.contribution(quantity=1).mark_checked()
    make.contribution(quantity=2)

    assert quantities(client, "checked=yes") == [1]
    assert quantities(client, "checked=no") == [2]


def test_filters_combine(client):
    fields = {"kind": "training", "basis": "authorised"}
    make.contribution(quantity=1, as_of="2012", **fields)
    make.contribution(quantity=2, as_of="2014", **fields)
    make.contribution(quantity=3, as_of="2012", kind="training")
    make.contribution(quantity=4, as_of="2012", basis="authorised")

    assert quantities(client, "kind=training&basis=authorised&from=2011&to=2013") == [1]


def test_sorts_by_date_quantity_mission_and_nation(client):
    late, early = make.published_mission(name="A late one"), make.published_mission(name="B early one")
    albania, zambia = make.country(name="Albania"), make.country(name="Zambia")
    make.contribution(quantity=10, as_of="2010", mission=early, country=albania)
    make.contribution(quantity=900, as_of="2005", mission=late, country=zambia, unit="USD", kind="financial")
    make.contribution(quantity=30, as_of="2020-05", mission=late, country=albania)
    make.contribution(quantity=20, as_of="2020", mission=late, country=zambia)

    assert quantities(client) == [30, 20, 10, 900]
    assert quantities(client, "sort=date") == [900, 10, 20, 30]
    assert quantities(client, "sort=-quantity") == [30, 20, 10, 900]
    assert quantities(client, "sort=mission") == [30, 20, 900, 10]
    assert quantities(client, "sort=country") == [30, 10, 20, 900]


def test_page_links_keep_the_filters_and_pages_do_not_overlap(client, page_size):
    mission, source = make.published_mission(), make.source()
    fields = {"mission": mission, "source": source, "kind": "troops", "as_of": "2017", "unit": "personnel"}
    figures = [Contribution(country=make.country(), quantity=number, **fields) for number in range(12)]
    Contribution.objects.bulk_create(figures)
    page_size(5)

    first = client.get("/contributions/?kind=troops&sort=-quantity")
    pages = [quantities(client, f"kind=troops&sort=-quantity&page={number}") for number in [1, 2, 3]]

    assert 'href="?kind=troops&amp;sort=-quantity&amp;page=2"' in first.text
    assert sum(pages, []) == [*reversed(range(12))]
    assert quantities(client, "kind=troops&sort=-quantity&page=zzz") == pages[0]
    assert quantities(client, "kind=troops&sort=-quantity&page=99") == pages[2]


@pytest.mark.parametrize(("field", "value"), INVALID)
def test_invalid_value_is_said_at_its_field_and_left_out(client, field, value):
    make.contribution()

    page = client.get(f"/contributions/?{field}={value}")

    assert page.status_code == 200
    assert len([*page.context["object_list"]]) == 1
    assert [*page.context["filter"].form.errors] == [field]
    assert f'id="id_{field}_error"' in page.text
    assert len(page.content) < 60_000
    assert client.get(f"/contributions.csv?{field}={value}").status_code == 400


def test_period_that_ends_before_it_begins_is_invalid(client):
    make.contribution(as_of="2012")
    make.contribution(as_of="2010")

    page = client.get("/contributions/?from=2011&to=2009")

    assert [row["as_of"] for row in page.context["object_list"]] == ["2012"]  # its end is left out
    assert page.context["filter"].form.errors == {"to": ["The period ends before it begins."]}


def test_of_two_bounds_the_last_counts_and_that_is_said(client):
    make.contribution(quantity=1, as_of="2010")
    make.contribution(quantity=2, as_of="2012")

    page = client.get("/contributions/?from=2009&from=2011")

    assert [row["quantity"] for row in page.context["object_list"]] == [2]
    assert "takes one value; the last, “2011”, counts" in page.text
    assert client.get("/contributions.csv?from=2009&from=2011").status_code == 400


def test_csv_and_json_have_the_filtered_rows_in_the_order_of_the_list(client):
    mission = make.published_mission(code="kfor")
    for quantity, date in [(5, "2001"), (7, "2003"), (6, "2002")]:
        make.contribution(quantity=quantity, as_of=date, mission=mission)
    make.contribution(quantity=9)
    query = "mission=kfor&from=2002&sort=-quantity"

    text = b"".join(client.get(f"/contributions.csv?{query}")).decode("utf-8-sig")
    data = json.loads(b"".join(client.get(f"/contributions.json?{query}")))

    rows = [*csv.DictReader(io.StringIO(text))]
    page = client.get(f"/contributions/?{query}").text
    assert quantities(client, query) == [row["quantity"] for row in data] == [7, 6]
    assert [(row["mission"], row["quantity"]) for row in rows] == [("kfor", "7"), ("kfor", "6")]
    assert 'href="/contributions.csv?mission=kfor&amp;from=2002&amp;sort=-quantity"' in page


def test_figures_of_unpublished_missions_are_hidden_even_from_staff(admin_client):
    withdrawn = make.published_mission(name="Withdrawn")
    make.withdrawn(withdrawn)
    scheduled = make.published_mission(name="To come")
    scheduled.published_at = timezone.now() + timedelta(days=1)
    scheduled.save()
    for mission in [make.mission(name="Draft"), withdrawn, scheduled]:
        make.contribution(quantity=666, mission=mission)
    make.contribution(quantity=1)

    page = admin_client.get("/contributions/")

    assert quantities(admin_client) == [1]
    assert page.context["count"] == 1
    assert not any(name in page.text for name in ["666", "Draft", "Withdrawn", "To come"])
    assert b"666" not in b"".join(admin_client.get("/contributions.csv"))
    assert quantities(admin_client, f"mission={withdrawn.code}") == [1]  # an unknown mission is left out


def test_page_explains_that_figures_of_different_dates_are_never_added_up(client):
    make.contribution()

    assert "Figures of different dates are never added up" in client.get("/contributions/").text


def test_list_without_matches_says_so(client):
    page = client.get("/contributions/?kind=medical")

    assert "No figure matches" in page.text
    assert "<table" not in page.text
    assert "<title>Kind: medical – Contributions – " in page.text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("CH-47", [1]),
        ("ch47 helicopters", [1]),
        ("Heronland", [1, 2]),
        ("HF heronland", [1]),
        ("Heron Force 2004", [1]),
        ("heronland since 2005", [2]),
        ("2004–2005", [1, 2, 3]),
        ("annual report", [3]),
        ("ships", [2]),
        ("heronland -ships", [1]),
        ("heronland -helicopters", [2]),
        ("troops", [1, 3]),  # the kind, not the word in the note of ships
        ("-helicopters -pledged or CH-47", [1, 2]),
        ("ships or pledged", [2, 3]),
        ("Great Bogland", [1, 2]),
        ('"camp mud" troops', [3]),
        ("nothing", []),
    ],
)
def test_box_finds_figures_by_nation_mission_source_place_note_kind_and_date(client, words, found):
    nation = make.country(name="Heronland")
    make.country_name(country=nation, name="Great Bogland")
    mission = make.published_mission(name="Heron Force", acronym="HF")
    source = make.source(title="Annual report of the desk")
    make.contribution(quantity=1, country=nation, mission=mission, as_of="2004-05", note="CH-47 helicopters")
    make.contribution(quantity=2, country=nation, as_of="2005", kind="ships", unit="ships", note="Troops at sea")
    make.contribution(quantity=3, as_of="2004-12", source=source, location="Camp Mud", basis="pledged")

    assert sorted(quantities(client, urlencode({"q": words}))) == found


@pytest.mark.parametrize("words", ["", "CH-47 in Italy or France -ships 2004"])
@pytest.mark.parametrize("rows", [1, 3])
def test_costs_the_same_for_any_number_of_figures_and_words(client, rows, words, django_assert_num_queries):
    for _ in range(rows):
        make.contribution(as_of="2004", note="CH-47 in Italy")

    # the choices of all filters with their counts; the page; what the words mean, and the sum
    with django_assert_num_queries(4 if words else 2):
        assert len(quantities(client, urlencode({"q": words}))) == rows


def test_sources_sort_by_the_names_that_the_rows_show(client):
    mission = make.published_mission()
    for number, (short, title) in enumerate([("Report 10", "A"), ("", "Århus survey"), ("report 9", "Z")]):
        source = make.source(short_title=short, title=title)
        make.contribution(mission=mission, source=source, quantity=number)

    assert quantities(client, "sort=source") == [1, 2, 0]
    assert quantities(client, "sort=-source") == [0, 2, 1]
