"""What cites a source: everything public whose own list, figure or text names it, whichever room it stands in."""

from typing import NamedTuple

import pghistory.models
from django.apps import apps
from django.db.models import CharField, Count, F, Q, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.urls import reverse
from django.utils.text import capfirst

from pkportal.publishing.pages import Paged

from .models import Source

SHOWN = 20


class Line(NamedTuple):
    """One record that cites: what it is called, where it is shown, and what it is part of."""

    title: str
    address: str
    whole: str


class Group(NamedTuple):
    """The records of one kind that cite a source: how many, and the first of them."""

    model: type
    number: int
    lines: list

    @property
    def name(self):
        """Name the kind, in the plural where there are several."""
        opts = self.model._meta
        return capfirst(opts.verbose_name if self.number == 1 else opts.verbose_name_plural)

    @property
    def anchor(self):
        """Name its place on the page."""
        return self.model._meta.model_name

    @property
    def rest(self):
        """Count those that are not shown."""
        return self.number - len(self.lines)


def citing(source):
    """Gather by kind what cites a source: one query for all kinds, one more for each that has no page of its own."""
    kinds = {model._meta.label: (model, fields) for model, fields in _citing_fields()}
    first, *others = (_found(model, fields, source) for model, fields in kinds.values())
    rows = {label: [] for label in kinds}
    for label, *row in first.union(*others, all=True):
        rows[label].append(row)
    return [_group(kinds[label][0], sorted(found)) for label, found in rows.items() if found]


def _citing_fields():
    """Pair each model that can cite with its fields that do: links to sources, and the column of cited codes."""
    linked = {}
    for relation in Source._meta.related_objects:
        if not issubclass(relation.related_model, pghistory.models.Event):
            linked.setdefault(relation.related_model, []).append(relation.field.name)
    for model in apps.get_models():
        cites = issubclass(model, Paged) and any(field.name == "cited" for field in model._meta.fields)
        if fields := linked.get(model, []) + ["cited"] * cites:
            yield model, fields


def all_naming(source):
    """Yield every record that lists the source or names it in a text, hidden ones too."""
    for model, fields in _citing_fields():
        loose = [name for name in fields if name == "cited" or model._meta.get_field(name).many_to_many]
        if loose:
            yield from model._base_manager.filter(_names(model, loose, source))


def _names(model, fields, source):
    named = Q()
    for field in fields:
        if field == "cited":
            named |= Q(cited__contains=[source.code])
        else:
            named |= Q(pk__in=model._base_manager.filter(**{field: source}).values("pk"))
    return named


def _found(model, fields, source):
    """Number and count the public rows of a kind that name the source, and keep the first of them."""
    order = model._meta.ordering
    nothing = Value("")
    return (
        model._default_manager.published()
        .filter(_names(model, fields, source))
        .order_by(*order)
        .values_list(
            Value(model._meta.label),
            Window(RowNumber(), order_by=order),
            Window(Count("pk")),
            "pk",
            _text(model.page[1]) if issubclass(model, Paged) else nothing,
            _text(model.hit[0]) if issubclass(model, Paged) else nothing,
            _text(_name_of_whole(model)) if issubclass(model, Paged) and hasattr(model, "part_of") else nothing,
        )[:SHOWN]
    )


def _text(lookup):
    return Cast(F(lookup), CharField())


def _name_of_whole(model):
    """Give the lookup of what a record's whole is called: its mission's name."""
    return f"{model.part_of}__{model._meta.get_field(model.part_of).related_model.hit[0]}"


def _group(model, rows):
    """Make the lines of one kind."""
    if issubclass(model, Paged):
        lines = [Line(title, reverse(model.page[0], args=[key]), whole) for *_count, key, title, whole in rows]
    else:
        keys = [field for field in model.natural_key if model._meta.get_field(field).is_relation]
        records = model._default_manager.select_related(*keys).in_bulk([row[2] for row in rows])
        lines = [_line_of_part(records[row[2]]) for row in rows]
    return Group(model, rows[0][1], lines)


def _line_of_part(record):
    """Send the reader of a row without a page to the record that its natural key names first."""
    whole = getattr(record, record.natural_key[0])
    title = str(record)
    return Line(title, whole.get_absolute_url(), "" if title.startswith(str(whole)) else str(whole))
