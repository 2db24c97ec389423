"""Scales: axes of numbers and years, and lengths of bars."""

import datetime

import pytest

from pkportal.charts.scales import YearAxis, bar_lengths, number_ticks, round_axis


@pytest.mark.parametrize(
    ("largest", "end", "step"),
    [(4273, 5000, 1000), (50_000, 50_000, 10_000), (97, 100, 20), (7, 8, 2), (1, 1, 1), (0, 1, 1)],
)
def test_axis_ends_at_a_round_number_at_or_above_the_largest(largest, end, step):
    assert round_axis(largest) == (end, step)


def test_ticks_have_thousands_separators():
    assert [tick.label for tick in number_ticks(20_000, 10_000)] == ["0", "10,000", "20,000"]


def test_day_has_its_position_on_the_axis_of_years():
    years = YearAxis(1990, 1999)

    assert years.at(datetime.date(1990, 1, 1)) == 0
    assert years.at(datetime.date(1999, 12, 31)) == 100
    assert 49.9 < years.at(datetime.date(1995, 1, 1)) < 50.1


def test_day_outside_the_axis_is_at_its_edge():
    assert YearAxis(1990, 1999).at(datetime.date(1949, 4, 4)) == 0
    assert YearAxis(1990, 1999).at(datetime.date(2020, 1, 1)) == 100


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (2015, 2018, "2015 2016 2017 2018"),
        (2015, 2025, "2016 2018 2020 2022 2024"),
        (1990, 2026, "1990 1995 2000 2005 2010 2015 2020 2025"),
        (1951, 2026, "1960 1970 1980 1990 2000 2010 2020"),
        (2015, 2015, "2015"),
    ],
)
def test_axis_of_years_has_as_many_round_years_as_have_room_on_a_phone(first, last, labels):
    assert [tick.label for tick in YearAxis(first, last).ticks()] == labels.split()


def test_lengths_of_bars_are_percentages_of_the_largest():
    assert bar_lengths([200, 100, 0]) == [100, 50, 0]


def test_very_small_value_has_a_visible_length():
    _large, small = bar_lengths([100_000, 1])
    assert small > 0


def test_zero_has_no_length():
    assert bar_lengths([0, 0]) == [0, 0]
    assert bar_lengths([]) == []
