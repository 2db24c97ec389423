"""The commands up and down: what they refuse, and the first account."""

import io
import re
import socket
from contextlib import contextmanager

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection

from pkportal.management.address import Address
from pkportal.management.commands.up import Command, is_of_earlier_version
from tests.databases import copied, dropped, used

User = get_user_model()


def test_port_in_use_is_refused():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} on 127.0.0.1 is in use") as refusal:
            call_command("up", "--bind", f"127.0.0.1:{port}")

    assert refusal.value.returncode == 1


@pytest.mark.parametrize("bind", ["0.0.0.0:8000", "[::]:8000"])
def test_plain_http_on_a_network_is_refused(bind, monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)

    with pytest.raises(CommandError, match="plain HTTP would show passwords"):
        call_command("up", "--bind", bind)


@pytest.mark.parametrize("bind", ["8000", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", ":8000"])
def test_invalid_address_is_refused(bind):
    with pytest.raises(CommandError, match="is not HOST:PORT"):
        call_command("up", "--bind", bind)


@pytest.mark.parametrize("bind", ["a..b:8000", f"{'a' * 80}:8000", "nowhere.invalid:8000"])
def test_host_name_that_does_not_resolve_is_refused(bind):
    with pytest.raises(CommandError, match="is not an address of this machine"):
        call_command("up", "--bind", bind)


@pytest.mark.parametrize("bind", ["127.0.0.1:8000", "localhost:8000", "127.9.9.9:80", "[::1]:8000"])
def test_loopback_addresses_are_recognised(bind):
    assert Address.parse(bind).is_loopback
    assert str(Address.parse(bind)) == bind


@pytest.mark.django_db
def test_first_editor_gets_a_password_that_is_printed_once_and_works(client):
    first, second = io.StringIO(), io.StringIO()

    Command(stdout=first).create_first_account()
    Command(stdout=second).create_first_account()

    password = re.search(r"password (\S+)", first.getvalue())[1]
    editor = User.objects.get()
    assert client.login(username="editor", password=password)
    assert "manage.py createsuperuser" in first.getvalue()
    assert (editor.is_staff, editor.is_superuser) == (True, False)
    assert {group.name for group in editor.groups.all()} == {"Editor", "Publisher", "Data manager", "Administrator"}
    assert second.getvalue() == ""


@pytest.mark.django_db
def test_each_first_editor_gets_another_password():
    outputs = [io.StringIO(), io.StringIO()]
    for out in outputs:
        Command(stdout=out).create_first_account()
        User.objects.all().delete()

    assert len({out.getvalue() for out in outputs}) == 2


@pytest.mark.django_db
def test_first_editor_adds_a_colleague_who_signs_in(client):
    Command(stdout=io.StringIO()).create_first_account()
    client.force_login(User.objects.get())
    page = client.get("/admin/auth/user/add/")
    password = "correct horse battery"  # noqa: S105 - of a test
    form = {"username": "colleague", "usable_password": "true", "password1": password, "password2": password}
    groups = Group.objects.filter(name="Editor")

    client.post("/admin/auth/user/add/", {**form, "is_staff": "on", "groups": [group.pk for group in groups]})
    client.logout()
    signed_in = client.post("/admin/login/", {"login": "colleague", "password": password}, follow=True)

    assert page.status_code == 200
    assert signed_in.redirect_chain
    assert signed_in.context["user"].get_username() == "colleague"
    assert signed_in.context["user"].has_perm("missions.change_mission")


@pytest.mark.parametrize(
    ("database_url", "secret_key", "is_mentioned"),
    [("postgresql:///pkportal", "", True), ("postgresql:///pkportal", "x" * 50, False), ("", "", False)],
)
def test_secret_key_of_one_machine_is_mentioned_where_several_may_serve_a_database(
    monkeypatch, database_url, secret_key, is_mentioned
):
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SECRET_KEY", secret_key)
    out = io.StringIO()

    Command(stdout=out).mention_own_secret_key()

    assert ("give all of them the same" in out.getvalue()) == is_mentioned


def test_down_does_not_stop_another_server(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
    out = io.StringIO()

    call_command("down", stdout=out)

    assert out.getvalue() == "DATABASE_URL names another server, which is not the portal's to stop.\n"


def test_down_without_a_running_server_says_so(monkeypatch, tmp_path):
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "pkportal.embedded")
    monkeypatch.setitem(connection.settings_dict, "DATA_DIR", tmp_path)
    out = io.StringIO()

    call_command("down", stdout=out)

    assert out.getvalue() == "No embedded PostgreSQL is running.\n"


@contextmanager
def other_database(django_db_blocker, suffix, options=""):
    """Make another database, and use it as the default one."""
    name = f"{connection.settings_dict['NAME']}_{suffix}"
    with django_db_blocker.unblock():
        copied(name, "template0", options)
        with used(name):
            yield
        dropped(name)


@pytest.fixture
def latin_database(django_db_setup, django_db_blocker):
    """Use a database with another encoding."""
    options = "ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc"
    with other_database(django_db_blocker, "latin", options):
        yield


def test_database_without_utf_8_is_refused(latin_database):
    with pytest.raises(CommandError, match="encoded in LATIN1"):
        Command().prepare()


@pytest.fixture
def empty_database(django_db_setup, django_db_blocker):
    """Use a database without tables."""
    with other_database(django_db_blocker, "old"):
        yield


def rows_by_table():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own table
            rows[table] = cursor.fetchall()
        return rows


OLD_MIGRATIONS = """
CREATE TABLE django_migrations (id bigint, app text, name text, applied timestamptz);
INSERT INTO django_migrations VALUES (1, '{app}', '0001_initial', now());
"""


@pytest.mark.parametrize(
    "sql",
    [
        OLD_MIGRATIONS.format(app="sourcing"),
        OLD_MIGRATIONS.format(app="publishing"),
        OLD_MIGRATIONS.format(app="missions") + "CREATE TABLE sourcing_source (code text)",
        "CREATE TABLE sourcing_source (code text)",
    ],
)
def test_database_of_an_earlier_version_is_refused_with_instructions_and_not_changed(empty_database, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    before = rows_by_table()

    with pytest.raises(CommandError, match="made by a version before 0.9.0") as refusal:
        Command(stdout=io.StringIO()).prepare()

    words = str(refusal.value)
    steps = ["manage.py dump DIR", "new, empty database", "manage.py migrate", "manage.py load DIR", "manage.py up"]
    assert sorted(steps, key=words.index) == steps
    assert rows_by_table() == before


def test_empty_database_is_not_of_an_earlier_version(empty_database):
    assert not is_of_earlier_version()


@pytest.mark.django_db
def test_migrated_database_is_not_of_an_earlier_version():
    assert not is_of_earlier_version()
