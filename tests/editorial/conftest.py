"""People at the desk, each with the rights of one group and no others, and what a browser does there."""

import pytest
from django.contrib.auth.models import Group, User

from tests.editorial import pages
from tests.editorial.pages import address


@pytest.fixture(autouse=True)
def private_folder(tmp_path, monkeypatch):
    """Keep uploaded files of a test out of the machine's own folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def member(name, group):
    person = User.objects.create_user(name, is_staff=True)
    person.groups.set(Group.objects.filter(name=group))
    return person


@pytest.fixture
def editor(db):
    """May write, and not publish."""
    return member("editor", "Editor")


@pytest.fixture
def publisher(db):
    """May publish and delete."""
    return member("publisher", "Publisher")


@pytest.fixture
def data_manager(db):
    """May bring files that carry a state."""
    return member("data", "Data manager")


@pytest.fixture
def administrator(db):
    """May manage accounts and groups, and no content."""
    return member("administrator", "Administrator")


@pytest.fixture
def stranger(db):
    """Has an account at the desk and no right there."""
    return User.objects.create_user("stranger", is_staff=True)


@pytest.fixture
def desk(client):
    """Work at the desk as somebody: ``desk(editor).get(Mission, "changelist")``."""
    return lambda person: Desk(client, person)


class Desk:
    """One person's browser."""

    def __init__(self, client, person):
        self.client = client
        client.force_login(person)

    def get(self, model, page, *args, **query):
        return self.client.get(address(model, page, *args), query)

    def post(self, model, page, *args, data=None, query="", follow=True):
        return self.client.post(address(model, page, *args) + query, data or {}, follow=follow)

    def act(self, action, *records):
        """Choose records in a list and an action above it."""
        chosen = {"action": action, "_selected_action": [record.pk for record in records]}
        return self.post(type(records[0]), "changelist", data=chosen)

    def save(self, record, **changes):
        """Open a record's page, change what is named, and save."""
        page = self.get(type(record), "change", record.pk)
        return self.post(type(record), "change", record.pk, data={**pages.filled(page), **changes})

    def upload(self, model, file):
        """Choose a file on the page of the import."""
        return self.post(model, "import", data={"file": file})

    def confirm(self, model, preview):
        """Press the button below a preview."""
        return self.post(model, "process_import", data={"token": preview.context["token"]})

    def export(self, model, format="csv", query=""):
        """Take a list away as a file."""
        return b"".join(self.post(model, "export", data={"format": format}, query=query).streaming_content)
