"""Statements of a search, which are compiled once a process and then run with the words of each reader."""

import datetime
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import QuerySet, TextField, Value
from django.utils import timezone

from pkportal.content.unaccent import unaccent

MAX_KEPT_STATEMENTS = 100


class Term(StrEnum):
    """What stands in a compiled statement for the words of a reader."""

    WORDS = "{words}"
    LOWER = "{words in lower case}"
    UPPER = "{words in upper case}"
    UNACCENTED = "{words without accents}"

    @classmethod
    def search_query(cls) -> SearchQuery:
        """Return the full-text query for the words."""
        return SearchQuery(cls.UNACCENTED, search_type="websearch", config="english")

    @classmethod
    def unaccented(cls) -> Value:
        """Return the words without accents as an SQL expression."""
        return Value(cls.UNACCENTED, output_field=TextField())


class Statement(NamedTuple):
    """A compiled statement and its parameters, with a ``Term`` wherever the words of a reader belong."""

    sql: str
    parameters: tuple

    def run(self, words: str) -> list[tuple]:
        """Return the rows for some words, of what is public at this moment."""
        now = timezone.now()
        values = {
            Term.WORDS: words,
            Term.LOWER: words.lower(),
            Term.UPPER: words.upper(),
            Term.UNACCENTED: unaccent(words),
        }
        parameters = [
            values[it] if isinstance(it, Term) else now if isinstance(it, datetime.datetime) else it
            for it in self.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            return cursor.fetchall()


def compile_statement(rows: QuerySet, tables: Iterable[tuple[str, QuerySet]] = ()) -> Statement:
    """Compile a query set; it may read named tables, each made of a query set of keys before all else."""
    heads, parameters = [], []
    for name, keys in tables:
        sql, own_parameters = keys.query.get_compiler(connection=connection, elide_empty=False).as_sql()
        heads.append(f"{name} (pk) AS MATERIALIZED ({sql})")
        parameters += own_parameters
    sql, own_parameters = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return Statement(f"WITH {', '.join(heads)} {sql}" if heads else sql, (*parameters, *own_parameters))
