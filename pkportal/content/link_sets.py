"""Kept sets of links: the keys of all records that a row is linked with, in one array, kept by triggers.

``@keep_link_sets("missions", "themes")`` gives a model a table for each of these many-to-many fields, with a row for
each of its rows that has links. How many rows have the same set is kept as well, by ``keep_counts``. Each statement
that changes links changes the sets in its own transaction, by what it adds and removes: so the sets are right although
others change other links of the same row. The migration ``0009_link_sets`` has the trigger's function.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models, transaction
from django.db.models import ManyToManyField, Model

from .change_triggers import make_triggers
from .kept_counts import keep_counts

WITH_SETS = """
    WITH sets AS (SELECT "{own}" AS owner, array_agg("{other}" ORDER BY "{other}") AS others FROM "{links}" GROUP BY 1)
"""
DELETE_WRONG = """
    DELETE FROM "{kept}" AS kept
    WHERE NOT EXISTS (SELECT FROM sets WHERE sets.owner = kept.owner AND sets.others = kept.others)
"""
ADD_MISSING = 'INSERT INTO "{kept}" (owner, others) SELECT owner, others FROM sets ON CONFLICT DO NOTHING'


def keep_link_sets(*names: str) -> Callable[[type[Model]], type[Model]]:
    """Return a class decorator that makes a model of sets for each of some many-to-many fields."""

    def decorate(model):
        model.kept_link_sets = {name: _sets_model(model, name) for name in names}
        return model

    return decorate


def _sets_model(model, name):
    meta = {"app_label": model._meta.app_label, "default_permissions": ()}
    sets = type(
        f"{model.__name__}SetsOf{name.capitalize()}",
        (models.Model,),
        {
            "__module__": model.__module__,
            "Meta": type("Meta", (), meta),
            "owner": models.BigIntegerField(primary_key=True),
            "others": ArrayField(models.BigIntegerField()),
        },
    )
    return keep_counts(["others"])(sets)


def kept_sets_of(links: ManyToManyField) -> type[Any] | None:
    """Return the model of the kept sets of a many-to-many field, None if there is none."""
    return getattr(links.model, "kept_link_sets", {}).get(links.name)


def link_changes(app_config: Any, using: str = "default", **kwargs: Any) -> None:
    """Let the tables of links of an app keep the sets that its models declare: receiver of ``post_migrate``.

    Sets are made from the links where they are new.
    """
    for model in app_config.get_models():
        for links, kept in _sets_of(model):
            with transaction.atomic(using), connections[using].cursor() as cursor:
                if kept._meta.db_table not in connections[using].introspection.table_names(cursor):
                    continue
                names = _names(links, kept)
                arguments = [names["kept"], names["own"], names["other"]]
                if make_triggers(cursor, "pk_links", names["links"], "pk_link_changes", arguments):
                    _correct(cursor, names)


def correct_link_sets(using: str = "default") -> dict[str, int]:
    """Compare all kept sets with the links, and correct those that differ; return how many, by table.

    They differ only after triggers were switched off. Writers wait meanwhile.
    """
    wrong: dict[str, int] = {}
    for model in apps.get_models():
        for links, kept in _sets_of(model):
            names = _names(links, kept)
            with transaction.atomic(using), connections[using].cursor() as cursor:
                cursor.execute(f'LOCK TABLE "{names["links"]}" IN SHARE ROW EXCLUSIVE MODE')
                wrong[names["kept"]] = _correct(cursor, names)
    return wrong


def _sets_of(model: Any) -> Iterator[tuple[ManyToManyField, type[Any]]]:
    for name, kept in getattr(model, "kept_link_sets", {}).items() if not model._meta.proxy else ():
        yield model._meta.get_field(name), kept


def _names(links, kept):
    own, other = links.m2m_column_name(), links.m2m_reverse_name()
    return {"links": links.m2m_db_table(), "kept": kept._meta.db_table, "own": own, "other": other}


def _correct(cursor, names):
    """Correct the sets, and return of how many rows they were wrong: each is deleted, added, or both."""
    cursor.execute(f"{WITH_SETS}{DELETE_WRONG} RETURNING owner".format(**names))
    wrong = {owner for (owner,) in cursor.fetchall()}
    cursor.execute(f"{WITH_SETS}{ADD_MISSING} RETURNING owner".format(**names))
    return len(wrong | {owner for (owner,) in cursor.fetchall()})
