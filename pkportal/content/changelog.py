"""ChangeCount log of a page: the history of its record and of the record's parts, by day and in words."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import connection, models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .registry import parts_of

# the columns whose values differ between a state and the one before are what was changed
RECORD_SQL = """
SELECT '' AS model_name, pgh_created_at::date AS day, pgh_label AS event, 1 AS number, (
    SELECT string_agg(now.key, ',') FROM jsonb_each_text(state) AS now
    JOIN jsonb_each_text(before) AS was USING (key)
    WHERE now.value IS DISTINCT FROM was.value AND now.key NOT LIKE 'pgh\\_%%'
) AS columns
FROM (
    SELECT pgh_created_at, pgh_label, to_jsonb(past) AS state, lag(to_jsonb(past)) OVER (ORDER BY pgh_id) AS before
    FROM {table} AS past WHERE pgh_obj_id = %(key)s
) AS states
"""
PART_SQL = """
SELECT '{model_name}', pgh_created_at::date, pgh_label, count(DISTINCT pgh_obj_id), NULL
FROM {table} WHERE {column} = %(key)s GROUP BY 2, 3
"""


class ChangeCount(NamedTuple):
    """One row of the query: what happened on a day to the record (``model_name`` is empty) or to parts of one model."""

    model_name: str
    day: datetime.date
    event: str  # insert, update or delete
    number: int
    columns: str | None


class ChangeDay(NamedTuple):
    """What happened on one day, in words."""

    day: datetime.date
    changes: list[str]


def change_days(record: models.Model) -> list[ChangeDay]:
    """Return the days on which a record or one of its parts was changed, the latest first, in one query.

    On the day on which a record or part was inserted its further changes are left out. A column is named by its verbose
    name; the digest of what was checked, which has none that readers know, is models_by_name in words.
    """
    parts = {model._meta.model_name: model for model in parts_of(type(record)) if hasattr(model, "history")}
    statements = [RECORD_SQL.format(table=history_table(type(record)))]
    for name, model in parts.items():
        column = model._meta.get_field(model.part_of).column
        statements.append(PART_SQL.format(model_name=name, table=history_table(model), column=column))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements) + " ORDER BY 2 DESC, 1, 3", {"key": record.pk})
        changes = [ChangeCount(*row) for row in cursor.fetchall()]
    models_by_name = {"": type(record)} | parts
    days = (
        ChangeDay(day, [*describe_day(of_day, models_by_name)])
        for day, of_day in groupby(changes, key=attrgetter("day"))
    )
    return [day for day in days if day.changes]


def history_table(model: type[models.Model]) -> str:
    """Return the quoted name of the table that keeps the past states of a model."""
    return connection.ops.quote_name(model.history.rel.related_model._meta.db_table)


def describe_day(changes: Iterable[ChangeCount], models_by_name: dict[str, type[models.Model]]) -> Iterator[str]:
    """Yield the changes of one day in words, the record's own first."""
    for model_name, of_model in groupby(changes, key=attrgetter("model_name")):
        numbers: dict[str, int] = {}
        columns: set[str] = set()
        for change in of_model:
            numbers[change.event] = numbers.get(change.event, 0) + change.number
            if change.event == "update" and change.columns:
                columns.update(change.columns.split(","))
        if model_name:
            yield from describe_part_changes(models_by_name[model_name], numbers)
        elif "insert" in numbers:
            yield _("added to the record")
        elif words := describe_columns(models_by_name[model_name], columns):
            yield words


def describe_part_changes(model: type[models.Model], numbers: dict[str, int]) -> Iterator[str]:
    """Yield how many parts of one model were added, changed and removed: ``{"insert": 2}`` gives "2 events added"."""
    verbs = {"insert": _("added"), "update": _("changed"), "delete": _("removed")}
    for event, number in numbers.items():
        if event == "update" and "insert" in numbers:
            continue
        noun = ngettext(str(model._meta.verbose_name), str(model._meta.verbose_name_plural), number)
        yield f"{number} {noun} {verbs[event]}"


def describe_columns(model: type[models.Model], columns: set[str]) -> str:
    """Return the names of the columns that were changed, and of a check that was renewed or withdrawn."""
    names = [str(field.verbose_name) for field in model._meta.fields if field.column in columns - {"checked_digest"}]
    words = [_("%(columns)s changed") % {"columns": ", ".join(names)}] if names else []
    if "checked_digest" in columns:
        words.append(_("the check of its text renewed or withdrawn"))
    return capfirst("; ".join(words))
