"""The coverage page: for which mission and year the record has figures."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def squares(client):
    rows, _ticks = client.get("/coverage/").context["grid"]
    return {row.name: [(square.cell.year, square.cell.state) for square in row.squares] for row in rows}


def test_year_is_known_if_one_figure_is_not_an_estimate(client):
    mission = make.published_mission(acronym="KFOR")
    make.contribution(mission=mission, as_of="2016", value_state="estimated")
    make.contribution(mission=mission, as_of="2017-02", value_state="about")
    make.contribution(mission=mission, as_of="2017-03-01")

    assert squares(client) == {"KFOR": [(2016, "estimated"), (2017, "known")]}


def test_stated_total_counts_as_known_and_links_to_the_mission_page(client):
    mission = make.published_mission(acronym="KFOR", code="kfor")
    make.stated_total(mission=mission, as_of="2016-12")

    ((row,), _ticks) = client.get("/coverage/").context["grid"]

    (square,) = row.squares
    assert (square.cell.year, square.cell.address) == (2016, "/missions/kfor/#strength")


def test_year_with_estimates_and_a_stated_total_is_one_square_and_known(client):
    mission = make.published_mission(acronym="KFOR")
    make.contribution(mission=mission, as_of="2016", value_state="estimated")
    make.stated_total(mission=mission, as_of="2016-12")

    assert squares(client) == {"KFOR": [(2016, "known")]}


def test_figures_before_the_first_mission_began_are_on_the_axis(client):
    make.contribution(mission=make.published_mission(start_date="1999-06-12"), as_of="1998", basis="pledged")

    ((row,), _ticks) = client.get("/coverage/").context["grid"]

    assert row.squares[0].x == 0
    assert row.life.x > 0


def test_each_square_links_to_its_figures(client):
    mission = make.published_mission(acronym="KFOR", code="kfor")
    make.contribution(mission=mission, as_of="2017-02")
    make.contribution(mission=mission, as_of="2016")

    ((row,), _ticks) = client.get("/coverage/").context["grid"]
    cell = row.squares[-1].cell

    assert cell.description == "KFOR, 2017: 1 figure of 1 nation"
    assert client.get(cell.address).context["count"] == 1


def test_counts_the_published_missions_without_figures(client):
    make.contribution(mission=make.published_mission())
    make.published_mission()
    make.mission()

    page = client.get("/coverage/")

    assert (page.context["total"], page.context["without_figures"]) == (2, 1)


@pytest.mark.parametrize("missions", [0, 1, 3])
def test_costs_the_same_for_any_number_of_missions(client, missions, django_assert_max_num_queries):
    for _ in range(missions):
        make.contribution(mission=make.published_mission())

    with django_assert_max_num_queries(3):  # missions, totals, figures
        client.get("/coverage/")


def test_years_with_only_a_stated_total_are_in_chronological_order(client):
    mission = make.published_mission(acronym="KFOR")
    for year in range(2016, 2006, -1):
        make.stated_total(mission=mission, as_of=f"{year}-12")

    assert [year for year, _state in squares(client)["KFOR"]] == [*range(2007, 2017)]
