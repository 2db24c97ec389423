"""How many rows a statement has inserted while it runs, by the sequence that gives their references.

A sequence counts outside of transactions, so another connection sees how far it is; nobody else moves it, as the table
is locked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import connection

from pkportal.content.permanent_references import sequence_name

from .sql import only_value
from .stage import Stage

WATCH_SECONDS = 1
FEWEST_WATCHED = 20_000  # rows; fewer are there within a few seconds
LAST_REFERENCE = "SELECT coalesce(pg_sequence_last_value(to_regclass(%s)), 0)"


@contextmanager
def watched(stage: Stage, rows: int, report: Callable[[int], None]) -> Iterator[None]:
    """Report every second how many of these rows have their reference, while the statement inside inserts them."""
    if rows < FEWEST_WATCHED:
        yield
        return
    sequence, done = sequence_name(stage.model.reference_prefix), Event()
    watching = Thread(target=watch, args=(sequence, only_value(LAST_REFERENCE, [sequence]), done, report), daemon=True)
    watching.start()
    try:
        yield
    finally:
        done.set()
        watching.join()


def watch(sequence: str, first: int, done: Event, report: Callable[[int], None]) -> None:
    """Look at a sequence until it is done; this thread has a connection of its own."""
    try:
        while not done.wait(WATCH_SECONDS):
            report(only_value(LAST_REFERENCE, [sequence]) - first)
    finally:
        connection.close()
