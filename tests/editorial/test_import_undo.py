"""An import that stored records at once is a change set, and is undone from its page; what changed since stays."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from missions.models import Event
from pkportal.changes import long_work, restoring, review
from pkportal.changes.imported_files import ImportedFile
from pkportal.changes.models import ChangeSet
from pkportal.changes.writers import writers_of
from tests import make
from tests.editorial.pages import messages

pytestmark = pytest.mark.django_db
FILE = b"mission,date,kind,title\nufor,1999-06,deployment,Arrival\nufor,2000,deployment,Handover\n"


@pytest.fixture
def mission():
    return make.mission(code="ufor")


@pytest.fixture
def stored(admin_as, data_manager, mission):
    """Return the page of a file that was stored."""
    registrar = admin_as(data_manager)
    return registrar.confirm(Event, registrar.upload(Event, SimpleUploadedFile("events.csv", FILE)))


def undo(client, page):
    return client.post(f"{page.request['PATH_INFO']}undo/", follow=True)


def test_import_of_unpublished_records_is_a_change_set_with_its_file_and_its_difference(stored, data_manager, mission):
    imported = ImportedFile.objects.get()
    change_set = imported.change_set

    assert (imported.state, imported.name, imported.rows_new, len(imported.sha256)) == ("applied", "events.csv", 2, 64)
    assert (change_set.state, change_set.origin, change_set.published_by) == ("published", "import", data_manager)
    assert {change.cells["title"][1] for change in change_set.changes.all()} == {"Arrival", "Handover"}
    assert writers_of(mission) == [data_manager.pk]


def test_undo_takes_back_exactly_what_a_file_stored(stored, client, mission):
    other = make.event(mission=mission, title="Other")

    page = undo(client, stored)

    assert messages(page) == ["2 records are as they were before."]
    assert [*Event.objects.all()] == [other]
    imported, undoing = ImportedFile.objects.get(), ChangeSet.objects.get(origin="undo")
    assert (imported.state, undoing.undoes) == ("undone", imported.change_set)
    assert undoing.changes.count() == 2
    assert messages(undo(client, stored)) == ["It is undone already."]


def test_record_that_changed_since_is_named_and_stays(stored, client):
    Event.objects.filter(title="Arrival").update(text="Somebody wrote this later.")

    page = undo(client, stored)

    event = Event.objects.get()
    assert event.title == "Arrival"
    assert f"{event.reference}: Somebody changed it since." in page.text


def test_import_that_readers_see_meanwhile_is_undone_by_its_change_set_only(stored, client, mission):
    type(mission).objects.update(status="published", published_at="2026-01-01T00:00:00Z")

    assert "Readers see some of these records now" in messages(undo(client, stored))[0]
    assert Event.objects.count() == 2


def test_who_may_not_import_undoes_nothing(stored, admin_as, editor):
    assert undo(admin_as(editor).client, stored).status_code == 403
    assert Event.objects.count() == 2


def test_file_says_how_far_it_has_come_and_who_undoes_what_readers_see(admin_as, data_manager, publisher, mission):
    type(mission).objects.update(status="published", published_at="2026-01-01T00:00:00Z")
    registrar, file = admin_as(data_manager), SimpleUploadedFile("events.csv", FILE)
    registrar.confirm(Event, registrar.upload(Event, file))
    imported = ImportedFile.objects.get()
    states = [imported.state_in_words]

    review.publish(imported.change_set, publisher, "")
    states.append(ImportedFile.objects.get().state_in_words)
    page = registrar.get(Event, "imported", imported.pk)
    file.seek(0)
    again = registrar.upload(Event, file)
    review.publish(restoring.undo(imported.change_set, publisher), publisher, "It was a rehearsal.")
    undone = registrar.get(Event, "imported", imported.pk)

    assert states == ["draft", "published"]
    assert ImportedFile.objects.get(pk=imported.pk).state_in_words == "undone"
    assert "Readers see what is in this file." not in undone.text
    assert f"Whoever may publish undoes it on the page of {imported.change_set.number}." in page.text
    assert "nothing in it is new" in again.text


def test_undo_whose_process_was_killed_or_that_is_stopped_leaves_the_file_stored(stored, client, mission):
    address = stored.request["PATH_INFO"]
    at_work = {"state": "undoing", "changed_at": timezone.now() - long_work.STARTING}

    ImportedFile.objects.update(**at_work)
    assert "The process that worked on it has ended. Nothing was undone." in client.get(address).text
    ImportedFile.objects.update(**at_work | {"changed_at": timezone.now()})
    assert "Stop: nothing is undone" in client.get(address).text
    assert "It was stopped. Nothing was undone." in client.post(f"{address}discard/", follow=True).text

    assert (ImportedFile.objects.get().state, mission.events.count()) == ("applied", 2)
