"""Permanent references in files: they name the row, so that its key can be made more exact."""

import pytest
from django.core.management import call_command

from missions.models import Event
from tests import make

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
        ("EV-9999", "No event has the reference “EV-9999”. Leave the cell blank to be given the next one."),
        ("nonsense", "No event has the reference “NONSENSE”. Leave the cell blank to be given the next one."),
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
