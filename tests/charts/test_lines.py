"""Lines over time: what is joined, what is left open, what is labelled."""

from pkportal.charts.lines import SeriesValue, line_chart
from pkportal.content.dates import PartialDate


def values(*pairs):
    return [SeriesValue(PartialDate(date), number, f"{number} in {date}", f"#{date}") for date, number in pairs]


def test_no_line_is_drawn_through_a_year_of_which_nothing_is_known():
    drawn = line_chart(values(("1999", 50_000), ("2000", 42_500), ("2002", 17_500), ("2003", 17_000)))

    assert [len(stroke) for stroke in drawn.strokes] == [2, 2]


def test_a_value_with_no_neighbour_is_a_point_alone():
    drawn = line_chart(values(("1999", 10), ("2001", 12)))

    assert drawn.strokes == []
    assert [point.says for point in drawn.points] == ["10 in 1999", "12 in 2001"]


def test_the_larger_number_stands_higher_and_zero_at_the_foot():
    drawn = line_chart(values(("1999", 0), ("2000", 100)))

    assert [point.y for point in drawn.points] == [100, 0]


def test_the_axis_shows_the_years_to_the_end_even_where_nothing_is_known():
    drawn = line_chart(values(("2000", 5), ("2001", 6)), last_year=2026)

    assert drawn.across[-1].label == "2025"
    assert drawn.points[-1].x < 10


def test_the_peak_and_the_last_value_are_written_out():
    drawn = line_chart(values(("1999", 50_000), ("2000", 42_500), ("2001", 39_000)))

    assert [label.text for label in drawn.labels] == ["50,000", "39,000"]


def test_dates_known_to_the_year_and_to_the_day_fall_in_order():
    drawn = line_chart(values(("2001-12-31", 3), ("2001", 2), ("2001-01-01", 1)))

    assert [point.says for point in drawn.points] == ["1 in 2001-01-01", "2 in 2001", "3 in 2001-12-31"]


def test_figures_that_stand_together_can_share_their_years():
    drawn = line_chart(values(("2010", 5), ("2011", 6)), last_year=2026, first_year=1999)

    assert [drawn.across[0].label, drawn.across[-1].label] == ["2000", "2025"]


def test_two_numbers_that_would_cover_each_other_become_one():
    drawn = line_chart(values(("1990", 1), ("2025", 100), ("2026", 99)))

    assert [label.text for label in drawn.labels] == ["100"]
