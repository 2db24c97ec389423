"""A record is checked if its words were compared with the source; any edit removes the mark."""

import pytest
from django.db import connection

from lessons.models import Lesson
from missions.models import Contribution, Mission
from pkportal.content.checking import Checkable
from pkportal.content.registry import models_with
from tests import make

pytestmark = pytest.mark.django_db


def test_record_is_unchecked_until_it_is_marked():
    mission = make.mission()
    assert not mission.is_checked
    mission.mark_checked()
    assert mission.is_checked
    mission.mark_checked(False)
    assert not mission.is_checked


def test_sql_update_removes_the_mark_and_the_old_text_restores_it():
    mission = make.mission(summary="As checked.")
    mission.mark_checked()

    for summary, checked in [("Changed.", False), ("As checked.", True)]:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE missions_mission SET summary = %s", [summary])
        assert Mission.objects.get().is_checked is checked


@pytest.mark.parametrize("change", [{"quantity": 101}, {"value_state": "about"}, {"as_of": "2017"}, {"note": "x"}])
def test_changed_figure_is_no_longer_checked(change):
    figure = make.contribution()
    figure.mark_checked()
    Contribution.objects.update(**change)

    assert not Contribution.objects.get().is_checked


def test_figure_of_another_nation_is_no_longer_checked():
    figure = make.contribution()
    figure.mark_checked()
    Contribution.objects.update(country=make.country())

    assert not Contribution.objects.get().is_checked


def test_text_moved_to_the_next_column_is_no_longer_checked():
    lesson = make.lesson(observation="ab", discussion="c")
    lesson.mark_checked()
    type(lesson).objects.update(observation="a", discussion="bc")

    assert not type(lesson).objects.get().is_checked


def test_mark_on_dates_is_the_same_whatever_the_session_calls_them():
    share = make.cost_share()
    share.mark_checked()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle = 'German'")
        cursor.execute("UPDATE missions_costshare SET share = share")
        cursor.execute("SET LOCAL datestyle TO DEFAULT")

    assert type(share).objects.get().is_checked


def test_publishing_keeps_the_mark():
    mission = make.mission()
    mission.mark_checked()
    make.published(mission)
    mission.refresh_from_db()

    assert mission.is_checked


def test_checked_fields_are_columns_of_their_models():
    assert {*models_with(Checkable)} >= {Mission, Lesson, Contribution}
    for model in models_with(Checkable):
        assert model.checked_fields
        assert {*model.checked_fields} <= {field.attname for field in model._meta.fields}
