"""Scales: round axes from zero, years to the day, and bars whose lengths compare."""

import datetime

import pytest

from pkportal.charts.scales import YearAxis, bar_lengths, number_ticks, round_axis


@pytest.mark.parametrize(
    ("largest", "end", "step"),
    [(4273, 5000, 1000), (50_000, 50_000, 10_000), (97, 100, 20), (7, 8, 2), (1, 1, 1), (0, 1, 1)],
)
def test_an_axis_ends_at_a_round_number_that_holds_the_largest(largest, end, step):
    assert round_axis(largest) == (end, step)


def test_numbers_on_an_axis_are_written_as_in_a_table():
    assert [tick.label for tick in number_ticks(20_000, 10_000)] == ["0", "10,000", "20,000"]


def test_a_day_falls_where_its_year_says():
    years = YearAxis(1990, 1999)

    assert years.at(datetime.date(1990, 1, 1)) == 0
    assert years.at(datetime.date(1999, 12, 31)) == 100
    assert 49.9 < years.at(datetime.date(1995, 1, 1)) < 50.1


def test_a_day_outside_the_axis_stands_at_its_edge():
    assert YearAxis(1990, 1999).at(datetime.date(1949, 4, 4)) == 0
    assert YearAxis(1990, 1999).at(datetime.date(2020, 1, 1)) == 100


def test_every_fifth_year_is_named():
    assert [tick.label for tick in YearAxis(1992, 2003).ticks()] == ["1995", "2000"]


def test_the_largest_fills_the_row_and_the_others_compare_with_it():
    assert bar_lengths([200, 100, 0]) == [100, 50, 0]


def test_one_among_a_hundred_thousand_can_still_be_seen():
    assert bar_lengths([100_000, 1])[1] > 0


def test_nothing_has_no_length():
    assert bar_lengths([0, 0]) == [0, 0]
    assert bar_lengths([]) == []
