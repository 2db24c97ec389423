"""Two machines with one database: what a visitor begins on one, the other goes on with."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client

from missions.models import Country
from tests import databases
from tests.served import served

CSRF = "c" * 32
IMPORT = "/admin/missions/country/import/"
CONFIRM = "/admin/missions/country/process_import/"
FILE = """\
--boundary\r
Content-Disposition: form-data; name="file"; filename="countries.csv"\r
\r
iso3,iso2,name,region\r
{iso3},{iso2},Nowhere,Southern Europe\r
--boundary--\r
"""


@pytest.fixture(scope="module")
def machines(portal, served_database, tmp_path_factory):
    """Return the addresses of two portals with one database, each with a temporary folder of its own."""
    folder = tmp_path_factory.mktemp("machine")
    with served(served_database, folder / "log", TMPDIR=str(folder), WORKERS="1") as other:
        yield portal, other


@pytest.fixture(scope="module")
def served_editor(served_database, django_db_blocker):
    """Return the cookies of an editor who is signed in."""
    with django_db_blocker.unblock(), databases.used(name_of(served_database)):
        user = User.objects.create_user("traveller", is_staff=True)
        user.groups.set(Group.objects.filter(name="Editor"))
        client = Client()
        client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"


def name_of(database_url):
    return database_url.rpartition("dbname=")[2]


