"""Cells in the words of a reader: the names of records and of choices, with the codes that files have for them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from pkportal.content.queries import unlisted_columns
from pkportal.exchange.columns import FileColumn
from pkportal.exchange.widgets import ChoicesWidget, split_values

from .cells import draft_columns
from .models import Change
from .waiting import additions


class CellWords:
    """The words of the cells of some records; the records that cells name are loaded with one query a kind."""

    def __init__(self, cells: Iterable[tuple[Any, Mapping[str, Iterable[str]]]]):
        codes: dict[Any, set[str]] = defaultdict(set)
        for model, cells_by_name in cells:
            columns = draft_columns(model) if model else {}
            for name, texts in cells_by_name.items():
                if name in columns and names_records(columns[name]):
                    codes[columns[name].widget.model].update(code for text in texts for code in split_values(text))
        self.names = {model: names_of_codes(model, wanted) for model, wanted in codes.items() if wanted}

    def of(self, model: Any, column: FileColumn, cell: str) -> str:
        """Return a cell in words."""
        return ", ".join(self.values(model, column, cell))

    def values(self, model: Any, column: FileColumn, cell: str) -> list[str]:
        """Return the values of a cell in words: several of a list, at most one of another cell."""
        if names_records(column):
            names = self.names.get(column.widget.model, {})
            return sorted(names.get(code, code) for code in split_values(cell))
        labels = choice_labels(model, column)
        if is_list(column):
            return [labels.get(code, code) for code in split_values(cell)]
        return [labels.get(cell, cell)] if cell else []


def names_records(column: FileColumn) -> bool:
    """True if the cells of a column are codes of records."""
    return column.is_foreign_key or column.is_many_to_many


def is_list(column: FileColumn) -> bool:
    """True if a cell has several values."""
    return column.is_many_to_many or isinstance(column.widget, ChoicesWidget)


def names_of_codes(model: Any, codes: Iterable[str]) -> dict[str, str]:
    """Return what records are called, by their codes, which are part of what is returned."""
    (key,) = model.key_fields
    records = model._base_manager.filter(**{f"{key}__in": codes}).defer(*unlisted_columns(model))
    names = {getattr(record, key): str(record) for record in records}
    missing = {*codes} - {*names}
    waiting = {code: waiting_in_words(it, code) for (_model, code), it in additions({model: missing}).items()}
    return {code: with_code(name, code) for code, name in names.items()} | waiting


def waiting_in_words(addition: Change, code: str) -> str:
    """Return what a record is called that waits in an open change set, with its code."""
    words = {"record": with_code(addition.title, code), "number": addition.change_set.number}
    return _("%(record)s, waits in %(number)s") % words


def with_code(name: str, code: str) -> str:
    """Return a name and its code, once: the number of a record may be part of its name."""
    return name if re.search(rf"\b{re.escape(code)}\b", name, re.IGNORECASE) else f"{name} ({code})"


def choice_labels(model: Any, column: FileColumn) -> dict[str, str]:
    """Return the labels of the choices of a column by their codes."""
    field = model._meta.get_field(column.attribute)
    field = getattr(field, "base_field", field)
    return {str(value): str(label) for value, label in getattr(field, "flatchoices", ())}
