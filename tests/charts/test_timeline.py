"""Timelines: every name in full, related spans together, unknown ends unlike open ones."""

import datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkportal.charts.text_width import text_width
from pkportal.charts.timeline import UNKNOWN_END, WIDTH, TimelineSpan, timeline_chart

YEARS = st.integers(1990, 2026)
SPANS = st.lists(
    st.builds(
        lambda name, start, length, **fields: span(name, start, min(start + length, 2026), **fields),
        st.text("Operation anWm il", min_size=1, max_size=60),
        YEARS,
        st.integers(0, 30),
        group=st.sampled_from(["Balkans", "Asia", "Africa"]),
        ending=st.sampled_from(["known", "unknown"]),
    ),
    min_size=1,
    max_size=25,
)


def span(name, start, end, *, group="Balkans", ending="known"):
    first, last = datetime.date(start, 1, 1), datetime.date(end, 12, 31)
    return TimelineSpan(name, first, last, ending, group, "peace", f"{name}, {start} to {end}", f"/{name}/")


def extent(mark):
    """Give the pixels a mark takes with its name and its dots, at the least width of the figure."""
    tail = UNKNOWN_END if mark.span.ending == "unknown" else 0
    left, right = mark.x * WIDTH / 100, (mark.x + mark.width + tail) * WIDTH / 100
    wide = text_width(mark.span.name)
    named = (left, left + wide) if mark.anchor == "start" else (WIDTH - wide, WIDTH)
    return min(left, named[0]), max(right, named[1])


@given(SPANS)
def test_no_name_and_no_bar_covers_another(spans):
    for group in timeline_chart(spans, 1990, 2026).groups:
        for one, other in combinations(group.marks, 2):
            if one.y == other.y:
                (begins, stops), (starts, ends) = sorted([extent(one), extent(other)])
                assert stops <= starts + 0.5


@given(SPANS)
def test_every_span_is_drawn_once_with_its_whole_name(spans):
    drawn = [mark.span for group in timeline_chart(spans, 1990, 2026).groups for mark in group.marks]

    assert sorted(drawn) == sorted(spans)


@pytest.mark.parametrize(("ending", "lanes"), [("known", 1), ("unknown", 2)])
def test_the_dots_of_an_unknown_end_have_room_of_their_own(ending, lanes):
    after = span("B", 2001, 2010)._replace(start=datetime.date(2001, 8, 1))
    (group,) = timeline_chart([span("A", 1990, 2000, ending=ending), after], 1990, 2026).groups

    assert len({mark.y for mark in group.marks}) == lanes


def test_a_name_that_would_run_over_the_edge_ends_there():
    (group,) = timeline_chart([span("A sentry with a rather long name", 2025, 2026)], 1990, 2026).groups

    assert [(mark.anchor, mark.name_x) for mark in group.marks] == [("end", 100)]


def test_related_spans_stand_together_whatever_their_order():
    spans = [span("A", 1990, 1992), span("B", 1991, 1993, group="Asia"), span("C", 2000, 2001)]
    drawn = timeline_chart(spans)

    assert [(group.name, [mark.span.name for mark in group.marks]) for group in drawn.groups] == [
        ("Balkans", ["A", "C"]),
        ("Asia", ["B"]),
    ]


def test_groups_lie_below_each_other_and_the_figure_holds_them_all():
    drawn = timeline_chart([span(str(nth), 1990, 2020, group=group) for nth, group in enumerate("aabbb")])
    heights = [mark.y for group in drawn.groups for mark in group.marks]

    assert heights == sorted(set(heights))
    assert heights[-1] < drawn.height


def test_nothing_to_draw_is_an_empty_figure():
    assert timeline_chart([]).groups == []
