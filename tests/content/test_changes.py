"""What changed on a page and when, in a reader's words."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pkportal.content.changelog import change_days
from tests import make

pytestmark = pytest.mark.django_db


def backdate(*models):
    """Move all history to a day gone by, so that what follows is another day's."""
    for model in models:
        table = model.history.rel.related_model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET pgh_created_at = '2026-01-02 12:00+00'")  # noqa: S608 - our own table


def changes_by_day(mission):
    return {str(change.day): change.changes for change in change_days(mission)}


def test_the_day_on_which_a_thing_was_first_recorded_says_no_more_than_that():
    mission = make.published_mission()
    make.event(mission=mission).mark_checked()

    assert [*changes_by_day(mission).values()] == [["put on record", "1 event added"]]


def test_names_the_columns_of_the_record_that_were_changed_and_counts_its_parts():
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
    assert changes_by_day(mission)[today][0] == "Summary, outcome changed"
    assert sorted(changes_by_day(mission)[today][1:]) == ["1 event changed", "1 event removed", "1 mandate added"]


def test_a_new_check_is_a_change_that_a_reader_hears_of():
    mission = make.published_mission()
    backdate(type(mission))
    mission.mark_checked()

    assert change_days(mission)[0].changes == ["The check of its text renewed or withdrawn"]


def test_changes_of_other_missions_are_not_told():
    mission, other = make.published_mission(), make.published_mission()
    make.event(mission=other)

    assert [*changes_by_day(mission).values()] == [["put on record"]]


def test_the_history_is_read_by_indexes():
    mission = make.published_mission()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        change_days(mission)

    (query,) = queries.captured_queries
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # small tables are read whole, unless there is no other way
        cursor.execute(f"EXPLAIN {query['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan" in plan
    assert "Seq Scan" not in plan
