"""What every answer to every coded question of a list would give, counted in one query."""

from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, F
from django.db.models.expressions import RawSQL

from .filters import RecordChoiceFilter

SELECTION = "the_selection"


class Facets(NamedTuple):
    """How many rows answer, and for each coded question its codes, each with its name and its number of rows.

    A number says what a list would have if this answer took the place of the present one, all others kept.
    """

    total: int
    codes: dict


def count_facets(questions):
    """Count the rows of one list for all its questions; a code that no row has is not named."""
    coded = questions.coded()
    answers = questions.answers()
    tables = {"asked": selection_cte(questions.narrowed())}
    counts = [("SELECT ''::text, ''::text, ''::text, count(*) FROM asked", ())]
    for name, question in coded.items():
        selection = f"asked_but_{name}" if name in answers else "asked"
        if selection not in tables:
            tables[selection] = selection_cte(questions.narrowed(leaving_out=name))
        text, params = facet_query(type(questions), name)
        text = text.replace(SELECTION, selection)
        if isinstance(question, RecordChoiceFilter):
            names = f"codes_of_{question.record._meta.model_name}"
            if names not in tables:
                tables[names] = names_cte(question.record)
            counts.append((NAMED_SQL.format(name=name, groups=text, names=names), params))
        else:
            counts.append((PLAIN_SQL.format(name=name, groups=text), params))
    return read_facets(coded, facet_sql(tables, counts))


PLAIN_SQL = "SELECT '{name}', facet_code::text, '', facet_number FROM ({groups}) AS it WHERE facet_code::text <> ''"
NAMED_SQL = (
    "SELECT '{name}', code::text, name::text, facet_number FROM ({groups}) AS counted JOIN {names} ON pk = facet_code"
)


def selection_cte(rows):
    """Ask for the keys of the rows that answer, even where nothing can."""
    text, params = rows.values("pk").query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return f"(pk) AS MATERIALIZED ({text})", params


def names_cte(model):
    """Ask for key, code and name of what the public may choose from."""
    names = model.objects.published().order_by().values_list("pk", *model.key_fields, model.result_fields.title)
    text, params = names.query.sql_with_params()
    return f"(pk, code, name) AS ({text})", params


@cache
def facet_query(kind, name):
    """Count the rows of a selection by the codes of one question; it is the same for every request."""
    chosen = RawSQL(f"SELECT pk FROM {SELECTION}", ())  # noqa: S608, S611 - our own words
    rows = kind._meta.model._default_manager.order_by().filter(pk__in=chosen)
    by = kind.base_filters[name].by
    counted = rows.values(facet_code=F(by) if isinstance(by, str) else by)
    once = Count("pk", distinct=not is_column(kind._meta.model, by))
    return counted.annotate(facet_number=once).query.sql_with_params()


def is_column(model, by):
    """Say whether a row has just one code: what hangs on a row may hang there twice."""
    return any(field.name == by for field in model._meta.fields)


def facet_sql(tables, counts):
    """Put the selections before the counts of them."""
    heads = ", ".join(f"{name}{text}" for name, (text, _params) in tables.items())
    bodies = " UNION ALL ".join(text for text, _params in counts)
    params = [param for _text, own in (*tables.values(), *counts) for param in own]
    return f"WITH {heads} {bodies} ORDER BY 1, 3", params


def read_facets(coded, asked):
    """Run the query, and put each count with its question."""
    codes = {name: {} for name in coded}
    total = 0
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        for name, code, label, number in cursor:
            if name:
                codes[name][coded[name].code_of(code)] = (label, number)
            else:
                total = number
    return Facets(total, codes)
