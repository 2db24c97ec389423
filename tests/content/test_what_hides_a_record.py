"""What hides a record, and what being hidden and shown again leaves as it was."""

import datetime

import pytest
from django.utils import timezone

from lessons.models import RemedialAction
from missions.models import Appointment, Mission
from tests import make

pytestmark = pytest.mark.django_db
NOW = timezone.now


def test_who_commands_is_public_with_the_mission_of_the_command_and_at_a_standing_command_always():
    standing = make.appointment(command=make.command())
    of_shown = make.appointment(command=make.command(mission=make.published_mission()))
    make.appointment(command=make.command(mission=make.mission()))

    assert [*Appointment.objects.published().order_by("pk")] == [standing, of_shown]


def test_what_is_to_be_done_is_hidden_with_its_lesson():
    action = make.remedial_action()
    assert RemedialAction.objects.published().get() == action
    action.lesson.withdraw()
    assert not RemedialAction.objects.published().exists()


def test_a_record_is_public_from_its_time_on():
    due = make.published_mission(published_at=NOW() - datetime.timedelta(seconds=1))
    due.refresh_from_db()

    assert due.is_public
    assert [*Mission.objects.published()] == [due]


def test_a_draft_with_a_date_is_a_draft():
    draft = make.mission(published_at=NOW() - datetime.timedelta(days=1))

    assert not draft.is_public
    assert not Mission.objects.published().exists()


def test_publishing_and_withdrawing_are_saved_with_the_time_of_each():
    before = NOW()
    mission = make.mission()
    mission.publish()
    mission.refresh_from_db()
    assert (mission.status, mission.withdrawn_at) == ("published", None)
    assert before <= mission.published_at <= NOW()

    published_at = mission.published_at
    mission.withdraw()
    mission.refresh_from_db()
    assert (mission.status, mission.published_at) == ("withdrawn", published_at)
    assert published_at <= mission.withdrawn_at <= NOW()


def test_publishing_saves_nothing_else_of_what_an_editor_has_not_saved():
    mission = make.mission(name="Kosovo Force")
    mission.name = "Not saved"
    mission.publish()
    assert Mission.objects.get().name == "Kosovo Force"
    mission.withdraw()
    assert Mission.objects.get().name == "Kosovo Force"
