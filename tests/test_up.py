"""What `manage.py up` and `manage.py down` refuse, and what they do once and never again."""

import io
import re
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection

from pkportal.management.address import Address
from pkportal.management.commands.up import Command

User = get_user_model()


def test_refuses_a_port_in_use_before_it_touches_anything():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} on 127.0.0.1 is in use") as refusal:
            call_command("up", "--bind", f"127.0.0.1:{port}")

    assert refusal.value.returncode == 1


@pytest.mark.parametrize("bind", ["0.0.0.0:8000", "[::]:8000"])
def test_refuses_to_send_passwords_over_a_network_in_the_clear(bind, monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)

    with pytest.raises(CommandError, match="plain HTTP would show passwords"):
        call_command("up", "--bind", bind)


@pytest.mark.parametrize("bind", ["8000", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", ":8000"])
def test_refuses_what_is_no_address(bind):
    with pytest.raises(CommandError, match="is not HOST:PORT"):
        call_command("up", "--bind", bind)


@pytest.mark.parametrize("bind", ["a..b:8000", f"{'a' * 80}:8000", "nowhere.invalid:8000"])
def test_refuses_a_name_that_stands_for_no_address(bind):
    with pytest.raises(CommandError, match="is no address of this machine"):
        call_command("up", "--bind", bind)


@pytest.mark.parametrize("bind", ["127.0.0.1:8000", "localhost:8000", "127.9.9.9:80", "[::1]:8000"])
def test_knows_addresses_that_only_this_machine_reaches(bind):
    assert Address.parse(bind).is_loopback
    assert str(Address.parse(bind)) == bind


@pytest.mark.django_db
def test_first_editor_gets_a_password_that_is_shown_once_and_works(client):
    Group.objects.get_or_create(name="Editor")
    first, second = io.StringIO(), io.StringIO()

    Command(stdout=first).welcome_editor()
    Command(stdout=second).welcome_editor()

    password = re.search(r"password (\S+)", first.getvalue())[1]
    editor = User.objects.get()
    assert client.login(username="editor", password=password)
    assert (editor.is_staff, editor.is_superuser) == (True, False)
    assert editor.groups.filter(name="Editor").exists()
    assert second.getvalue() == ""


@pytest.mark.django_db
def test_every_first_editor_gets_another_password():
    told = {io.StringIO(), io.StringIO()}
    for out in told:
        Command(stdout=out).welcome_editor()
        User.objects.all().delete()

    assert len({out.getvalue() for out in told}) == 2


def test_down_leaves_another_server_alone(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
    out = io.StringIO()

    call_command("down", stdout=out)

    assert out.getvalue() == "DATABASE_URL names another server, which is not the portal's to stop.\n"


def test_down_says_that_nothing_runs(monkeypatch, tmp_path):
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "pkportal.embedded")
    monkeypatch.setitem(connection.settings_dict, "DATA_DIR", tmp_path)
    out = io.StringIO()

    call_command("down", stdout=out)

    assert out.getvalue() == "No embedded PostgreSQL is running.\n"


@pytest.fixture
def latin(django_db_setup, django_db_blocker, monkeypatch):
    """Make a database of another encoding, and work on it."""
    name = f"{connection.settings_dict['NAME']}_latin"
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            server.execute(
                f"CREATE DATABASE \"{name}\" ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0"
            )
        with monkeypatch.context() as here:
            here.setitem(connection.settings_dict, "NAME", name)
            yield
            connection.close()
        with connection._nodb_cursor() as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_refuses_a_database_that_cannot_hold_every_letter(latin):
    with pytest.raises(CommandError, match="encoded in LATIN1"):
        Command().prepare()


def test_a_worker_does_not_hear_what_the_terminal_says_to_the_server():
    code = "import os; from pkportal.management import worker; print(os.getpgrp() == os.getpid())"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )

    assert said.stdout == "True\n"
