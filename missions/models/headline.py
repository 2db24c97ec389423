"""Which of several stated figures counts, and how exactly their sum is known."""

from collections.abc import Iterable, Sequence
from typing import Any

from .contribution_terms import ValueState


def headline(contributions: Sequence[Any]) -> list[Any]:
    """Return the figures that count for one nation, kind and basis at one date; the best source must come first.

    They are of the best source only: its figure without a place, or else all its figures by place, to be added up.
    """
    of_best_source = [it for it in contributions if it.source_id == contributions[0].source_id]
    return [it for it in of_best_source if not it.location] or of_best_source


def exactness(contributions: Iterable[Any]) -> ValueState:
    """Return how exactly a sum is known: as its inexact figures are, or estimated where these differ."""
    return exactness_of(it.value_state for it in contributions)


def exactness_of(value_states: Iterable[str]) -> ValueState:
    """Return how exactly a sum is known whose figures are known so."""
    states = {*map(ValueState, value_states)} - {ValueState.EXACT}
    return ValueState.ESTIMATED if len(states) > 1 else next(iter(states), ValueState.EXACT)
