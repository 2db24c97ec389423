"""What changed on a page and when, read from the history of its record and of everything that is part of it."""

from itertools import groupby
from typing import NamedTuple

from django.apps import apps
from django.db import connection
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# a row's state beside the one before it; the columns whose values differ are what was changed
RECORD_SQL = """
SELECT '' AS kind, pgh_created_at::date AS day, pgh_label AS act, 1 AS number, (
    SELECT string_agg(now.key, ',') FROM jsonb_each_text(state) AS now
    JOIN jsonb_each_text(before) AS was USING (key)
    WHERE now.value IS DISTINCT FROM was.value AND now.key NOT LIKE 'pgh\\_%%'
) AS columns
FROM (
    SELECT pgh_created_at, pgh_label, to_jsonb(it) AS state, lag(to_jsonb(it)) OVER (ORDER BY pgh_id) AS before
    FROM {table} AS it WHERE id = %(key)s
) AS states
"""
PART_SQL = """
SELECT '{kind}', pgh_created_at::date, pgh_label, count(DISTINCT id), NULL
FROM {table} WHERE {column} = %(key)s GROUP BY 2, 3
"""


class ChangeDay(NamedTuple):
    """What happened on one day, in words."""

    day: object
    changes: list


def change_days(record):
    """Give the days on which a record or one of its parts was changed, the latest first, in one query.

    On the day on which a thing was first recorded its further changes go without saying. A column is named by its
    verbose name; what only the desk sees (the digest of what was checked) is said in words.
    """
    parts = [model for model in apps.get_models() if getattr(model, "part_of", "") == record._meta.model_name]
    parts = [model for model in parts if hasattr(model, "history") and not model._meta.proxy]
    own = RECORD_SQL.format(table=history_table(type(record)))
    others = [
        PART_SQL.format(
            kind=model._meta.model_name,
            table=history_table(model),
            column=model._meta.get_field(model.part_of).column,
        )
        for model in parts
    ]
    with connection.cursor() as cursor:
        query = " UNION ALL ".join([own, *others]) + " ORDER BY 2 DESC, 1, 3"
        cursor.execute(query, {"key": record.pk})
        rows = cursor.fetchall()
    models = {"": type(record)} | {model._meta.model_name: model for model in parts}
    days = (ChangeDay(day, [*describe_day([*of_day], models)]) for day, of_day in groupby(rows, key=lambda row: row[1]))
    return [day for day in days if day.changes]


def history_table(model):
    """Name the table that keeps the past states of a model."""
    return connection.ops.quote_name(model.history.rel.related_model._meta.db_table)


def describe_day(rows, models):
    """Put the changes of one day in words, the record's own first."""
    for kind, of_kind in groupby(rows, key=lambda row: row[0]):
        acts = {}
        for _kind, _day, act, number, columns in of_kind:
            known, names = acts.get(act, (0, set()))
            acts[act] = known + number, names | {*(columns or "").split(",")}
        if kind:
            yield from describe_part_changes(models[kind], {act: number for act, (number, _names) in acts.items()})
        elif "insert" in acts:
            yield _("put on record")
        elif words := describe_columns(models[kind], acts.get("update", (0, set()))[1]):
            yield words


def describe_part_changes(model, acts):
    """Say how many parts of one kind came, changed and went."""
    if "insert" in acts:
        acts.pop("update", None)
    verbs = {"insert": _("added"), "update": _("changed"), "delete": _("removed")}
    for act, number in acts.items():
        noun = ngettext(str(model._meta.verbose_name), str(model._meta.verbose_name_plural), number)
        yield f"{number} {noun} {verbs[act]}"


def describe_columns(model, columns):
    """Name the columns that were changed, and checking in words of its own."""
    names = [field.verbose_name for field in model._meta.fields if field.column in columns - {"checked_digest"}]
    words = [_("%(columns)s changed") % {"columns": ", ".join(map(str, names))}] if names else []
    if "checked_digest" in columns:
        words.append(_("the check of its text renewed or withdrawn"))
    return capfirst("; ".join(words))
