"""The strength of a mission over time: as stated for the whole, and as the sums of the nations on record, marked so."""

import pytest
from django.utils.html import strip_tags

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mission():
    return make.published_mission(code="heron", start_date="1999")


def force(mission, as_of, *quantities, **fields):
    for quantity in quantities:
        make.contribution(mission=mission, as_of=as_of, quantity=quantity, **fields)


def points_of(client):
    chart = client.get("/missions/heron/").context["strength"]
    return [(point.description.partition(":")[0], point.css_class) for point in chart.points]


def test_sums_of_nations_go_on_where_no_total_is_stated_and_are_marked(client, mission):
    for year in ["2015", "2016"]:
        make.stated_total(mission=mission, as_of=f"{year}-12", total=4000)
    force(mission, "2017-02", 1000, 200, 30)
    force(mission, "2023", 900, 100)

    assert points_of(client) == [
        *[("4,000, December 2015", ""), ("4,000, December 2016", "")],
        *[("1,230, February 2017", "sum"), ("1,000, 2023", "sum")],
    ]
    text = strip_tags(text_of(client.get("/missions/heron/")))
    assert "February 2017: 1,230, 3 nations" in text
    assert "A ring: the sum of the figures of the nations on record for that date" in text


def test_dates_of_one_nation_or_of_few_are_no_strength_of_the_force(client, mission):
    force(mission, "2009", *[100] * 7)
    force(mission, "2010", 100, 100)
    force(mission, "2011", *[100] * 3)
    force(mission, "2012", 9000)

    assert points_of(client) == [("700, 2009", "sum"), ("300, 2011", "sum")]


def test_each_nation_counts_once_by_its_best_source_and_by_place_only_without_a_whole(client, mission):
    italy, spain, book, paper = make.country(), make.country(), make.source(grade="B"), make.source(grade="F")
    force(mission, "2009", 90, country=italy, source=book)
    force(mission, "2009", 40, country=italy, source=book, location="Pristina")
    force(mission, "2009", 999, country=italy, source=paper)
    force(mission, "2009", 5, country=spain, source=book, location="Pec")
    force(mission, "2009", 3, country=spain, source=book, location="Istog")
    force(mission, "2009", 70, basis="authorised")
    force(mission, "2009", 8, unit="ships", kind="ships")
    force(mission, "2010", 1, 2)

    assert points_of(client) == [("98, 2009", "sum"), ("3, 2010", "sum")]


def test_two_kinds_of_people_of_one_date_are_not_added(client, mission):
    force(mission, "2009", 100, 100, 100)
    force(mission, "2009", 7, 7, kind="training")
    force(mission, "2010", 1, 2)

    assert points_of(client) == [("300, 2009", "sum"), ("3, 2010", "sum")]
