"""Horizontal bars: each length in per cent of the longest, drawn beside its number in the row of a table."""

from .scales import percent


def bar_lengths(values):
    """Give each value's length in per cent of the largest; a value that is not nothing stays visible."""
    top = max(values, default=0)
    return [max(percent(value, top), 0.5) if value else 0 for value in values] if top else [0 for _value in values]
