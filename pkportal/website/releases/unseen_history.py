"""The history that a release has not seen: the ids of the events that its snapshot did not have, whenever they came.

A transaction that was under way when the release was made may end later with ids below those that the release had. So
the ids that it did not have are kept as ranges: the gaps between those that it had, and all above.
"""

from typing import Any

import pghistory.models
from django.apps import apps
from django.db import connection

from .models import Release

EVERYTHING = "{(,)}"  # of a release that noted nothing, and of a kind that is newer than the release
UNSEEN_IDS = """
    SELECT range_agg(unseen)::text FROM (
        SELECT int8range(lag(pgh_id) OVER (ORDER BY pgh_id) + 1, pgh_id) AS unseen FROM {history}
        UNION ALL SELECT int8range(max(pgh_id) + 1, NULL) FROM {history}
    ) AS ranges WHERE NOT isempty(unseen)
"""
UNSEEN_EVENTS = """
    SELECT {columns} FROM unnest(%s::int8multirange) AS unseen
    JOIN {history} ON pgh_id >= coalesce(lower(unseen), 0) AND pgh_id < coalesce(upper(unseen), 9223372036854775807)
"""


def unseen_history() -> dict[str, str]:
    """Return the ids of events that this transaction does not see, as ranges by the event table."""
    unseen = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if issubclass(model, pghistory.models.Event):
                cursor.execute(UNSEEN_IDS.format(history=connection.ops.quote_name(model._meta.db_table)))
                ((unseen[model._meta.db_table],),) = cursor.fetchall()
    return unseen


def unseen_events(events: Any, columns: str, release: Release) -> str:
    """Return the SQL of some columns of the events of one table that a release has not seen."""
    ranges = release.unseen_history.get(events._meta.db_table, EVERYTHING)
    statement = UNSEEN_EVENTS.format(columns=columns, history=connection.ops.quote_name(events._meta.db_table))
    return connection.ops.compose_sql(statement, [ranges])
