"""The change log counts records and not saves, names each change once, and has a fixed order."""

import pytest
from django.db import connection

from missions.models import Event, Mandate, Mission, Objective
from pkportal.content.changelog import change_days
from tests import make

pytestmark = pytest.mark.django_db
EARLIER, LATER = "2026-01-02 12:00+00", "2026-03-04 12:00+00"


def backdate_today(day, *models):
    """Move the history of today, of some models, to another day."""
    for model in models:
        table = model.history.rel.related_model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET pgh_created_at = %s WHERE pgh_created_at > now() - interval '1 hour'",  # noqa: S608
                [day],
            )


def change_log(mission):
    return [(str(change_day.day), change_day.changes) for change_day in change_days(mission)]


def latest_changes(mission):
    (_day, changes), *_earlier = change_log(mission)
    return changes


def make_mission_of_an_earlier_day():
    mission = make.published_mission(summary="One.", outcome="One.")
    backdate_today(EARLIER, Mission)
    return mission


def test_latest_day_comes_first_and_parts_come_after_the_record_by_model():
    mission = make_mission_of_an_earlier_day()
    Mission.objects.update(summary="Two.")
    make.objective(mission=mission)
    make.event(mission=mission)
    make.mandate(mission=mission)
    backdate_today(LATER, Mission, Objective, Event, Mandate)

    assert change_log(mission) == [
        ("2026-03-04", ["Summary changed", "1 event added", "1 mandate added", "1 objective added"]),
        ("2026-01-02", ["added to the record"]),
    ]


def test_part_saved_twice_on_a_day_counts_once_and_two_parts_are_plural():
    mission = make_mission_of_an_earlier_day()
    first, second = make.event(mission=mission), make.event(mission=mission)
    backdate_today(EARLIER, Event)
    for title in ["B", "C"]:
        Event.objects.filter(pk=first.pk).update(title=title)
    assert latest_changes(mission) == ["1 event changed"]
    Event.objects.filter(pk=second.pk).update(title="D")
    assert latest_changes(mission) == ["2 events changed"]


def test_fields_changed_in_several_saves_of_a_day_are_named_once_in_the_order_of_the_model():
    mission = make_mission_of_an_earlier_day()
    for fields in [{"outcome": "Two."}, {"summary": "Two."}, {"outcome": "Three."}]:
        Mission.objects.update(**fields)

    assert latest_changes(mission) == ["Summary, outcome changed"]


def test_change_and_check_on_one_day_share_a_line():
    mission = make_mission_of_an_earlier_day()
    Mission.objects.update(summary="Two.")
    Mission.objects.get().mark_checked()

    assert latest_changes(mission) == ["Summary changed; the check of its text renewed or withdrawn"]


def test_save_without_changes_is_left_out():
    mission = make_mission_of_an_earlier_day()
    mission.save()

    assert change_log(mission) == [("2026-01-02", ["added to the record"])]


def test_cleared_field_is_a_change():
    mission = make_mission_of_an_earlier_day()
    Mission.objects.update(end_date="2004-12", state="completed")
    backdate_today(LATER, Mission)
    Mission.objects.update(end_date=None)

    assert [changes for _day, changes in change_log(mission)] == [
        ["End changed"],
        ["End, status of the mission changed"],
        ["added to the record"],
    ]


def test_part_added_and_removed_on_one_day_is_listed_as_both():
    mission = make_mission_of_an_earlier_day()
    make.event(mission=mission).delete()

    assert sorted(latest_changes(mission)) == ["1 event added", "1 event removed"]
