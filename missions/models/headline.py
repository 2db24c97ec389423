"""Which of several stated figures counts, and how exactly it is known."""

from .contribution import ValueState


def headline(figures):
    """Choose those that count of one nation's figures for one thing at one date, given with the best source's first.

    They are one source's: its figure of the whole, or else all of its places, which are added up.
    """
    stated = [it for it in figures if it.source_id == figures[0].source_id]
    return [it for it in stated if not it.location] or stated


def exactness(figures):
    """Say how exactly a sum is known: as its parts are; where they are inexact in different ways, it is derived."""
    loose = {ValueState(it.value_state) for it in figures} - {ValueState.EXACT}
    return ValueState.ESTIMATED if len(loose) > 1 else next(iter(loose), ValueState.EXACT)
