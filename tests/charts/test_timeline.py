"""Timelines: full names without overlap, groups, and unknown ends."""

import datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkportal.charts.text_width import text_width
from pkportal.charts.timeline import SMALL_SCREEN_WIDTH, UNKNOWN_END, WIDTH, TimelineSpan, timeline_chart

YEARS = st.integers(1990, 2026)
SPANS = st.lists(
    st.builds(
        lambda name, start, length, **fields: timeline_span(name, start, min(start + length, 2026), **fields),
        st.text("Operation anWm il", min_size=1, max_size=60),
        YEARS,
        st.integers(0, 30),
        group=st.sampled_from(["Balkans", "Asia", "Africa"]),
        ending=st.sampled_from(["known", "unknown"]),
    ),
    min_size=1,
    max_size=25,
)


def timeline_span(name, start, end, *, group="Balkans", ending="known"):
    first, last = datetime.date(start, 1, 1), datetime.date(end, 12, 31)
    return TimelineSpan(name, first, last, ending, group, "peace", f"{name}, {start} to {end}", f"/{name}/")


def extent(mark):
    """Return the first and the last pixel of a mark with its name and its dots, at the smallest width of the chart."""
    tail = UNKNOWN_END if mark.span.ending == "unknown" else 0
    left, right = mark.x * WIDTH / 100, (mark.x + mark.width + tail) * WIDTH / 100
    name_width = text_width(mark.span.name)
    name_extent = (left, left + name_width) if mark.anchor == "start" else (WIDTH - name_width, WIDTH)
    name_left, name_right = name_extent
    return min(left, name_left), max(right, name_right)


@given(SPANS)
def test_names_and_bars_do_not_overlap(spans):
    for group in timeline_chart(spans, 1990, 2026).groups:
        for first, second in combinations(group.marks, 2):
            if first.y == second.y:
                (begins, stops), (starts, ends) = sorted([extent(first), extent(second)])
                assert stops <= starts + 0.5


@given(SPANS)
def test_every_span_is_drawn_once(spans):
    drawn_spans = [mark.span for group in timeline_chart(spans, 1990, 2026).groups for mark in group.marks]

    assert sorted(drawn_spans) == sorted(spans)


@pytest.mark.parametrize(("ending", "lanes"), [("known", 1), ("unknown", 2)])
def test_dots_of_an_unknown_end_do_not_overlap_the_next_span(ending, lanes):
    after = timeline_span("B", 2001, 2010)._replace(start=datetime.date(2001, 8, 1))
    (group,) = timeline_chart([timeline_span("A", 1990, 2000, ending=ending), after], 1990, 2026).groups

    assert len({mark.y for mark in group.marks}) == lanes


def test_name_at_the_right_edge_is_aligned_to_the_end():
    (group,) = timeline_chart([timeline_span("A sentry with a rather long name", 2025, 2026)], 1990, 2026).groups

    assert [(mark.anchor, mark.name_x) for mark in group.marks] == [("end", 100)]


def test_spans_are_grouped_in_order_of_first_appearance():
    spans = [("A", 1990, 1992, "Balkans"), ("B", 1991, 1993, "Asia"), ("C", 2000, 2001, "Balkans")]
    chart = timeline_chart([timeline_span(name, start, end, group=group) for name, start, end, group in spans])

    assert [(group.name, [mark.span.name for mark in group.marks]) for group in chart.groups] == [
        ("Balkans", ["A", "C"]),
        ("Asia", ["B"]),
    ]


def test_groups_are_below_each_other_within_the_height_of_the_chart():
    spans = [timeline_span(str(number), 1990, 2020, group=group) for number, group in enumerate("aabbb")]
    chart = timeline_chart(spans)
    heights = [mark.y for group in chart.groups for mark in group.marks]

    assert heights == sorted(set(heights))
    assert heights[-1] < chart.height


def test_name_of_a_group_that_is_too_long_for_one_line_is_written_in_two():
    name = "Supreme Headquarters Allied Powers Europe / Allied Command Operations"
    chart = timeline_chart([timeline_span("A", 1990, 2020, group=name), timeline_span("B", 1990, 2020)])
    wide, narrow = chart.groups[0], chart.narrow.groups[0]

    assert wide.lines == [name]
    assert " ".join(narrow.lines) == name
    assert max(map(text_width, narrow.lines)) < SMALL_SCREEN_WIDTH
    assert narrow.marks[0].y > wide.marks[0].y


def test_chart_without_spans_is_empty():
    assert timeline_chart([]).groups == []
