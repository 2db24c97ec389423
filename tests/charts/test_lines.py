"""Line charts over time: strokes, gaps, axes and labels."""

from pkportal.charts.lines import SeriesValue, line_chart
from pkportal.content.dates import PartialDate


def values(*pairs):
    return [SeriesValue(PartialDate(date), number, f"{number} in {date}", f"#{date}") for date, number in pairs]


def test_line_is_interrupted_at_a_year_without_a_value():
    chart = line_chart(values(("1999", 50_000), ("2000", 42_500), ("2002", 17_500), ("2003", 17_000)))

    assert [len(stroke) for stroke in chart.strokes] == [2, 2]


def test_value_without_a_neighbour_is_a_single_point():
    chart = line_chart(values(("1999", 10), ("2001", 12)))

    assert chart.strokes == []
    assert [point.description for point in chart.points] == ["10 in 1999", "12 in 2001"]


def test_larger_value_is_higher_and_zero_is_at_the_bottom():
    chart = line_chart(values(("1999", 0), ("2000", 100)))

    assert [point.y for point in chart.points] == [100, 0]


def test_axis_reaches_to_the_last_year_without_values():
    chart = line_chart(values(("2000", 5), ("2001", 6)), last_year=2026)

    *_earlier, last_tick = chart.across
    assert last_tick.label == "2025"
    assert all(point.x < 10 for point in chart.points)


def test_highest_and_last_value_are_labelled():
    chart = line_chart(values(("1999", 50_000), ("2000", 42_500), ("2001", 39_000)))

    assert [label.text for label in chart.labels] == ["50,000", "39,000"]


def test_partial_dates_are_in_chronological_order():
    chart = line_chart(values(("2001-12-31", 3), ("2001", 2), ("2001-01-01", 1)))

    assert [point.description for point in chart.points] == ["1 in 2001-01-01", "2 in 2001", "3 in 2001-12-31"]


def test_charts_can_share_an_axis_of_years():
    chart = line_chart(values(("2010", 5), ("2011", 6)), last_year=2026, first_year=1999)

    first, *_middle, last = chart.across
    assert (first.label, last.label) == ("2000", "2025")


def test_labels_that_would_overlap_become_one():
    chart = line_chart(values(("1990", 1), ("2025", 100), ("2026", 99)))

    assert [label.text for label in chart.labels] == ["100"]


def test_two_series_are_drawn_as_strokes_of_their_own():
    first = values(("2001", 1), ("2002", 2))
    second = [value._replace(css_class="sum") for value in values(("2001-08", 3), ("2002-08", 4))]

    chart = line_chart([*first, *second])

    assert [[point.css_class for point in stroke] for stroke in chart.strokes] == [["", ""], ["sum", "sum"]]


def test_label_of_the_last_value_is_above_the_points_beside_it():
    figures = [("1999", 1000), ("2023", 120), ("2024", 200), ("2025", 100)]
    chart = line_chart(values(*figures))

    highest, last = chart.labels
    *_earlier, neighbour, end = chart.points
    assert (highest.text, last.text) == ("1,000", "100")
    assert last.y == neighbour.y < end.y
