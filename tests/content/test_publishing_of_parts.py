"""Publication of parts, and what publishing and withdrawing leave unchanged."""

import datetime

import pytest
from django.utils import timezone

from lessons.models import RemedialAction
from missions.models import Appointment, Mission
from tests import make

pytestmark = pytest.mark.django_db
NOW = timezone.now


def test_appointment_is_public_with_its_mission_or_at_a_standing_command():
    standing = make.appointment(command=make.command())
    of_published = make.appointment(command=make.command(mission=make.published_mission()))
    make.appointment(command=make.command(mission=make.mission()))

    assert [*Appointment.objects.published().order_by("pk")] == [standing, of_published]


def test_remedial_action_is_hidden_with_its_lesson():
    action = make.remedial_action()
    assert RemedialAction.objects.published().get() == action
    make.withdrawn(action.lesson)
    assert not RemedialAction.objects.published().exists()


def test_record_is_public_after_its_time_of_publication():
    mission = make.published_mission(published_at=NOW() - datetime.timedelta(seconds=1))
    mission.refresh_from_db()

    assert mission.is_public
    assert [*Mission.objects.published()] == [mission]


def test_draft_with_a_date_of_publication_is_hidden():
    draft = make.mission(published_at=NOW() - datetime.timedelta(days=1))

    assert not draft.is_public
    assert not Mission.objects.published().exists()


def test_publishing_and_withdrawing_save_their_times():
    before = NOW()
    mission = make.mission()
    make.published(mission)
    mission.refresh_from_db()
    assert (mission.status, mission.withdrawn_at) == ("published", None)
    assert before <= mission.published_at <= NOW()

    published_at = mission.published_at
    make.withdrawn(mission)
    mission.refresh_from_db()
    assert (mission.status, mission.published_at) == ("withdrawn", published_at)
    assert published_at <= mission.withdrawn_at <= NOW()


def test_publishing_and_withdrawing_save_no_other_fields():
    mission = make.mission(name="Kosovo Force")
    mission.name = "Not saved"
    make.published(mission)
    assert Mission.objects.get().name == "Kosovo Force"
    make.withdrawn(mission)
    assert Mission.objects.get().name == "Kosovo Force"
