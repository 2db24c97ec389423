"""History: every past state of a record is kept, whoever changes it."""

import pghistory
import pytest
from django.apps import apps
from django.db import connection

from missions.models import Mission
from pkportal.exchange.registry import resources_by_name
from tests import make

pytestmark = pytest.mark.django_db


def labels(records):
    return [*records.order_by("pgh_id").values_list("pgh_label", flat=True)]


def test_history_has_every_state_of_a_record():
    mission = make.mission(name="Before")
    mission.name = "After"
    mission.save()

    assert [*mission.history.order_by("pgh_id").values_list("pgh_label", "name")] == [
        ("insert", "Before"),
        ("update", "After"),
    ]


def test_sql_update_is_recorded_for_each_row():
    missions = [make.mission(), make.mission()]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE missions_mission SET legal_basis = 'typed'")

    assert [labels(mission.history) for mission in missions] == [["insert", "update"]] * 2


def test_update_without_changes_is_not_recorded():
    mission = make.mission()
    Mission.objects.update(name=mission.name)

    assert labels(mission.history) == ["insert"]


def test_deletion_is_recorded():
    mission = make.mission(sources=[])
    history = apps.get_model("missions", "MissionHistory")
    mission.delete()

    assert labels(history.objects) == ["insert", "delete"]


def test_many_to_many_relations_are_recorded():
    source = make.source()
    mission = make.mission(sources=[source])
    mission.sources.clear()

    assert labels(apps.get_model("missions", "MissionSourcesHistory").objects) == ["insert", "delete"]


def test_history_records_the_context_of_a_change():
    with pghistory.context(act="load", files=["missions.csv"]):
        mission = make.mission()

    assert mission.history.get().pgh_context.metadata == {"act": "load", "files": ["missions.csv"]}


def test_every_model_of_content_has_a_history():
    assert [rows._meta.model for rows in resources_by_name().values() if not hasattr(rows._meta.model, "history")] == []
