"""Facets from kept counts, which cost the same however many rows a list has."""

from collections import defaultdict
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model, Value
from django_filters import FilterSet

from pkportal.content.kept_counts import columns_read, kept_counts_of, kept_number, kept_rows


class KeptFacets(NamedTuple):
    """The filters that kept counts answer, ``""`` for the number of rows, and the SQL that counts them."""

    names: set[str]
    tables: list[tuple[str, tuple]]
    counts: list[tuple[str, tuple]]


def kept_facets(filterset: FilterSet, columns: dict[str, str]) -> KeptFacets:
    """Find for each filter the first table of kept counts that has its column, and all by which rows are selected."""
    found = KeptFacets(set(), [], [])
    for number, ((but, counts), names) in enumerate(tables_of_facets(filterset, columns).items()):
        rows = filterset.qs_without(but) if but else filterset.qs
        codes = {name: columns[name] for name in names if name}
        values = kept_rows(rows, counts).values_list("pk", *codes.values(), kept_number(rows))
        text, params = values.query.get_compiler(connection=connection, elide_empty=False).as_sql()
        names_of_columns = ", ".join(["pk", *(f"code_of_{name}" for name in codes), "number"])
        found.tables.append((f"kept_{number} ({names_of_columns}) AS ({text})", params))
        found.counts.extend((count_kept(name, f"kept_{number}"), ()) for name in names)
        found.names.update(names)
    return found


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
        counts = None if read is None else kept_counts_of(model, read | own)
        if counts:
            tables[but, counts].append(name)
    return tables


def count_kept(name: str, table: str) -> str:
    """Return the SQL that counts by the values of one filter; a count that came to nothing is left out."""
    total = "sum(number)::bigint"
    if not name:
        return f"SELECT '', '', coalesce({total}, 0) FROM {table}"  # noqa: S608 - our own words
    code = f"code_of_{name}"
    return f"SELECT '{name}', {code}::text, {total} FROM {table} GROUP BY {code} HAVING sum(number) <> 0"  # noqa: S608
