"""Permanent references in files that editors import: they make a key more exact, and a wrong one is named by row."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from missions.models import Event
from pkportal.changes import restoring, review
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.pages import messages, publish_drafts

HEADER = "reference,mission,date,kind,title\n"


def file_with(*rows):
    lines = [HEADER, *(f"{reference},kfor,{date},political,{title}\n" for reference, date, title in rows)]
    return SimpleUploadedFile("events.csv", "".join(lines).encode(), "text/csv")


@pytest.fixture
def event(db):
    return make.event(mission=make.published_mission(code="kfor"), date="2005-04", kind="political", title="Talks")


def test_reference_makes_the_date_of_an_event_more_exact_and_a_new_row_is_given_the_next(admin_as, data_manager, event):
    browser = admin_as(data_manager)

    preview = browser.upload(Event, file_with((event.reference, "2005-04-05", "Talks"), ("", "2006", "More talks")))
    assert "<del>2005-04</del> <ins>2005-04-05</ins>" in preview.text
    page = browser.confirm(Event, preview)

    assert "waits as CS-" in messages(page)[0]
    publish_drafts()
    changed, new = Event.objects.order_by("date")
    assert (changed.pk, changed.reference, changed.date) == (event.pk, event.reference, "2005-04-05")
    assert new.reference > event.reference


def test_events_whose_keys_are_swapped_wait_are_published_and_swapped_back(admin_as, data_manager, publisher, event):
    other = make.event(mission=event.mission, date="2006", kind="political", title="More talks")
    browser = admin_as(data_manager)

    preview = browser.upload(
        Event, file_with((event.reference, "2006", "More talks"), (other.reference, "2005-04", "Talks"))
    )
    assert "waits as CS-" in messages(browser.confirm(Event, preview))[0]
    publish_drafts()
    assert [it.title for it in Event.objects.order_by("reference")] == ["More talks", "Talks"]
    published = ChangeSet.objects.get()
    review.publish(restoring.undo(published, publisher), publisher, "It was a rehearsal.")

    assert [it.title for it in Event.objects.order_by("reference")] == ["Talks", "More talks"]


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("EV-9999", "No event has the reference “EV-9999”. Leave the cell blank to get the next one."),
        ("FIG-00001", "“FIG-00001” is the reference of another kind: contribution, not event."),
    ],
)
def test_reference_of_nothing_or_of_another_kind_is_refused_by_row_and_column(
    admin_as, data_manager, event, reference, reason
):
    make.event(mission=event.mission)  # a file that has all references there are may bring others
    file = file_with((event.reference, "2005-04-05", "Talks"), (reference, "2006", "More talks"))

    page = admin_as(data_manager).upload(Event, file)

    refusals = [(it.row, it.column, it.text, it.reason) for it in page.context["faults"]]
    assert refusals == [(3, "reference", reference, reason)]
    event.refresh_from_db()
    assert event.date == "2005-04"
