"""Permanent references: the database gives them, keeps them, and never gives one twice."""

import re

import pytest
from django.db import IntegrityError, connection, transaction

from missions.models import Contribution, Event
from pkportal.content.models import Record
from pkportal.content.registry import models_with
from tests import make

pytestmark = pytest.mark.django_db


def number(record):
    return int(record.reference.rpartition("-")[2])


def test_every_kind_has_a_unique_column_of_its_own_pattern():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE column_name = 'reference' AND is_nullable = 'NO' AND table_name NOT LIKE '%history'"
        )
        tables = {table for (table,) in cursor.fetchall()}

    assert {model._meta.db_table for model in models_with(Record)} - tables <= {"lessons_lesson"}
    assert all(model._meta.get_field("reference").unique for model in models_with(Record))


def test_new_row_has_the_next_reference_of_its_kind():
    event, figure = make.event(), make.contribution()

    assert re.fullmatch("EV-[0-9]{4}", event.reference)
    assert re.fullmatch("FIG-[0-9]{5}", figure.reference)
    assert number(make.event()) == number(event) + 1


def test_copy_of_a_row_has_a_reference_of_its_own():
    event = make.event()
    before = event.reference
    event.pk, event.title = None, "Copy"
    event.save()

    assert event.reference > before


def test_reference_is_not_given_again_after_a_deletion():
    event = make.event()
    event.delete()

    assert number(make.event()) > number(event)


def test_row_that_brings_its_reference_raises_those_that_follow():
    given = number(make.event()) + 50
    make.event(reference=f"EV-{given:04}")

    assert number(make.event()) == given + 1


def test_lower_reference_does_not_bring_higher_ones_back():
    event = make.event()
    event.delete()
    make.event(reference=event.reference)

    assert number(make.event()) > number(event)


def test_typed_sql_is_given_references_too():
    figure = make.contribution()
    columns = [field.column for field in Contribution._meta.concrete_fields if not field.generated]
    copied = ", ".join(f'"{name}"' for name in columns if name not in {"id", "reference", "as_of"})
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO missions_contribution ({copied}, as_of) SELECT {copied}, '1998'"  # noqa: S608 - our columns
            " FROM missions_contribution"
        )

    assert number(Contribution.objects.get(as_of="1998")) == number(figure) + 1


@pytest.mark.parametrize("reference", ["MAN-0001", "EV-1", "ev-0001", "EV-00001", "", "EV-0001 "])
def test_database_refuses_what_is_no_reference_of_the_kind(reference):
    event = make.event()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(reference=reference)


def test_lesson_is_referred_to_by_its_number():
    lesson = make.lesson(number="PK-L-0042")

    assert lesson.reference == "PK-L-0042"


def test_history_keeps_the_reference_of_a_deleted_row():
    event = make.event()
    reference = event.reference
    event.delete()

    assert Event.history.rel.related_model.objects.filter(pgh_label="delete").get().reference == reference
