"""The list of changes counts things and not saves, and tells each of them once, in one order."""

import pytest
from django.db import connection

from missions.models import Event, Mandate, Mission, Objective
from pkportal.content.changelog import change_days
from tests import make

pytestmark = pytest.mark.django_db
EARLIER, LATER = "2026-01-02 12:00+00", "2026-03-04 12:00+00"


def move_today_to(day, *models):
    """Let what was done today be done on another day."""
    for model in models:
        table = model.history.rel.related_model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET pgh_created_at = %s WHERE pgh_created_at > now() - interval '1 hour'",  # noqa: S608
                [day],
            )


def told(mission):
    return [(str(day.day), day.changes) for day in change_days(mission)]


def recorded_earlier():
    mission = make.published_mission(summary="One.", outcome="One.")
    move_today_to(EARLIER, Mission)
    return mission


def test_days_come_with_the_latest_first_and_parts_after_the_record_by_their_kind():
    mission = recorded_earlier()
    Mission.objects.update(summary="Two.")
    make.objective(mission=mission)
    make.event(mission=mission)
    make.mandate(mission=mission)
    move_today_to(LATER, Mission, Objective, Event, Mandate)

    assert told(mission) == [
        ("2026-03-04", ["Summary changed", "1 event added", "1 mandate added", "1 objective added"]),
        ("2026-01-02", ["put on record"]),
    ]


def test_a_thing_saved_twice_on_a_day_is_one_thing_and_two_are_a_plural():
    mission = recorded_earlier()
    first, second = make.event(mission=mission), make.event(mission=mission)
    move_today_to(EARLIER, Event)
    for title in ["B", "C"]:
        Event.objects.filter(pk=first.pk).update(title=title)
    assert told(mission)[0][1] == ["1 event changed"]
    Event.objects.filter(pk=second.pk).update(title="D")
    assert told(mission)[0][1] == ["2 events changed"]


def test_columns_changed_in_several_saves_of_a_day_are_named_once_and_in_the_order_of_the_record():
    mission = recorded_earlier()
    for changed in [{"outcome": "Two."}, {"summary": "Two."}, {"outcome": "Three."}]:
        Mission.objects.update(**changed)

    assert told(mission)[0][1] == ["Summary, outcome changed"]


def test_a_change_and_a_check_on_one_day_are_told_in_one_line():
    mission = recorded_earlier()
    Mission.objects.update(summary="Two.")
    Mission.objects.get().mark_checked()

    assert told(mission)[0][1] == ["Summary changed; the check of its text renewed or withdrawn"]


def test_a_save_that_changed_nothing_is_no_change():
    mission = recorded_earlier()
    mission.save()

    assert told(mission) == [("2026-01-02", ["put on record"])]


def test_a_column_emptied_is_a_change():
    mission = recorded_earlier()
    Mission.objects.update(end_date="2004-12", state="completed")
    move_today_to(LATER, Mission)
    Mission.objects.update(end_date=None)

    assert [changes for _day, changes in told(mission)] == [
        ["End changed"],
        ["End, state of the mission changed"],
        ["put on record"],
    ]


def test_a_part_that_came_and_went_on_one_day_is_told_as_both():
    mission = recorded_earlier()
    make.event(mission=mission).delete()

    assert sorted(told(mission)[0][1]) == ["1 event added", "1 event removed"]
