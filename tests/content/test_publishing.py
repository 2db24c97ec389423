"""A record is public when an editor has said so and its time has come, and not before."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lessons.models import Lesson
from missions.models import Command, Event, Mission
from tests import make

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_public_and_a_published_record_is():
    make.mission()
    shown = make.published_mission()

    assert [*Mission.objects.published()] == [shown]
    assert shown.is_public


def test_a_record_is_hidden_until_its_time_has_come():
    later = make.published_mission(published_at=timezone.now() + datetime.timedelta(hours=1))

    assert not Mission.objects.published().exists()
    assert not later.is_public


def test_a_withdrawn_record_is_hidden_and_keeps_its_first_date():
    mission = make.published_mission()
    first = mission.published_at
    mission.withdraw()

    assert not Mission.objects.published().exists()
    mission.publish()
    assert Mission.objects.published().get().published_at == first


def test_publishing_names_every_obstacle_and_changes_nothing():
    lesson = make.lesson(conclusion="", sources=[])

    with pytest.raises(ValidationError) as caught:
        lesson.publish()

    assert caught.value.messages == ["It has no conclusion.", "It cites no source."]
    assert Lesson.objects.get().status == "draft"


def test_a_part_is_public_with_its_whole():
    make.event(mission=make.mission())
    shown = make.event()

    assert [*Event.objects.published()] == [shown]


def test_a_standing_command_belongs_to_no_mission_and_is_public():
    standing = make.command()
    make.command(mission=make.mission())

    assert [*Command.objects.published()] == [standing]


@pytest.mark.parametrize(("status", "date"), [("published", "published_at"), ("withdrawn", "withdrawn_at")])
def test_the_database_refuses_a_state_without_its_date(status, date):
    make.mission()

    with pytest.raises(IntegrityError), transaction.atomic():
        Mission.objects.update(status=status, **{date: None})
