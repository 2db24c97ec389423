"""A large file is sent in parts: they are put together as they come, each once, from those alone who may import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from missions.models import Country
from pkportal.changes.imported_files import ImportedFile

pytestmark = pytest.mark.django_db
FILE = b"iso3,iso2,name,region\nITA,IT,Italy,Southern Europe\nESP,ES,Spain,Southern Europe\n"
SIZE = len(FILE)


def send_part(sender, start, stop, size=SIZE, **more):
    data = {"part": SimpleUploadedFile("part", FILE[start:stop]), "start": start, "size": size, "name": "countries.csv"}
    return sender.post(Country, "import_part", data={**data, **more}, follow=False)


def test_file_in_parts_is_read_when_the_last_one_has_come(admin_as, data_manager):
    registrar = admin_as(data_manager)

    first = send_part(registrar, 0, 40).json()
    imported = ImportedFile.objects.get()
    page = registrar.client.get(first["address"])
    assert (imported.state, first["arrived"]) == ("sending", 40)
    assert "Not all of this file has arrived" in page.text
    last = send_part(registrar, 40, SIZE, imported=first["imported"]).json()

    imported.refresh_from_db()
    assert (imported.state, imported.rows_new, imported.size) == ("staged", 2, SIZE)
    assert last["arrived"] == SIZE
    assert send_part(registrar, 40, SIZE, imported=first["imported"]).json() == last  # whose answer was lost
    assert ImportedFile.objects.get().changed_at == imported.changed_at  # it is not read once more
    again = registrar.upload(Country, SimpleUploadedFile("countries.csv", FILE))
    assert "The same file was sent before" in again.text


def test_part_that_comes_twice_counts_once_and_one_too_early_is_refused(admin_as, data_manager):
    registrar = admin_as(data_manager)
    imported = send_part(registrar, 0, 40).json()["imported"]

    assert send_part(registrar, 0, 40, imported=imported).json()["arrived"] == 40
    early = send_part(registrar, 60, SIZE, imported=imported)
    assert (early.status_code, early.json()) == (400, {"error": "This part does not fit: choose the file again."})


def test_file_that_grows_while_it_is_sent_is_refused(admin_as, data_manager):
    grown = send_part(admin_as(data_manager), 0, SIZE, size=40)

    assert grown.json() == {"error": "The file grew while it was sent: choose it again."}
    assert not ImportedFile.objects.exists()


def test_only_who_may_import_sends_parts_and_nobody_adds_to_the_file_of_somebody_else(
    admin_as, data_manager, editor, django_user_model
):
    imported = send_part(admin_as(data_manager), 0, 40).json()["imported"]

    assert send_part(admin_as(editor), 40, 60, imported=imported).status_code == 403
    other = django_user_model.objects.create_superuser("other")
    assert send_part(admin_as(other), 40, 60, imported=imported).status_code == 404
