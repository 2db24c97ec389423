"""Late pages of a list: each row stands on one page, in the order of the file, from whichever end pages are read."""

import json

import pytest

from missions.filters import ContributionFilter, MandateFilter, MissionFilter
from pkportal.website import lists
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
    monkeypatch.setattr(lists, "DEEP", 0)
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
