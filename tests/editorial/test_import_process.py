"""A large file is worked on by a process of its own: killed at any moment it leaves nothing half stored."""

from functools import partial

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from missions.models import Event, Mission
from pkportal.changes import import_work, long_work
from pkportal.changes.imported_files import ImportedFile, ImportState
from pkportal.changes.models import ChangeSet
from pkportal.exchange.staging.kept_stages import drop_stage, kept_stages
from pkportal.sources.models import Source
from tests import databases, make
from tests.editorial.conftest import AdminBrowser
from tests.editorial.processes import kill, wait_until
from tests.editorial.test_at_once import OF_THE_ADMIN

pytestmark = pytest.mark.django_db
ROWS = 3_000


@pytest.fixture
def registrar(transactions, processes, monkeypatch):
    """Return a superuser who imports into a mission that is not public; what is committed is removed afterwards."""
    monkeypatch.setattr(import_work, "LARGEST_AT_ONCE", 0)

    def prepare():
        make.mission(code="ufor")
        return User.objects.create_superuser("registrar")

    def clean():
        for name in kept_stages():
            drop_stage(name)
        databases.emptied(ChangeSet, Event, Mission, Source, *OF_THE_ADMIN, User)

    yield transactions(prepare)[0]
    transactions(clean)


def send(user, rows=range(ROWS)):
    lines = "".join(f"ufor,1999-06-{1 + row % 28:02},deployment,Arrival {row}\n" for row in rows)
    file = SimpleUploadedFile("events.csv", f"mission,date,kind,title\n{lines}".encode())
    return AdminBrowser(Client(), user).post(Event, "import", data={"file": file}, follow=False)["Location"]


def confirm(user, token=None):
    token = token or ImportedFile.objects.get().pk
    AdminBrowser(Client(), user).post(Event, "process_import", data={"token": token}, follow=False)


def act(user, address, act):
    AdminBrowser(Client(), user).client.post(f"{address}{act}/")
    return ImportedFile.objects.get().state


def seen(user, address):
    response = AdminBrowser(Client(), user).client.get(address)
    return response.context["imported"].state, "Refresh" in response.headers


def wait_until_held():
    """Wait until the process works."""
    return wait_until(lambda: long_work.rows_at_work(import_work.IMPORT_WORK))


def result():
    imported = ImportedFile.objects.get()
    return imported.state, imported.rows_new, Event.objects.count(), ChangeSet.objects.count(), len(kept_stages())


def test_process_that_is_killed_in_any_phase_leaves_nothing_and_the_work_is_resumed(
    registrar, processes, transactions, monkeypatch
):
    (address,) = transactions(partial(send, registrar))
    assert transactions(wait_until_held) == [True]
    assert transactions(partial(seen, registrar, address)) == [(ImportState.STAGING, True)]
    kill(processes[0], monkeypatch)

    assert transactions(partial(seen, registrar, address)) == [(ImportState.BROKEN_OFF, False)]
    assert transactions(result) == [(ImportState.BROKEN_OFF, 0, 0, 0, 0)]
    transactions(partial(act, registrar, address, "resume"))
    processes[1].wait(60)
    assert transactions(result) == [(ImportState.STAGED, ROWS, 0, 0, 1)]

    transactions(partial(confirm, registrar))
    assert transactions(wait_until_held) == [True]
    kill(processes[2], monkeypatch)
    assert transactions(partial(seen, registrar, address)) == [(ImportState.BROKEN_OFF, False)]
    assert transactions(result) == [(ImportState.BROKEN_OFF, ROWS, 0, 0, 1)]

    transactions(partial(act, registrar, address, "resume"))
    processes[3].wait(60)
    assert transactions(result) == [(ImportState.APPLIED, ROWS, ROWS, 1, 0)]

    assert transactions(partial(act, registrar, address, "undo")) == [ImportState.UNDOING]
    processes[4].wait(60)
    assert transactions(result) == [(ImportState.UNDONE, ROWS, 0, 2, 0)]


def test_work_that_is_cancelled_ends_its_process_and_leaves_nothing(registrar, processes, transactions):
    (address,) = transactions(partial(send, registrar))
    assert transactions(wait_until_held) == [True]

    assert transactions(partial(act, registrar, address, "discard")) == [ImportState.CANCELLED]

    processes[0].wait(10)
    assert transactions(result) == [(ImportState.CANCELLED, 0, 0, 0, 0)]


def test_of_two_files_at_once_with_a_row_in_common_one_is_stored_and_the_other_hears_why_not(
    registrar, transactions, monkeypatch
):
    monkeypatch.setattr(import_work, "LARGEST_AT_ONCE", 1_000_000)
    for rows in [range(300), range(299, 600), range(600, 900)]:
        transactions(partial(send, registrar, rows))
    first, second, apart = transactions(lambda: [*ImportedFile.objects.order_by("pk")])[0]

    transactions(*(partial(confirm, registrar, imported.pk) for imported in [first, second, apart]))

    states = transactions(lambda: {it.pk: (it.state, it.message) for it in ImportedFile.objects.all()})[0]
    refused = (ImportState.REFUSED, "The record has changed since the preview, so nothing was stored.")
    assert states[apart.pk] == (ImportState.APPLIED, "")
    assert sorted([states[first.pk], states[second.pk]]) == [(ImportState.APPLIED, ""), refused]
    stored = 300 if states[second.pk] == refused else 301
    assert transactions(Event.objects.count) == [stored + 300]
