"""Facets from kept counts, which cost the same however many rows a list has."""

from collections import defaultdict
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model, QuerySet, Value
from django_filters import FilterSet

from pkportal.content.kept_counts import columns_read, kept_counts_of, kept_number, kept_rows

from .choices import NONE
from .selections import kept_numbers


class KeptFacets(NamedTuple):
    """Common table expressions that read kept counts, and the SQL of the rows of each filter that they answer.

    Each of its rows has a ``number``; those of ``""`` are all selected rows. ``without`` counts the rows without a
    value.
    """

    tables: list[tuple[str, tuple]]
    rows: dict[str, str]
    without: dict[str, tuple[str, tuple]]


def kept_facets(filterset: FilterSet, columns: dict[str, str]) -> KeptFacets:
    """Find for each filter the first table of kept counts that has its column, and all by which rows are selected."""
    kept = KeptFacets([], {}, {})
    for number, ((but, counts), names) in enumerate(tables_of_facets(filterset, columns).items()):
        selected = filterset.qs_without(but) if but else filterset.qs
        codes = {name: columns[name] for name in names if name}
        values = kept_rows(selected, counts).values_list("pk", *codes.values(), kept_number(selected))
        text, params = values.query.get_compiler(connection=connection, elide_empty=False).as_sql()
        names_of_columns = ", ".join(["pk", *(f"code_of_{name}" for name in codes), "number"])
        kept.tables.append((f"kept_{number} ({names_of_columns}) AS ({text})", params))
        kept.rows.update({name: grouped_rows(name, f"kept_{number}") for name in names})
        kept.without.update(
            (name, count_without(name, selected.filter(condition), counts))
            for name in names
            if (condition := without_value(filterset, name)) is not None
        )
    return kept


def count_without(name: str, rows: QuerySet, counts: type[Model]) -> tuple[str, tuple]:
    """Return the SQL that counts the rows that have no value of a filter."""
    text, params = kept_numbers(rows, counts)
    return f"SELECT '{name}', '{NONE}', sum(number)::bigint FROM ({text}) AS it (number) HAVING sum(number) > 0", params  # noqa: S608


def without_value(filterset: FilterSet, name: str) -> Any:
    """Return the condition that a row has no value of a filter, None if its rows always have one."""
    return filterset.filters[name].without if name else None


def tables_of_facets(filterset: FilterSet, columns: dict[str, str]) -> dict[tuple[str, type[Model]], list[str]]:
    """Return by selection and table of kept counts the filters that they answer.

    A selection is the name of the filter in use that it leaves out, or an empty text.
    """
    model: Any = filterset._meta.model
    tables: dict[tuple[str, type[Model]], list[str]] = defaultdict(list)
    if not hasattr(model, "kept_counts"):
        return tables
    active = filterset.active_values()
    rows = {"": filterset.qs, **{name: filterset.qs_without(name) for name in columns if name in active}}
    selections = {but: columns_read(each.values(read=Value(1))) for but, each in rows.items()}
    for name in ["", *columns]:
        but = name if name in active else ""
        read = selections[but]
        own = {model._meta.get_field(columns[name].split("__")[0]).column} if name else set()
        if (condition := without_value(filterset, name)) is not None:
            read = columns_read(rows[but].filter(condition).values(read=Value(1)))
        counts = None if read is None else kept_counts_of(model, read | own)
        if counts:
            tables[but, counts].append(name)
    return tables


def grouped_rows(name: str, table: str) -> str:
    """Return the SQL of the values of one filter with their numbers; a count that came to nothing is left out."""
    if not name:
        return table
    code = f"code_of_{name}"
    return f"(SELECT {code}, sum(number) AS number FROM {table} GROUP BY 1 HAVING sum(number) <> 0)"  # noqa: S608
