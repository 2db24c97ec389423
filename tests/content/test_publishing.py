"""Publishing: a record is public from the time of its publication on, until it is withdrawn."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from missions.models import Command, Event, Mission
from tests import make

pytestmark = pytest.mark.django_db


def test_published_record_is_public_and_a_draft_is_not():
    make.mission()
    public = make.published_mission()

    assert [*Mission.objects.published()] == [public]
    assert public.is_public


def test_record_is_hidden_before_its_time_of_publication():
    scheduled = make.published_mission(published_at=timezone.now() + datetime.timedelta(hours=1))

    assert not Mission.objects.published().exists()
    assert not scheduled.is_public


def test_withdrawn_record_is_hidden_and_keeps_its_date_of_publication():
    mission = make.published_mission()
    published_at = mission.published_at
    make.withdrawn(mission)

    assert not Mission.objects.published().exists()
    make.published(mission)
    assert Mission.objects.published().get().published_at == published_at


def test_record_names_everything_that_is_missing():
    lesson = make.lesson(conclusion="", sources=[])

    assert [*lesson.obstacles()] == ["It has no conclusion.", "It cites no source."]


def test_part_is_public_with_its_parent():
    make.event(mission=make.mission())
    public = make.event()

    assert [*Event.objects.published()] == [public]


def test_standing_command_without_a_mission_is_public():
    standing = make.command()
    make.command(mission=make.mission())

    assert [*Command.objects.published()] == [standing]


@pytest.mark.parametrize(("status", "date"), [("published", "published_at"), ("withdrawn", "withdrawn_at")])
def test_database_refuses_a_status_without_its_date(status, date):
    make.mission()

    with pytest.raises(IntegrityError), transaction.atomic():
        Mission.objects.update(status=status, **{date: None})
