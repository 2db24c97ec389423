"""Differences in words: of a draft and the record, of two states in the past, of a file and the record."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cells import draft_columns
from .models import Action, Change, ChangeSet, LogItem
from .wording import CellWords, is_list

LONG = 60  # characters, from which a cell is compared word by word
AROUND = 90  # characters of an unchanged stretch that are shown beside a change
SHORTENED = 4 * AROUND  # characters, from which an unchanged stretch is shortened
_word = re.compile(r"\S+\s*|\s+")
CHECKED = "checked"  # of a past state: whether somebody had checked it


class Piece(NamedTuple):
    """A stretch of a text: ``kind`` is same, del or ins."""

    kind: str
    text: str


class CellDifference(NamedTuple):
    """One cell, before and after: the name of its field, how readers call it, and the pieces of the difference.

    ``comments`` are what reviewers said about it.
    """

    name: str
    label: str
    was: str
    new: str
    pieces: list[Piece]
    comments: Sequence[LogItem] = ()

    @property
    def html(self):
        """Return the difference with ``del`` and ``ins``; of long unchanged stretches, the ends."""
        last = len(self.pieces) - 1
        return format_html_join(
            "", "{}", ((piece_html(piece, place == 0, place == last),) for place, piece in enumerate(self.pieces))
        )


class RecordDifference(NamedTuple):
    """What happens to one record: the cells that differ, under its kind and its title."""

    kind: str
    reference: str
    action: str
    title: str
    cells: list[CellDifference]


class RecordCells(NamedTuple):
    """The cells of one record that differ, before and after, as they are compared."""

    model: Any
    reference: str
    action: Any
    title: str
    cells: Mapping[str, Sequence[str]]


def in_reading_order(change_set: ChangeSet) -> list[Change]:
    """Return the changes of a set, the root record first, then its parts by kind."""
    return sorted(change_set.changes.all(), key=lambda change: (change.kind != change_set.root_kind, change.kind))


def differences(changes: Iterable[Change]) -> list[RecordDifference]:
    """Return what some changes do."""
    return in_words(map(cells_of_change, changes))


def cells_of_change(change: Change) -> RecordCells:
    """Return what one change does."""
    return RecordCells(change.model or change.kind, change.reference, change.action, change.title, change.cells)


def in_words(records: Iterable[RecordCells]) -> list[RecordDifference]:
    """Return what happens to some records, each with its cells in the order of the columns of its kind's file."""
    records = [*records]
    known = [record for record in records if not isinstance(record.model, str)]
    words = CellWords((record.model, record.cells) for record in known)
    return [difference(record, words) for record in records]


def difference(record: RecordCells, words: CellWords) -> RecordDifference:
    """Return what happens to one record."""
    if isinstance(record.model, str):  # of a kind that there is no more
        cells = [*cell_differences(None, record.cells, words)]
        return RecordDifference(record.model, record.reference, record.action, record.title, cells)
    kind = capfirst(str(record.model._meta.verbose_name))
    cells = [*cell_differences(record.model, record.cells, words)]
    return RecordDifference(kind, record.reference, record.action, title_of(record, words), cells)


def title_of(record: RecordCells, words: CellWords) -> str:
    """Return the record in words; of a new one without a title, what its natural key will be."""
    if record.action != Action.ADD or str(record.model._meta.verbose_name) != record.title:
        return record.title
    columns = draft_columns(record.model)
    names = [name for name in record.model.key_fields if name in record.cells]
    values = [words.of(record.model, columns[name], record.cells[name][1]) for name in names]
    return ", ".join(filter(None, values)) or record.title


def cell_differences(model: Any, cells: Mapping[str, Sequence[str]], words: CellWords) -> Iterator[CellDifference]:
    """Yield the cells that differ; a field that there is no more has its old name."""
    columns = draft_columns(model) if model else {}
    for name in [*(name for name in columns if name in cells), *(name for name in cells if name not in columns)]:
        was, new = cells[name]
        if was != new:
            yield cell_difference(model, name, was, new, words)


def cell_difference(model: Any, name: str, was: str, new: str, words: CellWords) -> CellDifference:
    """Return the difference of one cell."""
    column = draft_columns(model).get(name) if model else None
    if column is None:
        label = _("checked against its source") if name == CHECKED else name
        return CellDifference(name, capfirst(label), was, new, [*pieces(was, new)])
    label = capfirst(str(model._meta.get_field(name).verbose_name))
    old_values, new_values = (words.values(model, column, cell) for cell in (was, new))
    if is_list(column):
        return CellDifference(name, label, was, new, [*list_pieces(old_values, new_values)])
    return CellDifference(name, label, was, new, [*pieces("".join(old_values), "".join(new_values))])


def list_pieces(was: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Yield the values of a list: those that go, those that come, then those that stay."""
    values = [("del", value) for value in was if value not in new]
    values += [("ins", value) for value in new if value not in was]
    for place, (kind, value) in enumerate(values):
        yield from [Piece("same", ", ")] * bool(place)
        yield Piece(kind, value)
    if staying := [value for value in new if value in was]:
        yield Piece("same", _(" (and as before: %(values)s)") % {"values": ", ".join(staying)})


def pieces(was: str, new: str) -> Iterator[Piece]:
    """Yield a text as it was and is to be: short cells as a whole, long texts word by word."""
    if max(len(was), len(new)) < LONG or not was or not new:
        yield from (Piece(kind, text) for kind, text in [("del", was), ("same", " "), ("ins", new)] if text.strip())
        return
    old_words, new_words = _word.findall(was), _word.findall(new)
    old, compared = ([word.rstrip(" ") for word in words] for words in (old_words, new_words))  # the last has no blank
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, compared, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(new_words[j1:j2]))
            continue
        yield from (
            Piece(kind, text)
            for kind, text in [("del", "".join(old_words[i1:i2])), ("ins", "".join(new_words[j1:j2]))]
            if text
        )


def piece_html(piece: Piece, is_first: bool, is_last: bool) -> SafeString:
    """Return a piece as HTML; a long unchanged stretch can be opened."""
    if piece.kind != "same":
        return format_html("<{kind}>{text}</{kind}>", kind=piece.kind, text=piece.text)
    if len(piece.text) < SHORTENED or (is_first and is_last):
        return format_html("{}", piece.text)
    start = 0 if is_first else piece.text.find(" ", AROUND) + 1
    end = len(piece.text) if is_last else piece.text.rfind(" ", 0, -AROUND)
    if end <= start:
        return format_html("{}", piece.text)
    hidden = piece.text[start:end]
    number = len(hidden.split())
    note = ngettext("%d word unchanged", "%d words unchanged", number) % number
    return format_html(
        "{}<details><summary>{}</summary>{}</details>{}", piece.text[:start], note, hidden, piece.text[end:]
    )
