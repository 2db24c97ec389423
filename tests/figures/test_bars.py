"""Bars: lengths that compare."""

from pkportal.figures.bars import lengths


def test_the_largest_fills_the_row_and_the_others_compare_with_it():
    assert lengths([200, 100, 0]) == [100, 50, 0]


def test_one_among_a_hundred_thousand_can_still_be_seen():
    assert lengths([100_000, 1])[1] > 0


def test_nothing_has_no_length():
    assert lengths([0, 0]) == [0, 0]
    assert lengths([]) == []
