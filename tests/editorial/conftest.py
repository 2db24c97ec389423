"""Accounts with the rights of one role, and a test client for the admin."""

from functools import cached_property
from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client

from pkportal.changes import import_work, long_work
from tests import make
from tests.editorial import pages
from tests.editorial.pages import admin_url
from tests.served import address_of


def member(name, group):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name=group))
    return user


@pytest.fixture
def editor(db):
    """Add and change content, but not publish it."""
    return member("editor", "Editor")


@pytest.fixture
def publisher(db):
    """Publish and delete content."""
    return member("publisher", "Publisher")


@pytest.fixture
def data_manager(db):
    """Import files that publish and withdraw."""
    return member("data", "Data manager")


@pytest.fixture
def administrator(db):
    """Manage accounts and groups, but no content."""
    return member("administrator", "Administrator")


@pytest.fixture
def staff_without_rights(db):
    """Sign in to the admin, without any permission there."""
    return User.objects.create_user("staff", is_staff=True)


@pytest.fixture
def italy(db):
    """Have a country on record whose name is not as in the files."""
    return make.country(iso3="ITA", iso2="IT", name="Italia", joined_on="1949-08-24")


@pytest.fixture
def large_files_at_once(monkeypatch):
    """Read large files in the request too: a process of its own would not see what a test has not committed."""
    monkeypatch.setattr(import_work, "LARGEST_AT_ONCE", 50_000_000)


@pytest.fixture
def processes(monkeypatch):
    """Let processes of long work have the database of the test, and collect them."""
    monkeypatch.setenv("DATABASE_URL", address_of(connection.settings_dict["NAME"]))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings")
    started = []

    def popen(*arguments, **options):
        started.append(popen_before(*arguments, **options))
        return started[-1]

    popen_before = long_work.subprocess.Popen
    monkeypatch.setattr(long_work.subprocess, "Popen", popen)
    yield started
    for process in started:
        process.kill()
        process.wait(10)


@pytest.fixture
def admin_as(client):
    """Return a function that signs a user in: ``admin_as(editor).get(Mission, "changelist")``."""
    return lambda user: AdminBrowser(client, user)


class NextPage:
    """The page that a form leads to, with its messages. It is opened when a test looks at it: most tests do not."""

    def __init__(self, client, answer):
        self.client, self.answer = client, answer
        self.messages = client.cookies.pop("messages", None)

    @cached_property
    def page(self):
        if self.messages:
            self.client.cookies["messages"] = self.messages
        return self.client.get(self.answer["Location"], follow=True)

    @property
    def redirect_chain(self):
        return [(self.answer["Location"], self.answer.status_code), *self.page.redirect_chain]

    def __getattr__(self, name):
        return getattr(self.page, name)


class FormClient(Client):
    """A test client that follows where a form leads when a test looks at it."""

    def post(self, *args, follow=False, **kwargs):
        answer = super().post(*args, **kwargs)
        return NextPage(self, answer) if follow and answer.status_code == HTTPStatus.FOUND else answer


@pytest.fixture
def client():
    return FormClient()


class AdminBrowser:
    """A test client that is signed in to the admin, with methods for its pages."""

    def __init__(self, client, user):
        self.client = client
        client.force_login(user)

    def get(self, model, page, *args, **query):
        return self.client.get(admin_url(model, page, *args), query)

    def post(self, model, page, *args, data=None, query="", follow=True):
        return self.client.post(admin_url(model, page, *args) + query, data or {}, follow=follow)

    def run_action(self, action, *records):
        """Run an action of the list on records of one model."""
        (model,) = {type(record) for record in records}
        data = {"action": action, "_selected_action": [record.pk for record in records]}
        return self.post(model, "changelist", data=data)

    def withdraw(self, *records, reason="It was wrong.", **data):
        """Withdraw records of one model by the action of the list, with a reason."""
        (model,) = {type(record) for record in records}
        chosen = {"action": "withdraw", "_selected_action": [record.pk for record in records]}
        return self.post(model, "changelist", data={**chosen, "reason": reason, **data})

    def save(self, record, **changes):
        """Save the form of a record with some values changed."""
        page = self.get(type(record), "change", record.pk)
        return self.post(type(record), "change", record.pk, data={**pages.form_data(page), **changes})

    def upload(self, model, file):
        """Upload a file to the import page."""
        answer = self.client.post(admin_url(model, "import"), {"file": file})
        return self.client.get(answer["Location"], follow=True) if answer.status_code == HTTPStatus.FOUND else answer

    def confirm(self, model, preview):
        """Confirm the preview of an import."""
        return self.post(model, "process_import", data={"token": preview.context["token"]})

    def export(self, model, format="csv", query="", **fields):
        """Return the exported file of a list, as bytes."""
        return b"".join(self.post(model, "export", data={"format": format, **fields}, query=query).streaming_content)
