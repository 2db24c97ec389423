"""Files that are older than the record: a cell that says what the record said before somebody changed it.

A file has no date of its own. But where its cell is what the history says the record had once, and has no more, the
preview says who changed it since, and when. A cell of links is compared with all that a record was linked to at a time.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import F, Min
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pkportal.content.history import event_model, link_columns, link_event_models


class NewerCell(NamedTuple):
    """A column in which the record is newer than the file: by whom it was changed since, and when."""

    column: str
    at: Any
    account: int | None


class TypedLinks(NamedTuple):
    """What a file says that records are linked to by one field, as primary keys by that of the record."""

    name: str
    now: Mapping[int, Collection[int]]
    typed: Mapping[int, Collection[int]]


def older_in_words(
    model: Any, typed: Mapping[int, Mapping[str, Any]], links: Iterable[TypedLinks] = ()
) -> dict[int, str]:
    """Return what is newer in the record, by primary key, in one query, one for names and two for each of the links.

    ``typed`` has what a file says in the columns that change, by the name of the model's field.
    """
    found = defaultdict(list, newer_cells(model, typed))
    for typed_links in links:
        for pk, cell in newer_links(model, typed_links).items():
            found[pk].append(cell)
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


def newer_links(model: Any, links: TypedLinks) -> dict[int, NewerCell]:
    """Return where the links of a record are newer than those in a file, by primary key of the record."""
    events = link_event_models(model).get(links.name)
    if events is None or not links.typed:
        return {}
    own, other = link_columns(model, links.name)
    rows = events._base_manager.filter(**{f"{own}__in": [*links.typed]}).order_by(own, "-pgh_created_at", "-pgh_id")
    rows = rows.values("pgh_created_at", "pgh_label", "pgh_context__metadata__user", record=F(own), linked=F(other))
    begun = event_model(model)._base_manager.filter(pgh_obj_id__in=[*links.typed]).order_by()
    begin = dict(begun.values_list("pgh_obj_id").annotate(Min("pgh_created_at")))
    found = {}
    for pk, of_record in groupby(rows.iterator(), key=lambda row: row["record"]):
        cell = newer_link(links.name, of_record, {*links.now[pk]}, {*links.typed[pk]}, begin.get(pk))
        if cell:
            found[pk] = cell
    return found


def newer_link(
    name: str, events: Iterable[Mapping[str, Any]], linked: set[int], typed: set[int], begin: Any
) -> NewerCell | None:
    """Return the change that took links away from what the file says, by going back from what is linked now.

    What was before the record itself began, when it had no links yet, is no state of it.
    """
    for at, of_change in groupby(events, key=lambda event: event["pgh_created_at"]):
        if begin is not None and at <= begin:
            break
        for event in of_change:
            (linked.add if event["pgh_label"] == "delete" else linked.discard)(event["linked"])
            account = event["pgh_context__metadata__user"]
        if linked == typed:
            return NewerCell(name, at, account)
    return None


def newer_in_words(cells: Sequence[NewerCell], names: Mapping[int, str]) -> str:
    """Return what was changed since, when and by whom: “title” on 12 June 2026 by anna."""
    with_author, without = _("“%(column)s” on %(day)s by %(name)s"), _("“%(column)s” on %(day)s")
    parts = []
    for cell in cells:
        words = {"column": cell.column, "day": f"{cell.at:%-d %B %Y}", "name": names.get(cell.account or 0, "")}
        parts.append((with_author if words["name"] else without) % words)
    return get_text_list(parts, _("and"))
