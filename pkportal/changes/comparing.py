"""Differences in words: of a draft and the record, of two states in the past, of a file and the record."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst

from .cells import draft_columns
from .models import Action, Change, ChangeSet

LONG = 60  # characters, from which a cell is compared word by word
_word = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


class Piece(NamedTuple):
    """A stretch of a text: ``kind`` is same, del or ins."""

    kind: str
    text: str


class CellDifference(NamedTuple):
    """One cell, before and after: the name of its field, how readers call it, and the pieces of the difference."""

    name: str
    label: str
    was: str
    new: str
    pieces: list[Piece]

    @property
    def html(self):
        """Return the difference with ``del`` and ``ins``."""
        tags = {"same": "{}", "del": "<del>{}</del>", "ins": "<ins>{}</ins>"}
        return format_html_join("", "{}", ((format_html(tags[kind], text),) for kind, text in self.pieces))


class RecordDifference(NamedTuple):
    """What happens to one record: the cells that differ, under its kind and its title."""

    kind: str
    reference: str
    action: str
    title: str
    cells: list[CellDifference]


def differences(change_set: ChangeSet) -> list[RecordDifference]:
    """Return what a change set does, the root record first, then its parts by kind."""
    changes = sorted(change_set.changes.all(), key=lambda change: (change.kind != change_set.root_kind, change.kind))
    return [difference(change) for change in changes]


def difference(change: Change) -> RecordDifference:
    """Return what one change does, in the order of the columns of its kind's file."""
    model = change.model
    kind = capfirst(str(model._meta.verbose_name)) if model else change.kind
    cells = [*cell_differences(model, change.cells)]
    return RecordDifference(kind, change.reference, change.action, change.title, cells)


def cell_differences(model, cells: dict[str, list[str]]) -> Iterator[CellDifference]:
    """Yield the cells that differ; a field that there is no more has its old name."""
    columns = draft_columns(model) if model else {}
    for name in [*(name for name in columns if name in cells), *(name for name in cells if name not in columns)]:
        was, new = cells[name]
        if was != new:
            label = str(model._meta.get_field(name).verbose_name) if name in columns else name
            yield CellDifference(name, capfirst(label), was, new, [*pieces(was, new)])


def pieces(was: str, new: str) -> Iterator[Piece]:
    """Yield a text as it was and is to be: short cells as a whole, long texts word by word."""
    if max(len(was), len(new)) < LONG or not was or not new:
        yield from (Piece(kind, text) for kind, text in [("del", was), ("ins", new)] if text)
        return
    old_words, new_words = _word.findall(was), _word.findall(new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old_words[i1:i2]))
            continue
        yield from (
            Piece(kind, text)
            for kind, text in [("del", "".join(old_words[i1:i2])), ("ins", "".join(new_words[j1:j2]))]
            if text
        )


def count_actions(changes: Iterable[Change]) -> dict[str, int]:
    """Count the records that are added, changed and removed."""
    numbers = dict.fromkeys(Action.values, 0)
    for change in changes:
        numbers[change.action] += 1
    return numbers
