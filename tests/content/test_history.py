"""Every past state of a record is kept, whoever changes it."""

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


def test_a_record_remembers_how_it_was():
    mission = make.mission(name="Before")
    mission.name = "After"
    mission.save()

    assert [*mission.history.order_by("pgh_id").values_list("pgh_label", "name")] == [
        ("insert", "Before"),
        ("update", "After"),
    ]


def test_a_typed_statement_is_recorded_row_by_row():
    missions = [make.mission(), make.mission()]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE missions_mission SET legal_basis = 'typed'")

    assert [labels(mission.history) for mission in missions] == [["insert", "update"]] * 2


def test_a_statement_that_changes_nothing_is_no_event():
    mission = make.mission()
    Mission.objects.update(name=mission.name)

    assert labels(mission.history) == ["insert"]


def test_a_deleted_record_is_still_in_the_past():
    mission = make.mission(sources=[])
    history = apps.get_model("missions", "MissionHistory")
    mission.delete()

    assert labels(history.objects) == ["insert", "delete"]


def test_links_are_remembered_too():
    source = make.source()
    mission = make.mission(sources=[source])
    mission.sources.clear()

    assert labels(apps.get_model("missions", "MissionSourcesHistory").objects) == ["insert", "delete"]


def test_history_knows_why():
    with pghistory.context(act="load", files=["missions.csv"]):
        mission = make.mission()

    assert mission.history.get().pgh_context.metadata == {"act": "load", "files": ["missions.csv"]}


def test_every_kind_of_content_has_a_history():
    assert [rows._meta.model for rows in resources_by_name().values() if not hasattr(rows._meta.model, "history")] == []
