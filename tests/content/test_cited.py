"""The generated column of cited sources is right after any save, import or SQL statement."""

import pytest
from django.db import connection

from missions.models import Mission
from tests import make

pytestmark = pytest.mark.django_db


def test_record_lists_the_sources_that_its_texts_cite():
    for code in ["one", "two"]:
        make.source(code=code)
    mission = make.mission(summary="A [@two, p. 3]. B [@one; @two].", outcome="C [@one].")

    assert mission.cited == ["one", "two"]
    assert [*Mission.objects.filter(cited__contains=["two"])] == [mission]


def test_sql_update_changes_the_cited_sources():
    make.mission()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE missions_mission SET outcome = 'Seen [@typed].'")

    assert Mission.objects.get().cited == ["typed"]
