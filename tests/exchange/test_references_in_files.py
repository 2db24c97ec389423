"""Permanent references in files: they name the row, so that its key can be made more exact."""

import csv
import io

import pytest
from django.core.management import call_command
from django.db import models, transaction

from lessons.models import Lesson
from missions.models import Event
from pkportal.content.dates import PartialDateField
from pkportal.exchange.registry import resources_by_name
from tests import make
from tests.exchange.test_any_record_survives import make_one_of_every_model

pytestmark = pytest.mark.django_db
HEADER = "reference,mission,date,kind,title,text\n"


@pytest.fixture
def event():
    return make.event(mission=make.published_mission(code="kfor"), date="2005-04", kind="political", title="Talks")


def row(reference="", date="2005-04", title="Talks"):
    return f"{reference},kfor,{date},political,{title},Talks were held.\n"


@pytest.mark.parametrize("change", [str, str.lower])
def test_reference_lets_a_file_make_the_key_more_exact(load, event, change):
    assert "0 new, 1 changed" in load(events=HEADER + row(change(event.reference), date="2005-04-05"))

    changed = Event.objects.get()
    assert (changed.pk, changed.reference, changed.date) == (event.pk, event.reference, "2005-04-05")


@pytest.mark.parametrize("header", [HEADER, HEADER.removeprefix("reference,")])
def test_without_a_reference_the_key_finds_the_row(load, event, header):
    cells = row() if header == HEADER else row().removeprefix(",")

    assert "0 new, 1 changed" in load(events=header + cells)
    assert Event.objects.get().reference == event.reference


def test_row_without_a_reference_that_is_new_is_given_the_next(load, event):
    assert "1 new" in load(events=HEADER + row(title="More talks"))

    assert Event.objects.get(title="More talks").reference > event.reference


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("MAN-0001", "“MAN-0001” is the reference of another kind: mandate, not event."),
        ("EV-9999", "No event has the reference “EV-9999”. Leave the cell blank to get the next one."),
        ("nonsense", "No event has the reference “NONSENSE”. Leave the cell blank to get the next one."),
    ],
)
def test_reference_of_another_kind_or_of_nothing_is_refused(load, event, reference, reason):
    assert reason in load(events=HEADER + row(reference, title="Other talks"))
    assert Event.objects.count() == 1


def test_reference_of_nothing_is_refused_for_a_row_on_record(load, event):
    assert f"The event with this key is {event.reference}." in load(events=HEADER + row("EV-9999"))


def test_two_rows_with_one_reference_are_refused(load, event):
    rows = row(event.reference, title="A") + row(event.reference, title="B")

    assert "row 3: Row 2 is the same record." in load(events=HEADER + rows)


def test_row_with_the_reference_and_row_with_the_old_key_are_the_same(load, event):
    rows = row(event.reference, title="A") + row()

    assert "row 3: Row 2 is the same record." in load(events=HEADER + rows)


def test_key_of_another_row_is_refused(load, event):
    other = make.event(mission=event.mission, title="Other talks", date="2005-04")

    assert f"The event with this key is {other.reference}." in load(
        events=HEADER + row(event.reference, title=other.title)
    )


def test_rows_with_references_swap_their_keys_unless_a_row_that_gives_one_up_is_refused(load, event):
    other, third = (make.event(mission=event.mission, date="2006", title=title) for title in ["More", "Third"])
    rows = row(event.reference, "2006", "More") + row(other.reference, "2006", "Third") + row(third.reference)

    assert "0 new, 3 changed" in load(events=HEADER + rows)
    assert [Event.objects.get(reference=it.reference).title for it in (event, other, third)] == [
        "More",
        "Third",
        "Talks",
    ]
    refused = row(event.reference) + row(other.reference, "2006", "More") + row(third.reference, "2006-13", "Third")
    output = load(events=HEADER + refused)
    assert f"row 2, column reference, “{event.reference}”: The event with this key is {third.reference}." in output
    assert f"row 3, column reference, “{other.reference}”: The event with this key is {event.reference}." in output


def test_references_survive_dump_and_load_and_a_new_row_gets_the_next(tmp_path, event):
    given = {make.event(mission=event.mission).reference for _ in range(3)} | {event.reference}
    call_command("dump", tmp_path, verbosity=0)
    Event.objects.all().delete()

    call_command("load", tmp_path, verbosity=0)

    assert {*Event.objects.values_list("reference", flat=True)} == given
    assert make.event(mission=event.mission).reference > max(given)


def test_later_dump_brings_the_references_of_its_new_rows(load, event):
    higher = f"EV-{int(event.reference[3:]) + 7:04}"

    assert "1 new, 1 changed" in load(events=HEADER + row(event.reference) + row(higher, title="More talks"))
    assert Event.objects.get(title="More talks").reference == higher


def other_cell(field, cell):
    """Return another valid value of a column."""
    if isinstance(field, PartialDateField | models.DateField):
        return f"{int(cell[:4]) - 1}-02-03"
    if isinstance(field, models.IntegerField):
        return str(int(cell) + 100)
    return "XYZ"[: field.max_length] if field.max_length <= 3 else f"{cell}-x"


def file_of(row):
    """Return the text of a file with one row."""
    file = io.StringIO()
    writer = csv.DictWriter(file, row)
    writer.writeheader()
    writer.writerow(row)
    return file.getvalue()


def kinds_with_a_key_of_their_own():
    """Yield the name of each file, its model and a column of the key that can be more exact."""
    for name, resource in resources_by_name().items():
        model = resource._meta.model
        if not model._meta.get_field("reference").generated:  # or the key is the reference
            fields = map(model._meta.get_field, model.key_fields)
            yield name, model, next(field for field in fields if not field.is_relation and not field.choices)


def test_reference_makes_the_key_of_any_kind_more_exact_and_a_new_row_is_given_the_next(load, tmp_path):
    make_one_of_every_model()
    call_command("dump", tmp_path / "dump", verbosity=0)
    for name, model, key in kinds_with_a_key_of_their_own():
        record = model.objects.get()
        with open(tmp_path / "dump" / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
            (cells,) = csv.DictReader(file)
        exact = {**cells, key.name: other_cell(key, cells[key.name])}
        unique = [field for field in model._meta.fields if field.unique and field.name in cells and field is not key]
        new = {**cells, **{field.name: other_cell(field, cells[field.name]) for field in [key, *unique]}}
        with transaction.atomic():
            assert "0 new, 1 changed" in load(**{name: file_of(exact)}), name
            changed = model.objects.get()
            assert (changed.pk, changed.reference) == (record.pk, record.reference)
            assert str(getattr(changed, key.name)) != str(getattr(record, key.name))
            transaction.set_rollback(True)
        with transaction.atomic():
            assert "1 new, 0 changed" in load(**{name: file_of({**new, "reference": ""})}), name
            given = model.objects.exclude(pk=record.pk).get().reference
            assert int(given.rpartition("-")[2]) == int(record.reference.rpartition("-")[2]) + 1
            transaction.set_rollback(True)


def test_file_with_all_references_cannot_bring_one_of_another_kind(load, event):
    rows = row(event.reference) + row("MAN-0001", title="More talks")

    assert "row 3, column reference, “MAN-0001”: “MAN-0001” is the reference of another kind" in load(
        events=HEADER + rows
    )


def test_lessons_without_a_number_are_given_the_next(load):
    highest = make.lesson(number="PK-L-0041")

    assert "2 new" in load(lessons="number,title,observation\n,Plan,Seen.\n,Train,Seen.\n")
    numbers = Lesson.objects.exclude(pk=highest.pk).order_by("number").values_list("number", "title", "reference")
    assert [*numbers] == [("PK-L-0042", "Plan", "PK-L-0042"), ("PK-L-0043", "Train", "PK-L-0043")]


def test_file_with_references_needs_only_the_columns_that_change(load, event):
    other = make.event(mission=event.mission, title="Other talks", date="2005-04", kind="political")
    rows = f"{event.reference},First talks\n{other.reference},Other talks\n"

    assert "0 new, 1 changed, 1 unchanged" in load(events="reference,title\n" + rows)

    event.refresh_from_db()
    assert (event.title, event.date, event.kind, event.mission.code) == ("First talks", "2005-04", "political", "kfor")


def test_row_that_has_neither_a_reference_nor_a_key_is_refused(load, event):
    output = load(events=f"reference,title\n{event.reference},First talks\n,More talks\nEV-9999,Talks\n")

    assert "row 3: Missing column: mission, date. It says which record a row is." in output
    assert "row 4, column reference, “EV-9999”: No event has the reference “EV-9999”." in output
    assert Event.objects.get().title == event.title


def test_key_of_another_row_is_refused_where_the_file_has_a_part_of_the_key(load, event):
    make.event(mission=event.mission, title="Other talks", date="2005-04")

    output = load(events=f"reference,title\n{event.reference},Other talks\n")

    assert "events.csv, row 2: " in output
    assert Event.objects.filter(title="Other talks").count() == 1
