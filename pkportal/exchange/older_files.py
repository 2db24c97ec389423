"""Files that are older than the record: a cell that says what the record said before somebody changed it.

A file has no date of its own. But where its cell is what the history says the record had once, and has no more, the
preview says who changed it since, and when.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.utils.text import get_text_list
from django.utils.translation import gettext as _


class NewerCell(NamedTuple):
    """A column in which the record is newer than the file: by whom it was changed since, and when."""

    column: str
    at: Any
    account: int | None


def older_in_words(model: Any, typed: Mapping[int, Mapping[str, Any]]) -> dict[int, str]:
    """Return what is newer in the record, by primary key, in one query and one for names.

    ``typed`` has what a file says in the columns that change, by the name of the model's field.
    """
    found = newer_cells(model, typed)
    accounts = {cell.account for cells in found.values() for cell in cells if cell.account}
    names = dict(User.objects.filter(pk__in=accounts).values_list("pk", "username")) if accounts else {}
    text = _("The record is newer than this row: %(changes)s.")
    return {pk: text % {"changes": newer_in_words(cells, names)} for pk, cells in found.items()}


def newer_cells(model: Any, typed: Mapping[int, Mapping[str, Any]]) -> dict[int, list[NewerCell]]:
    """Return the cells that are newer in the record than in a file, by primary key of the record."""
    attnames = {field.name: field.attname for field in model._meta.concrete_fields if not field.generated}
    wanted = {attnames[name] for values in typed.values() for name in values}
    if not wanted:
        return {}
    events = model._meta.get_field("history").related_model._base_manager.filter(pgh_obj_id__in=[*typed])
    events = events.order_by("pgh_obj_id", "pgh_id")
    states = events.values("pgh_obj_id", "pgh_created_at", "pgh_context__metadata__user", *wanted)
    found = {}
    for pk, states_of_record in groupby(states.iterator(), key=lambda state: state["pgh_obj_id"]):
        history = [*states_of_record]
        cells = [newer_cell(name, attnames[name], history, value) for name, value in typed[pk].items()]
        if newer := [cell for cell in cells if cell]:
            found[pk] = newer
    return found


def newer_cell(name: str, attname: str, history: Sequence[Mapping[str, Any]], typed: Any) -> NewerCell | None:
    """Return the change that took a column away from what the file says, if it had that once."""
    since = None
    for state in reversed(history):
        if state[attname] == typed:
            return NewerCell(name, since["pgh_created_at"], since["pgh_context__metadata__user"]) if since else None
        since = state
    return None


def newer_in_words(cells: Sequence[NewerCell], names: Mapping[int, str]) -> str:
    """Return what was changed since, when and by whom: “title” on 12 June 2026 by anna."""
    with_author, without = _("“%(column)s” on %(day)s by %(name)s"), _("“%(column)s” on %(day)s")
    parts = []
    for cell in cells:
        words = {"column": cell.column, "day": f"{cell.at:%-d %B %Y}", "name": names.get(cell.account or 0, "")}
        parts.append((with_author if words["name"] else without) % words)
    return get_text_list(parts, _("and"))
