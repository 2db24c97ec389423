"""Late pages of a list: each row stands on one page, in the order of the file, from whichever end pages are read."""

import json

import pytest

from lessons.views.lesson_list import LessonList
from missions.filters import ContributionFilter, MandateFilter, MissionFilter
from missions.views.contribution import ContributionList
from missions.views.event import EventList
from missions.views.mandate import MandateList
from pkportal.website import list_paginator, order_groups
from tests import make

pytestmark = pytest.mark.django_db

ORDERS = [
    (name, order)
    for name, filterset in [
        ("mandates", MandateFilter),
        ("missions", MissionFilter),
        ("contributions", ContributionFilter),
    ]
    for order in ["", *filterset.base_filters["sort"].orders]
]


def rows_of_file(client, address):
    return json.loads(b"".join(client.get(address).streaming_content))


@pytest.mark.parametrize(("name", "order"), ORDERS)
def test_pages_in_any_order_have_the_rows_of_the_file_where_dates_are_unknown_too(
    client, monkeypatch, page_size, name, order
):
    monkeypatch.setattr(list_paginator, "DEEP", 0)
    page_size(2)
    missions = [make.published_mission(end_date=date) for date in ["2001", None, "1999", None, "2001"]]
    for mission, adopted, quantity in zip(missions, [None, "1999", "1999", None, "1998"], [5, 7, 7, 1, 3], strict=True):
        make.mandate(mission=mission, adopted=adopted)
        make.contribution(mission=mission, quantity=quantity)
    key, column = {"contributions": ("mission__code", "mission")}.get(name, ("code", "code"))

    pages = [client.get(f"/{name}/?sort={order}&page={number}").context["page_obj"] for number in [1, 2, 99]]

    assert [page.number for page in pages] == [1, 2, 3]
    shown = [row[key] if isinstance(row, dict) else row.code for page in pages for row in page]
    assert shown == [row[column] for row in rows_of_file(client, f"/{name}.json?sort={order}")]


@pytest.mark.parametrize("rows_before", [0, 10**6])
@pytest.mark.parametrize("view", [ContributionList, LessonList, MandateList, EventList])
def test_pages_of_a_long_list_have_all_rows_in_every_order(mixed_rows, monkeypatch, view, rows_before):
    monkeypatch.setattr(list_paginator, "LONG_LIST", 0)
    monkeypatch.setattr(order_groups, "MANY", rows_before)
    orders = view.filterset_class.base_filters["sort"]
    for order in orders.orders:
        rows = orders.filter(view().get_queryset(), order)
        pages = list_paginator.ListPaginator(rows, 3, rows.count(), rows)

        assert [row.pk for page in pages for row in page] == [row.pk for row in rows], order


def test_rows_of_other_nations_are_not_sorted_for_a_page_by_nation(mixed_rows):
    orders = ContributionList.filterset_class.base_filters["sort"]
    rows = orders.filter(ContributionList().get_queryset(), "-country")

    groups = order_groups.page_groups(rows, 0, 2)

    assert {row.country.name for row in rows.filter(groups.condition)} == {"Zetaland"}
    assert order_groups.page_groups(orders.filter(rows, "date"), 0, 2) is None


@pytest.fixture
def mixed_rows(db):
    """Rows of several missions, nations, kinds and dates, many of them alike; two nations have one name."""
    nations = [make.country(name=name) for name in ["Zetaland", "Alphaland", "alphaland"]]
    missions = [make.published_mission(acronym=acronym) for acronym in ["ZZZ", "", "AAA"]]
    sources = [make.source(title=title) for title in ["Third", "First"]]
    for number in range(11):
        make.contribution(
            mission=missions[number % 3],
            country=nations[number * 2 % 3 if number % 2 else 1],
            source=sources[number % 2],
            kind=["troops", "training"][number % 4 // 2],
            unit=["personnel", "ships"][number % 5 // 4],
            as_of=["2001", "2001-05", "1999-12-01"][number % 7 % 3],
            quantity=[5, 7, 5][number % 3],
            location=f"Place {number}",
        )
        make.mandate(mission=missions[number % 3], kind=["unsc-resolution", "agreement"][number % 2])
        make.event(mission=missions[number % 3], date=["2001", "2001-05"][number % 2])
        make.published_lesson(maturity=["observation", "lesson-identified"][number % 3 % 2])
