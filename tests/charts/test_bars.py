"""Bars: lengths that compare."""

from pkportal.charts.bars import bar_lengths


def test_the_largest_fills_the_row_and_the_others_compare_with_it():
    assert bar_lengths([200, 100, 0]) == [100, 50, 0]


def test_one_among_a_hundred_thousand_can_still_be_seen():
    assert bar_lengths([100_000, 1])[1] > 0


def test_nothing_has_no_length():
    assert bar_lengths([0, 0]) == [0, 0]
    assert bar_lengths([]) == []
