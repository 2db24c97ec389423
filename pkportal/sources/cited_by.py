"""Reverse references of a source: every public record that lists it, states a figure from it or cites it in a text."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pghistory.models
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, CharField, Count, F, Func, Model, Q, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.utils.text import capfirst

from pkportal.content.contracts import fields_along
from pkportal.content.models import Part
from pkportal.content.name_order import name_sort_key
from pkportal.content.pages import HasPage
from pkportal.content.queries import union_all
from pkportal.content.registry import models_with
from pkportal.content.statements import Parameter, Placeholder, Statement, compile_statement

from .cited import Cites
from .models import Source

LIMIT = 20
CITED = "cited"  # the column of cited codes


class CitingRow(NamedTuple):
    """A row of the query: a record that cites, or a record with the number of its parts that cite."""

    model_label: str
    position: int
    title: str
    key: str
    parent: str
    number: int


class CitingRecord(NamedTuple):
    """A record that cites: its title, its URL, the title of the record it is part of, and how many citations it has.

    Models without pages, such as contributions, are counted by the record that they are part of.
    """

    title: str
    address: str
    parent: str
    number: int


class CitingGroup(NamedTuple):
    """The records of one model that cite a source: the number of all, and the first of them."""

    model: type[Model]
    number: int
    lines: list[CitingRecord]

    @property
    def name(self) -> str:
        """The name of the model, in the plural if there are several records."""
        opts = self.model._meta
        return capfirst(opts.verbose_name if self.number == 1 else opts.verbose_name_plural)

    @property
    def anchor(self) -> str:
        """The HTML id of the group."""
        return self.model._meta.model_name

    @property
    def rest(self) -> int:
        """The number of records that are not shown."""
        return self.number - sum(line.number for line in self.lines)


def cited_by(source: Source) -> list[CitingGroup]:
    """Return what cites a source, grouped by model, in one query."""
    rows_by_label: dict[str, list[CitingRow]] = {model._meta.label: [] for model in citing_fields()}
    values: dict[Parameter, object] = {CitedSource.KEY: source.pk, CitedSource.CODE: source.code}
    for row in map(CitingRow._make, citing_statement(LIMIT).run(values)):
        rows_by_label[row.model_label].append(row)
    return [
        _citing_group(model, sorted(rows)) for model in citing_fields() if (rows := rows_by_label[model._meta.label])
    ]


class CitedSource(Parameter):
    """What stands in the compiled statement for the source that it is run for."""

    KEY = "key"
    CODE = "code"


@cache
def citing_statement(limit: int) -> Statement:
    """Return the statement of all that cites a source, which takes longer to compile than to run."""
    key, code = Placeholder(CitedSource.KEY, BigIntegerField()), Placeholder(CitedSource.CODE, TextField())
    codes = Func(code, template="ARRAY[%(expressions)s]::text[]", output_field=ArrayField(TextField()))
    queries = (
        (
            _first_records(model, condition)[:limit]
            if issubclass(model, HasPage)
            else _counts_by_record(model, condition)
        )
        for model, fields in citing_fields().items()
        for condition in [_citing_condition(model, fields, key, codes)]
    )
    return compile_statement(union_all(queries))


@cache
def citing_fields() -> dict[type[Model], list[str]]:
    """Map each model that can cite to its fields that do: relations to sources, and the column of cited codes."""
    related: dict[type[Model], list[str]] = {}
    for relation in Source._meta.related_objects:
        if not issubclass(relation.related_model, pghistory.models.Event):
            related.setdefault(relation.related_model, []).append(relation.field.name)
    citing = {*related, *models_with(Cites)}
    return {
        model: [*related.get(model, []), *([CITED] if issubclass(model, Cites) else [])]
        for model in models_with(Model)
        if model in citing
    }


def unprotected_references(source: Source) -> Iterator[Model]:
    """Yield the records, hidden ones too, that list the source or cite it in a text: no foreign key protects these."""
    for model, fields in citing_fields().items():
        unprotected = [name for name in fields if name == CITED or model._meta.get_field(name).many_to_many]
        if unprotected:
            yield from model._base_manager.filter(_citing_condition(model, unprotected, source.pk, [source.code]))


def can_cite(model: type[Model]) -> bool:
    """True if records of a model can cite a source."""
    return model in citing_fields()


def rows_citing(rows: QuerySet, source: Source) -> QuerySet:
    """Keep the rows that list a source, state a figure from it or cite it in a text."""
    return rows.filter(_citing_condition(rows.model, citing_fields()[rows.model], source.pk, [source.code]))


def _citing_condition(model, fields, key, codes):
    condition = Q()
    for field in fields:
        if field == CITED:
            condition |= Q(cited__contains=codes)
        else:
            condition |= Q(pk__in=model._base_manager.filter(**{field: key}).values("pk"))
    return condition


def _first_records(model, condition):
    """Select the first public records that cite the source, with their position and the number of all of them."""
    order = model._meta.ordering
    return (
        model._default_manager.published()
        .filter(condition)
        .order_by(*order)
        .values_list(
            Value(model._meta.label),
            Window(RowNumber(), order_by=order),
            _as_text(model.result_fields.title),
            _as_text(model.page.key),
            _parent_title(model),
            Window(Count("pk")),
        )
    )


def _counts_by_record(model, condition):
    """Count the public rows of a model without pages by the record that comes first in their natural key."""
    parent = model.key_fields[0]
    parent_model = model._meta.get_field(parent).related_model
    rows = model._default_manager.published().filter(condition).order_by()
    columns = {
        "row_label": Value(model._meta.label),
        "row_position": Value(0),
        "row_title": _as_text(f"{parent}__{parent_model.result_fields.title}"),
        "row_key": _as_text(f"{parent}__{parent_model.page.key}"),
        "row_parent": Value(""),
    }
    return rows.values(**columns).annotate(row_number=Count("pk")).values_list(*columns, "row_number")


def _as_text(lookup):
    return Cast(F(lookup), CharField())


def _parent_title(model):
    """Return the title of the record that a part belongs to, such as the name of its mission."""
    if not issubclass(model, Part):
        return Value("")
    *_path, last = fields_along(model, model.part_of)
    return _as_text(f"{model.part_of}__{last.related_model.result_fields.title}")


def _citing_group(model, rows):
    """Return the lines of one model: its first records, or the records with the most parts that cite."""
    page = model.page if issubclass(model, HasPage) else model._meta.get_field(model.key_fields[0]).related_model.page
    lines = [CitingRecord(row.title, page.url(row.key), row.parent, row.number) for row in rows]
    if issubclass(model, HasPage):
        total = rows[0].number
        return CitingGroup(model, total, [line._replace(number=1) for line in lines])
    largest_first = sorted(lines, key=lambda line: (-line.number, name_sort_key(line.title)))
    return CitingGroup(model, sum(line.number for line in lines), largest_first[:LIMIT])
