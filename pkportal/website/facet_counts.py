"""The counts of all facets of a list, and the number of its rows, in one query.

Filters by a column are counted together, in one pass over the selected rows, which joins those that are the same in
all these columns. A filter in use is counted apart, over the rows that all others select; so is one with several values
a row, over the pairs of row and value: links to other records, or the values of related records. What kept counts
answer is read from these.
"""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import F, Field, ManyToOneRel, Model
from django.db.models.expressions import RawSQL
from django_filters import FilterSet

from pkportal.content.contracts import fields_along
from pkportal.content.kept_counts import kept_counts_of

from .choices import NONE, Chosen
from .facets import FacetCount, FacetMixin, Facets, is_column
from .filters import Unnest
from .kept_facets import kept_facets
from .link_facets import link_facets, links_along
from .selections import selection_cte, share_cte, unselected_cte

SELECTION_TABLE = "the_selection"
NOTHING = Chosen()

# Names are compared with codes as text, as the codes of all filters stand in one column.
FACETS_SQL = """
    WITH {tables}
    SELECT facet, coalesce(names.code, counted.code), coalesce(names.name, ''), number
    FROM ({counts}) AS counted (facet, code, number) LEFT JOIN ({names}) AS names (model, pk, code, name)
        ON names.pk = counted.code AND names.model = CASE facet {models} END
    WHERE facet = '' OR counted.code = '{none}'
        OR counted.code <> '' AND (names.pk IS NOT NULL OR facet NOT IN ({named}))
    ORDER BY facet, counted.code = '{none}', pk_name_order(coalesce(names.name, '')) COLLATE "C", 2
"""


def count_facets(filterset: FilterSet) -> Facets:
    """Count the rows of a filter set and those of every choice, in one query; a choice without rows is left out."""
    filters = filterset.facet_filters()
    active = filterset.active_values()
    columns = {name: column for name, it in filters.items() if (column := own_column(filterset._meta.model, it.by))}
    kept = kept_facets(filterset, columns)
    free = {name: column for name, column in columns.items() if name not in active and name not in kept.rows}
    many = [name for name in free if filters[name].max_choices]
    total = kept.rows.get("") or joined_rows(many)
    has_share = active and "" in kept.rows and hasattr(filterset._meta.model, "kept_link_sets")
    unselected = unselected_cte("unselected", filterset.qs) if has_share else None
    counted = "counted" if unselected else "selected"  # what one query alone reads need not be stored for it
    tables = [*kept.tables, selection_cte(counted, filterset.qs, free), joined_cte([*free], many, counted)]
    if unselected:
        share = share_cte(filterset._meta.model, total)
        tables += [selection_cte("selected", filterset.qs, {}), unselected, share]
    all_many = [name for name, each in filters.items() if each.max_choices and name not in active]
    counts = [count_all(name, kept.rows.get(name) or joined_rows(many, name)) for name in ["", *all_many]]
    link_tables, link_counts = link_facets(filterset, total, has_share=bool(unselected))
    tables, counts = tables + link_tables, counts + link_counts
    for name, each in filters.items():
        if links_along(filterset._meta.model, each.by):
            continue
        if name in kept.rows:
            counts.append(count_column(name, each, kept.rows[name], filterset.chosen(name)))
        elif name in free:
            counts.append(count_column(name, each, joined_rows(many, name if name in many else "")))
        else:
            own_tables, count = count_apart(filterset, name)
            tables, counts = tables + own_tables, [*counts, count]
        if name in kept.without:
            counts.append(kept.without[name])
        elif each.without is not None:
            counts.append(count_none(type(filterset), name, f"selected_but_{name}" if name in active else "selected"))
    return read_facets(filters, *facets_sql(filters, tables, counts))


def count_apart(filterset: FilterSet, name: str) -> tuple[list[tuple[str, tuple]], tuple[str, tuple]]:
    """Return the SQL that counts by a filter in use or one with several values a row, and the tables that it needs."""
    facet, is_active = filterset.filters[name], name in filterset.active_values()
    column = own_column(filterset._meta.model, facet.by)
    selection = f"selected_but_{name}" if is_active else "selected"
    own_columns = {name: column} if column else {}
    tables = [selection_cte(selection, filterset.qs_without(name), own_columns)] if is_active else []
    if column:
        rows = f"(SELECT code_of_{name}, count(*) AS number FROM {selection} GROUP BY 1)"  # noqa: S608 - our words
        return tables, count_column(name, facet, rows, filterset.chosen(name))
    return tables, count_pairs(type(filterset), name, selection)


def own_column(model: type[Model], by: Any) -> str:
    """Return the column whose values, or whose elements, facets group by; an empty text if there is none."""
    column = by.get_source_expressions()[0].name if isinstance(by, Unnest) else by
    return column if is_column(model, column) else ""


def joined_cte(names: list[str], many: list[str], selection: str) -> tuple[str, tuple]:
    """Return a common table expression that joins the selected rows that are the same in all columns of filters.

    They are few, because the columns have few different values. Each column of ``many`` values is grouped by alone.
    """
    columns = {name: f"code_of_{name}" for name in names}
    few = [column for name, column in columns.items() if name not in many]
    sets = ", ".join([f"({', '.join(few)})", *(f"({columns[name]})" for name in many)])
    # GROUPING has a bit for each column, which is set where the row is not grouped by it
    grouped = f"GROUPING({', '.join(columns[name] for name in many)})" if many else "0"
    selected = ", ".join([*columns.values(), f"{grouped} AS grouped", "count(*) AS number"])
    joined = f"SELECT {selected} FROM {selection} GROUP BY GROUPING SETS ({sets})"  # noqa: S608 - our own words
    return f"joined AS MATERIALIZED ({joined})", ()


def joined_rows(many: list[str], name: str = "") -> str:
    """Return the SQL of those joined rows that are grouped by one column of many values, or by all the others."""
    grouped = (1 << len(many)) - 1
    if name:
        grouped -= 1 << many[::-1].index(name)
    return f"(SELECT * FROM joined WHERE grouped = {grouped})"  # noqa: S608 - our own words


def count_all(name: str, rows: str) -> tuple[str, tuple]:
    """Return the SQL that counts the selected rows, or the different values of a column of many values."""
    number = "count(*)" if name else "coalesce(sum(number), 0)::bigint"
    return f"SELECT '', '{name}', {number} FROM {rows} AS it", ()  # noqa: S608 - our own words


def count_column(name: str, facet: FacetMixin, rows: str, chosen: Chosen = NOTHING) -> tuple[str, tuple]:
    """Return the SQL that counts rows, each with its ``number``, by the values of a column or the elements of one.

    Of a column of many values those that were chosen are counted, and beside them those with the most rows.
    """
    code, elements = f"code_of_{name}", ""
    if isinstance(facet.by, Unnest):  # an element may stand in an array twice
        code, elements = "code", f", LATERAL (SELECT DISTINCT unnest(code_of_{name})) AS element (code)"
    counted = f"SELECT '{name}', {code}::text, sum(number)::bigint FROM {rows} AS it{elements} GROUP BY {code}"  # noqa: S608
    if facet.max_choices:
        codes = [choice.code for choice in chosen.included]
        limit = facet.max_choices + len(codes)
        counted = f"({counted} ORDER BY {code}::text = ANY (%s) DESC, 3 DESC, {code} DESC LIMIT {limit})"
        return counted, (codes,)
    return counted, ()


def count_pairs(filterset_class: type[FilterSet], name: str, selection: str) -> tuple[str, tuple]:
    """Return the SQL that counts a selection by the values of a filter that may have several a row."""
    text, params = pairs_query(filterset_class, name)
    pairs = text.replace(SELECTION_TABLE, selection)
    return f"SELECT '{name}', code::text, count(*) FROM ({pairs}) AS it (pk, code) GROUP BY code", params  # noqa: S608


@cache
def pairs_query(filterset_class: type[FilterSet], name: str) -> tuple[str, tuple]:
    """Return the SQL of the pairs of row and value of one filter; it is the same for every request."""
    model, by = filterset_class._meta.model, filterset_class.base_filters[name].by
    fields = fields_along(model, by) if isinstance(by, str) else ()
    selected = RawSQL(f"SELECT pk FROM {SELECTION_TABLE}", ())  # noqa: S608, S611 - our own words
    if len(fields) == 2 and fields[0].one_to_many and fields[1].concrete:
        return next_values_sql(*fields), ()
    rows = model._default_manager.order_by().filter(pk__in=selected)
    pairs = rows.values_list("pk", F(by) if isinstance(by, str) else by).distinct()
    return pairs.query.sql_with_params()


def count_none(filterset_class: type[FilterSet], name: str, selection: str) -> tuple[str, tuple]:
    """Return the SQL that counts the rows of a selection that have no value of a filter."""
    text, params = none_query(filterset_class, name)
    rows = text.replace(SELECTION_TABLE, selection)
    return f"SELECT '{name}', '{NONE}', count(*) FROM ({rows}) AS it HAVING count(*) > 0", params  # noqa: S608


@cache
def none_query(filterset_class: type[FilterSet], name: str) -> tuple[str, tuple]:
    """Return the SQL of the rows that have no value of a filter; it is the same for every request."""
    model = filterset_class._meta.model
    selected = RawSQL(f"SELECT pk FROM {SELECTION_TABLE}", ())  # noqa: S608, S611 - our own words
    rows = model._default_manager.order_by().filter(filterset_class.base_filters[name].without, pk__in=selected)
    return rows.values_list("pk").query.sql_with_params()


def next_values_sql(relation: ManyToOneRel, field: Field) -> str:
    """Return the SQL of the values that related records have, going from each to the next in an index of both columns.

    A row may have very many related records, and a few values. Kept counts have fewer rows yet.
    """
    quote = connection.ops.quote_name
    table, own, column = map(quote, [field.model._meta.db_table, relation.field.column, field.column])
    if counts := kept_counts_of(field.model, {relation.field.column, field.column}):
        kept = quote(counts._meta.db_table)
        rows = f"FROM {kept} WHERE {own} IN (SELECT pk FROM {SELECTION_TABLE}) AND {column} IS NOT NULL"  # noqa: S608
        return f"SELECT {own}, {column} {rows} GROUP BY 1, 2 HAVING sum(number) > 0"
    first = f"SELECT {column} FROM {table} WHERE {own} = {SELECTION_TABLE}.pk AND {column}"  # noqa: S608 - our own words
    last = f"ORDER BY {column} LIMIT 1"
    return f"""
        SELECT {SELECTION_TABLE}.pk, step.code FROM {SELECTION_TABLE}, LATERAL (
            WITH RECURSIVE step (code) AS (
                SELECT ({first} IS NOT NULL {last})
                UNION ALL SELECT ({first} > step.code {last}) FROM step WHERE step.code IS NOT NULL
            ) SELECT code FROM step WHERE code IS NOT NULL
        ) AS step
    """  # noqa: S608


@cache
def names_sql(model: type[Model]) -> tuple[str, tuple]:
    """Return the SQL of the key, code and name of the public records of a model, with the name of the model."""
    names = model.objects.published().order_by().values_list("pk", *model.key_fields, model.result_fields.title)
    text, params = names.query.sql_with_params()
    label = model._meta.label_lower
    return f"SELECT '{label}', pk::text, code::text, name::text FROM ({text}) AS it (pk, code, name)", params  # noqa: S608


def facets_sql(
    filters: dict[str, FacetMixin], tables: list[tuple[str, tuple]], counts: list[tuple[str, tuple]]
) -> tuple[str, list]:
    """Join the tables, the counts and the names of records into one statement; return it with its parameters."""
    models = {name: it.choice_model for name, it in filters.items() if it.choice_model}
    names = [names_sql(model) for model in dict.fromkeys(models.values())] or [("SELECT '', '', '', ''", ())]
    labels = " ".join(f"WHEN '{name}' THEN '{model._meta.label_lower}'" for name, model in models.items())
    text = FACETS_SQL.format(
        tables=", ".join(text for text, _params in tables),
        counts=" UNION ALL ".join(text for text, _params in counts),
        names=" UNION ALL ".join(text for text, _params in names),
        models=labels or "WHEN '' THEN NULL",
        named=", ".join(f"'{name}'" for name in models) or "''",
        none=NONE,
    )
    return text, [param for _text, own in (*tables, *counts, *names) for param in own]


def read_facets(filters: dict[str, FacetMixin], sql: str, params: list) -> Facets:
    """Run the statement and gather the counts by filter."""
    counts: dict[str, dict[str, FacetCount]] = {name: {} for name in filters}
    numbers = {"": 0}
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for name, code, label, number in cursor.fetchall():
            if name:
                counts[name][filters[name].code_of(code)] = FacetCount(label, number)
            else:
                numbers[code] = number
    return Facets(numbers.pop(""), counts, numbers)
