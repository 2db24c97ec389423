"""Two machines with one database: what somebody begins on one, the other goes on with."""

import re
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests import databases
from tests.served import served

CSRF = "c" * 32
IMPORT = "/admin/missions/country/import/"
CONFIRM = "/admin/missions/country/process_import/"
DRAFT = re.compile("/admin/changes/changeset/[0-9]+/change/")  # of what the file does


@pytest.fixture(scope="module")
def other_portal(portal, served_database, tmp_path_factory):
    """Return the address of a portal that shares nothing but the database: it has another temporary folder."""
    folder = tmp_path_factory.mktemp("other")
    with served(served_database, folder / "log", is_prepared=True, TMPDIR=str(folder), WORKERS="1") as address:
        yield address


@pytest.fixture(scope="module")
def cookies(served_database, django_db_blocker):
    """Return the cookies of a data manager who is signed in."""
    (name,) = parse_qs(urlsplit(served_database).query)["dbname"]
    with django_db_blocker.unblock(), databases.used(name):
        manager = User.objects.create_user("manager-of-two", is_staff=True)
        manager.groups.set(Group.objects.filter(name="Data manager"))
        Authenticator.objects.create(user=manager, type=Authenticator.Type.TOTP, data={"secret": ""})
        client = Client()
        client.force_login(manager)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"


def post(portal, cookies, path, **fields):
    """Return the status, the location and the page that a form is answered with."""
    site = urlsplit(portal)
    connection = HTTPConnection(site.hostname, site.port, timeout=20)
    headers = {"Cookie": cookies, "X-CSRFToken": CSRF, "Content-Type": MULTIPART_CONTENT}
    connection.request("POST", path, encode_multipart(BOUNDARY, fields), headers)
    response = connection.getresponse()
    page = response.read().decode()
    connection.close()
    return response.status, response.headers["Location"], page


def previewed(portal, cookies, iso3, iso2):
    """Preview a file with a new country, and return the token of its confirmation."""
    content = f"iso3,iso2,name,region\n{iso3},{iso2},Nowhere {iso2},Southern Europe\n"
    file = SimpleUploadedFile("countries.csv", content.encode())
    status, location, _page = post(portal, cookies, IMPORT, file=file)
    assert status == 302
    return re.fullmatch(f"{IMPORT}([0-9]+)/", location)[1]


def test_import_previewed_on_one_machine_is_confirmed_on_another(portal, other_portal, cookies):
    token = previewed(portal, cookies, "XXA", "XA")

    status, location, _page = post(other_portal, cookies, CONFIRM, token=token)
    assert (status, bool(DRAFT.fullmatch(location))) == (302, True)


def test_import_confirmed_on_two_machines_at_once_is_stored_by_one(portal, other_portal, cookies):
    token = previewed(other_portal, cookies, "XXB", "XB")

    with ThreadPoolExecutor() as threads:
        answers = threads.map(lambda machine: post(machine, cookies, CONFIRM, token=token), [portal, other_portal])

    draft, what_became_of_it = sorted(location for _status, location, _page in answers)
    assert (bool(DRAFT.fullmatch(draft)), what_became_of_it) == (True, f"{IMPORT}{token}/")
