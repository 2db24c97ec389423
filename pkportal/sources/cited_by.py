"""What cites a source: everything public whose own list, figure or text names it, whichever room it stands in."""

from typing import NamedTuple

import pghistory.models
from django.apps import apps
from django.db.models import CharField, Count, F, Q, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.urls import reverse
from django.utils.text import capfirst

from pkportal.content.pages import HasPage

from .models import Source

LIMIT = 20
ROW = ["row_kind", "row_nth", "row_title", "row_key", "row_whole", "row_number"]


class CitingRecord(NamedTuple):
    """One record that cites: what it is called, where it is shown, and what it is part of.

    Of kinds that have no page of their own, such as figures, a line is the record they are part of and their number.
    """

    title: str
    address: str
    whole: str
    number: int


class CitingGroup(NamedTuple):
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
        return self.number - sum(line.number for line in self.lines)


def cited_by(source):
    """Gather by kind, in one query, what cites a source."""
    kinds = {model._meta.label: (model, fields) for model, fields in _citing_fields()}
    first, *others = (
        (_first_records if issubclass(model, HasPage) else _counts_by_record)(model, fields, source)
        for model, fields in kinds.values()
    )
    rows = {label: [] for label in kinds}
    for label, *row in first.union(*others, all=True):
        rows[label].append(row)
    return [_citing_group(kinds[label][0], sorted(found)) for label, found in rows.items() if found]


def _citing_fields():
    """Pair each model that can cite with its fields that do: links to sources, and the column of cited codes."""
    linked = {}
    for relation in Source._meta.related_objects:
        if not issubclass(relation.related_model, pghistory.models.Event):
            linked.setdefault(relation.related_model, []).append(relation.field.name)
    for model in apps.get_models():
        cites = issubclass(model, HasPage) and any(field.name == "cited" for field in model._meta.fields)
        if fields := linked.get(model, []) + ["cited"] * cites:
            yield model, fields


def records_naming(source):
    """Yield every record that lists the source or names it in a text, hidden ones too."""
    for model, fields in _citing_fields():
        loose = [name for name in fields if name == "cited" or model._meta.get_field(name).many_to_many]
        if loose:
            yield from model._base_manager.filter(_names_source(model, loose, source))


def can_cite(model):
    """Say whether records of a kind can name a source."""
    return any(model is cited_by for cited_by, _fields in _citing_fields())


def rows_citing(rows, source):
    """Keep the rows that list a source, rest on it or name it in a text."""
    fields = next(fields for model, fields in _citing_fields() if model is rows.model)
    return rows.filter(_names_source(rows.model, fields, source))


def _names_source(model, fields, source):
    named = Q()
    for field in fields:
        if field == "cited":
            named |= Q(cited__contains=[source.code])
        else:
            named |= Q(pk__in=model._base_manager.filter(**{field: source}).values("pk"))
    return named


def _first_records(model, fields, source):
    """Number and count the public rows of a kind that name the source, and keep the first of them."""
    order = model._meta.ordering
    whole = _text(_name_of_whole(model)) if hasattr(model, "part_of") else Value("")
    return (
        _public(model, fields, source)
        .order_by(*order)
        .values_list(
            Value(model._meta.label),
            Window(RowNumber(), order_by=order),
            _text(model.result_fields.title),
            _text(model.page.key),
            whole,
            Window(Count("pk")),
        )[:LIMIT]
    )


def _counts_by_record(model, fields, source):
    """Count the public rows of a kind without pages by the record that their natural key names first."""
    whole = model.key_fields[0]
    shown = model._meta.get_field(whole).related_model
    named = (
        _public(model, fields, source)
        .order_by()
        .values(
            row_kind=Value(model._meta.label),
            row_nth=Value(0),
            row_title=_text(f"{whole}__{shown.result_fields.title}"),
            row_key=_text(f"{whole}__{shown.page.key}"),
            row_whole=Value(""),
        )
    )
    return named.annotate(row_number=Count("pk")).values_list(*ROW)


def _public(model, fields, source):
    return model._default_manager.published().filter(_names_source(model, fields, source))


def _text(lookup):
    return Cast(F(lookup), CharField())


def _name_of_whole(model):
    """Give the lookup of what a record's whole is called: its mission's name."""
    whole = model
    for name in model.part_of.split("__"):
        whole = whole._meta.get_field(name).related_model
    return f"{model.part_of}__{whole.result_fields.title}"


def _citing_group(model, rows):
    """Make the lines of one kind: its first records, or the records that most of it is part of."""
    if issubclass(model, HasPage):
        lines = [
            CitingRecord(title, reverse(model.page.url_name, args=[key]), whole, 1)
            for _nth, title, key, whole, _all in rows
        ]
        return CitingGroup(model, rows[0][-1], lines)
    page = model._meta.get_field(model.key_fields[0]).related_model.page.url_name
    lines = [CitingRecord(title, reverse(page, args=[key]), "", number) for _nth, title, key, _whole, number in rows]
    most = sorted(lines, key=lambda it: (-it.number, it.title))
    return CitingGroup(model, sum(line.number for line in lines), most[:LIMIT])
