"""The change log of a page: what changed and when, in words for readers."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pkportal.content.changelog import change_days
from tests import make

pytestmark = pytest.mark.django_db


def backdate(*models):
    """Move all history of some models to an earlier day."""
    for model in models:
        table = model.history.rel.related_model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET pgh_created_at = '2026-01-02 12:00+00'")  # noqa: S608 - our own table


def changes_by_day(mission):
    return {str(change.day): change.changes for change in change_days(mission)}


def test_day_of_the_first_record_names_no_changed_fields_or_checks():
    mission = make.published_mission()
    make.event(mission=mission).mark_checked()

    assert [*changes_by_day(mission).values()] == [["added to the record", "1 event added"]]


def test_changed_fields_are_named_and_changed_parts_counted():
    mission = make.published_mission()
    first, second = make.event(mission=mission), make.event(mission=mission)
    backdate(type(mission), type(first))
    mission.summary, mission.outcome = "Another summary.", "Another outcome."
    mission.save()
    second.delete()
    first.title = "Another title"
    first.save()
    make.mandate(mission=mission)

    today = datetime.date.today().isoformat()
    assert [*changes_by_day(mission)] == [today, "2026-01-02"]
    record, *parts = changes_by_day(mission)[today]
    assert record == "Summary, outcome changed"
    assert sorted(parts) == ["1 event changed", "1 event removed", "1 mandate added"]


def test_check_is_a_change():
    mission = make.published_mission()
    backdate(type(mission))
    mission.mark_checked()

    latest, *_earlier = change_days(mission)
    assert latest.changes == ["The check of its text renewed or withdrawn"]


def test_changes_of_other_missions_are_left_out():
    mission, other = make.published_mission(), make.published_mission()
    make.event(mission=other)

    assert [*changes_by_day(mission).values()] == [["added to the record"]]


def test_query_of_the_history_uses_indexes():
    mission = make.published_mission()
    with CaptureQueriesContext(connection) as queries:
        change_days(mission)

    (query,) = queries.captured_queries
    with connection.cursor() as cursor:
        # small tables are read from end to end unless there is no other way
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {query['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert f"Index Cond: (pgh_obj_id = {mission.pk})" in plan
    assert "Seq Scan" not in plan
