"""A figure that may be wrong says so, and why, wherever it is shown, until somebody checks it."""

import pytest
from django.utils.html import strip_tags

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db
DOUBT = "Far from the figures before and after it: 185 (2016) and 186 (February 2017)."


@pytest.fixture
def figure():
    """Make three figures of Portugal in a mission, and one of each of two other nations; one figure is doubtful."""
    mission = make.published_mission(name="Marsh Force", acronym="MFOR", code="mfor", start_date="2009")
    portugal = make.country(name="Portugal", iso3="PRT", iso2="PT")
    same = {"mission": mission, "country": portugal}
    for year, quantity in [("2015", 190), ("2016", 185)]:
        make.contribution(**same, as_of=year, quantity=quantity)
    for _ in range(2):
        make.contribution(mission=mission, as_of="2017", quantity=300)
    return make.contribution(**same, as_of="2017", quantity=15, doubt=DOUBT)


def words_of(client, address):
    return strip_tags(text_of(client.get(address)))


PAGES = {
    "table of a mission": "/missions/mfor/?on=2017",
    "table of a nation": "/countries/PRT/",
    "list of figures": "/contributions/",
    "file of figures": "/contributions.csv",
    "answer of the search": "/search/?q=Portugal+MFOR+2017",
}


@pytest.mark.parametrize("page", PAGES)
def test_doubt_is_told_with_its_reason_until_the_figure_is_checked(client, figure, page):
    assert DOUBT in read(client, PAGES[page])

    figure.mark_checked()

    assert (DOUBT in read(client, PAGES[page])) == (page == "file of figures")


def read(client, address):
    answer = client.get(address)
    return b"".join(answer).decode() if answer.streaming else strip_tags(text_of(answer))


def test_readouts_of_charts_tell_the_doubt(client, figure):
    make.stated_total(mission=figure.mission, as_of="2016")
    mission, nation = client.get("/missions/mfor/?on=2017").context, client.get("/countries/PRT/").context

    on_map = [mark.nation.description for mark in mission["map"].marks]
    over_time = [point.description for point in nation["all_series"][0].chart.points]
    *_total, strength = [point.description for point in mission["strength"].points]

    assert [f"Doubtful: {DOUBT}" in words for words in on_map] == [True]
    assert [f"Doubtful: {DOUBT}" in words for words in over_time] == [False, False, True]
    assert strength == "615, 2017: sum of the figures of 3 nations on record, one of them is doubtful"


def test_figure_of_another_source_tells_its_doubt_beside_the_headline(client, figure):
    same = {"mission": figure.mission, "country": figure.country, "as_of": "2017"}
    make.contribution(**same, quantity=186, source=make.source(grade="A"))

    row = read(client, "/missions/mfor/?on=2017").partition("186 ")[2]

    assert f"doubtful {DOUBT}" in row
