"""The settings are read from the environment, once, and a value that makes no sense stops the portal aloud."""

import json
import os
import socket
import stat
import subprocess
import sys

import pytest
from django.conf import settings


def read(expression="", **environment):
    """Read the settings in a process of its own and give what it printed."""
    code = f"from pkportal import settings; print({expression})"
    known = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SITE_URL", "SECRET_KEY"}
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**known, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DEBUG": "maybe"}, "DEBUG is “maybe”: write yes or no."),
        ({"DATABASE_URL": "sqlite:///db"}, "the portal runs on PostgreSQL only"),
        ({"DATABASE_URL": "http://[x"}, "the portal runs on PostgreSQL only"),
        ({"DATABASE_URL": "postgresql://localhost"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "postgresql://localhost/x?nonsense=1"}, "DATABASE_URL cannot be read"),
        ({"SITE_URL": "record.example.org"}, "SITE_URL must be like https://record.example.org"),
        ({"SITE_URL": "https://record.example.org/nato"}, "without a path"),
        *[
            ({"SITE_URL": url}, "SITE_URL must be like https://record.example.org, without a path.")
            for url in [
                "https://[x",
                "https://[12345::1::2]",
                "https://x:99999",
                "https://x:0",
                "https://x:port",
                "https://*",
                "https://.x",
                "https://x?q=1",
                "https://me@x",
                "",
            ]
        ],
        ({"CONTACT": "desk@record.example"}, "CONTACT must begin with https:// or mailto:."),
        (
            {"XDG_STATE_HOME": "/dev/null"},
            "SECRET_KEY is not set, and none can be kept in /dev/null/pkportal/secret-key",
        ),
    ],
)
def test_a_value_that_makes_no_sense_is_named(environment, words):
    done = read(**environment)

    assert done.returncode
    assert words in done.stderr.splitlines()[-1]


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    keys = {read("settings.SECRET_KEY", XDG_STATE_HOME=str(tmp_path)).stdout for _ in range(2)}

    (key,) = keys
    path = tmp_path / "pkportal" / "secret-key"
    assert path.read_text() == key.strip()
    assert len(key.strip()) == 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [*path.parent.iterdir()] == [path]


@pytest.mark.parametrize("left", [b"", b"\xff\xfe", b"short"])
def test_a_key_that_was_lost_is_not_taken_for_one(tmp_path, left):
    path = tmp_path / "pkportal" / "secret-key"
    path.parent.mkdir()
    path.write_bytes(left)

    done = read(XDG_STATE_HOME=str(tmp_path))

    assert f"{path} holds no secret key that we made. Remove it, and a new one is made." in done.stderr


def test_a_key_is_never_kept_in_the_folder_one_happens_to_be_in(tmp_path):
    done = read("settings.SECRET_KEY", XDG_STATE_HOME="state", HOME=str(tmp_path))

    assert done.stdout.strip() == (tmp_path / ".local" / "state" / "pkportal" / "secret-key").read_text()


def test_the_command_line_says_it_in_one_sentence():
    command = [sys.executable, settings.BASE_DIR / "manage.py", "up"]
    done = subprocess.run(command, env={**os.environ, "DEBUG": "maybe"}, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (1, "DEBUG is “maybe”: write yes or no.\n")


@pytest.mark.parametrize(
    "command", [["load", "fixtures"], ["dump", "out"], ["migrate"], ["up", "--bind", "127.0.0.1:8999"]]
)
def test_a_command_without_its_database_says_so_in_a_sentence(tmp_path, command):
    with socket.socket() as nobody:  # who is bound and does not listen refuses
        nobody.bind(("127.0.0.1", 0))
        url = f"postgresql://me@127.0.0.1:{nobody.getsockname()[1]}/record"
        done = subprocess.run(
            [sys.executable, settings.BASE_DIR / "manage.py", *command],
            cwd=tmp_path,
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert "The database cannot be used: connection failed" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_in_capitals_is_the_same_address():
    said = "settings.SITE_URL, settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS"

    address = "https://record.example.org"
    assert (
        read(said, SITE_URL="HTTPS://Record.Example.org/").stdout == f"{address} ['record.example.org'] ['{address}']\n"
    )


def test_a_database_address_is_taken_apart():
    url = "postgresql://me:p%40ss@db.example:5433/record?sslmode=require"
    said = "__import__('json').dumps(settings.DATABASES['default'])"

    database = json.loads(read(said, DATABASE_URL=url).stdout)
    assert {name: database[name] for name in ["NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS"]} == {
        "NAME": "record",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"connect_timeout": 10, "sslmode": "require"},
    }


@pytest.mark.parametrize(("url", "secure"), [("https://record.example.org", True), ("http://127.0.0.1:8000", False)])
def test_plain_http_is_the_only_thing_that_relaxes_cookies(url, secure):
    said = "[settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT, settings.DEBUG]"

    assert read(said, SITE_URL=url).stdout.strip() == str([secure, secure, secure, False])


def test_a_false_host_name_gets_an_answer_and_does_not_fill_the_log():
    code = (
        "import django; django.setup(); from django.test import Client; "
        "print(Client().get('/about/', headers={'host': 'false.example'}).status_code)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "pkportal.settings", "SITE_URL": "http://localhost"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "400\n"
    assert "false.example" not in done.stderr
