"""What each role may do with files and with what comes out, asked at every door of both, by request."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from missions.models import Contribution, Country
from pkportal.changes.imported_files import ImportedFile
from pkportal.editorial.exchange import IMPORT_ACTS
from pkportal.website.releases.making import make_release
from tests import make
from tests.editorial.conftest import member
from tests.editorial.pages import admin_url

pytestmark = pytest.mark.django_db

WRITERS = {"Contributor", "Editor", "Publisher", "Data manager"}
ROLES = [*sorted(WRITERS), "Administrator", ""]
KEPT = "/admin/changes/importedfile/"
FILE = b"iso3,iso2,name,region,partnership\nITA,IT,Italy,Europe,none\nESP,ES,Spain,,nonsense\n"
ORDERED_ACTS = [*sorted(IMPORT_ACTS - {"discard"}), "discard"]


@pytest.fixture
def imported(admin_as, data_manager):
    """Send a file whose second row is refused, which then waits for its account."""
    admin_as(data_manager).upload(Country, SimpleUploadedFile("countries.csv", FILE))
    return ImportedFile.objects.get()


def doors(imported):
    """Yield the roles for which a door opens, and how it is opened."""
    page, managers = admin_url(Country, "imported", imported.pk), {"Data manager"}
    yield managers, "GET", KEPT, {}
    yield managers, "GET", f"{KEPT}{imported.pk}/change/", {}
    yield managers, "GET", admin_url(Country, "import"), {}
    yield managers, "GET", page, {}
    yield managers, "GET", f"{page}refused.csv", {}
    for act in ORDERED_ACTS:
        yield managers, "POST", f"{page}{act}/", {}
    yield managers, "POST", admin_url(Country, "process_import"), {"token": imported.pk, "only_good": "1"}
    yield managers, "POST", admin_url(Country, "import"), {"file": SimpleUploadedFile("again.csv", FILE)}
    yield WRITERS, "GET", admin_url(Country, "export"), {}
    yield WRITERS, "POST", admin_url(Country, "export"), {"format": "csv"}
    yield WRITERS, "GET", admin_url(Contribution, "many"), {}
    yield WRITERS, "GET", admin_url(Country, "deleted"), {}
    yield {"Editor", "Publisher"}, "GET", "/admin/changes/check/queue/", {}
    yield WRITERS, "GET", "/admin/changes/check/claims/", {}
    yield {"Publisher", "Administrator"}, "GET", "/admin/audit/", {}
    yield {"Publisher", "Administrator"}, "GET", "/admin/audit/audit-log.csv", {}


@pytest.mark.parametrize("role", ROLES)
def test_doors_of_files_open_for_those_who_may_import_or_export(admin_as, imported, role):
    client = admin_as(member("someone", role) if role else User.objects.create_user("nobody", is_staff=True)).client

    wrong = [
        (method, address, response.status_code)
        for roles, method, address, data in doors(imported)
        for response in [client.post(address, data) if method == "POST" else client.get(address, data)]
        if (response.status_code in (200, 302)) != (role in roles)
        or (role not in roles and response.status_code != 403)
    ]

    assert wrong == []
    assert Country.objects.count() == 0
    states = [file.state for file in ImportedFile.objects.order_by("pk")]
    assert states == (["cancelled", "refused"] if role == "Data manager" else ["refused"])


def test_who_is_not_signed_in_is_asked_to_sign_in_at_every_door(imported):
    client = Client()

    answers = {
        client.generic(method, address).headers.get("Location", "")[:13]
        for _r, method, address, _data in doors(imported)
    }

    assert answers == {"/admin/login/"}


@pytest.mark.parametrize("role", ["Publisher", "Data manager", "Administrator"])
def test_what_comes_out_for_the_public_is_the_same_for_everybody(client, role):
    make.published_mission(name="Open Force")
    make.mission(name="Hidden Force")
    release = make_release("")
    doors_out = [
        "/api/v1/missions",
        "/data/missions.csv",
        f"/data/releases/{release.version}.zip",
    ]
    client.force_login(member("someone", role))

    for address in doors_out:
        public, own = Client().get(address), client.get(address)
        content = [b"".join(it.streaming_content) if it.streaming else it.content for it in (public, own)]
        assert (public.status_code, own.status_code) == (200, 200)
        assert content[0] == content[1]
        assert b"Hidden Force" not in content[0]
