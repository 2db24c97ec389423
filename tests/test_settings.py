"""Settings are read from the environment, and an invalid value stops the portal with a clear message."""

import os
import runpy
import socket
import stat
import subprocess
import sys
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def settings_with(**environment):
    """Read the settings of another environment."""
    ours = {"DATABASE_URL", "SITE_URL", "SECRET_KEY"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    with patch.dict(os.environ, {**inherited, **environment}, clear=True):
        return SimpleNamespace(**runpy.run_path(settings.BASE_DIR / "pkportal" / "settings.py"))


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"DEBUG": "maybe"}, "DEBUG is “maybe”: write yes or no."),
        ({"DATABASE_URL": "sqlite:///db"}, "the portal runs on PostgreSQL only"),
        ({"DATABASE_URL": "http://[x"}, "the portal runs on PostgreSQL only"),
        ({"DATABASE_URL": "postgresql://localhost"}, "DATABASE_URL names no database"),
        ({"DATABASE_URL": "postgresql://localhost/x?nonsense=1"}, "DATABASE_URL cannot be read"),
        ({"REPLICA_URLS": "postgresql://a/x sqlite:///db"}, "REPLICA_URLS must begin with postgresql://"),
        ({"REPLICA_URLS": "postgresql://localhost"}, "REPLICA_URLS names no database"),
        ({"REPLICA_LAG": "soon"}, "REPLICA_LAG is “soon”: write a whole number."),
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
        ({"STAFF_MFA": "yes"}, "STAFF_MFA is “yes”: write required or optional."),
        *[
            ({"EMAIL_URL": url}, "EMAIL_URL must be like smtp://user:password@mail.example.org:587.")
            for url in [
                "mail.example.org",
                "https://mail.example.org",
                "smtp://",
                "smtp://mail:port",
                "smtp://mail/inbox",
            ]
        ],
        ({"CONTACT": "desk@record.example"}, "CONTACT must begin with https:// or mailto:."),
        ({"SECRET_KEY": "x" * 49}, "SECRET_KEY is shorter than 50 characters."),
        ({"SECRET_KEY_FALLBACKS": f"{'x' * 50} y"}, "SECRET_KEY_FALLBACKS has a key of under 50 characters."),
        ({"DEBUG": "yes", "SITE_URL": "https://record.example.org"}, "DEBUG is yes and SITE_URL is public"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is “xml”: write logfmt or json."),
        ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN must have 20 characters or more, and no spaces."),
        (
            {"XDG_STATE_HOME": "/dev/null"},
            "SECRET_KEY is not set, and none can be kept in /dev/null/pkportal/secret-key",
        ),
    ],
)
def test_invalid_value_is_named(environment, message):
    with pytest.raises(ImproperlyConfigured) as error:
        settings_with(**environment)

    assert message in str(error.value)


def test_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    keys = {settings_with(XDG_STATE_HOME=str(tmp_path)).SECRET_KEY for _ in range(2)}

    (key,) = keys
    path = tmp_path / "pkportal" / "secret-key"
    assert path.read_text() == key
    assert len(key) == 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [*path.parent.iterdir()] == [path]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"short"])
def test_invalid_secret_key_file_is_refused(tmp_path, content):
    path = tmp_path / "pkportal" / "secret-key"
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(ImproperlyConfigured) as error:
        settings_with(XDG_STATE_HOME=str(tmp_path))

    assert f"{path} contains no secret key that we made. Remove it, and a new one is made." in str(error.value)


def test_relative_state_folder_is_ignored(tmp_path):
    read = settings_with(XDG_STATE_HOME="state", HOME=str(tmp_path))

    assert (tmp_path / ".local" / "state" / "pkportal" / "secret-key").read_text() == read.SECRET_KEY


def test_command_line_reports_an_invalid_value_in_one_sentence():
    command = [sys.executable, settings.BASE_DIR / "manage.py", "up"]
    process = subprocess.run(command, env={**os.environ, "DEBUG": "maybe"}, capture_output=True, text=True, check=False)

    assert (process.returncode, process.stderr) == (1, "DEBUG is “maybe”: write yes or no.\n")


@pytest.mark.parametrize(
    "command", [["load", "fixtures"], ["dump", "out"], ["migrate"], ["up", "--bind", "127.0.0.1:8999"]]
)
def test_command_without_a_database_reports_it_without_a_traceback(tmp_path, command):
    with socket.socket() as reserved_port:  # a bound port on which nobody listens refuses connections
        reserved_port.bind(("127.0.0.1", 0))
        url = f"postgresql://me@127.0.0.1:{reserved_port.getsockname()[1]}/record"
        process = subprocess.run(
            [sys.executable, settings.BASE_DIR / "manage.py", *command],
            cwd=tmp_path,
            env={**os.environ, "DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )

    assert process.returncode == 1
    assert "The database cannot be used: connection failed" in process.stderr
    assert "Traceback" not in process.stderr


def test_site_url_is_normalised_to_lower_case():
    read = settings_with(SITE_URL="HTTPS://Record.Example.org/")

    assert read.SITE_URL == "https://record.example.org"
    assert read.ALLOWED_HOSTS == ["record.example.org"]
    assert read.CSRF_TRUSTED_ORIGINS == ["https://record.example.org"]


def test_database_url_is_parsed():
    url = "postgresql://me:p%40ss@db.example:5433/record?sslmode=require"

    database = settings_with(DATABASE_URL=url).DATABASES["default"]
    assert {name: database[name] for name in ["NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS"]} == {
        "NAME": "record",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"connect_timeout": 10, "sslmode": "require"},
    }


def test_replicas_are_named_in_the_order_of_their_addresses_and_given_up_soon():
    urls = "postgresql://me@first.example/record postgresql://me@second.example/record?connect_timeout=5"
    databases = settings_with(REPLICA_URLS=urls).DATABASES

    assert [(alias, it["HOST"], it["OPTIONS"]) for alias, it in databases.items() if "HOST" in it] == [
        ("replica_1", "first.example", {"connect_timeout": 2, "tcp_user_timeout": 3000}),
        ("replica_2", "second.example", {"connect_timeout": "5", "tcp_user_timeout": 3000}),
    ]
    assert settings_with().REPLICAS == []


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://me:p%40ss@mail.example.org", ["mail.example.org", 587, "me", "p@ss", True, False]),
        ("smtps://mail.example.org", ["mail.example.org", 465, "", "", False, True]),
        ("smtp://localhost:25", ["localhost", 25, "", "", False, False]),
    ],
)
def test_email_url_is_parsed_and_mail_leaves_the_machine_encrypted(url, server):
    read = settings_with(EMAIL_URL=url)

    names = ["HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL"]
    assert [getattr(read, f"EMAIL_{name}") for name in names] == server


def test_without_email_url_mail_is_printed():
    assert "console" in settings_with().EMAIL_BACKEND


@pytest.mark.parametrize(("url", "secure"), [("https://record.example.org", True), ("http://127.0.0.1:8000", False)])
def test_cookies_and_redirects_are_secure_unless_the_site_is_plain_http(url, secure):
    read = settings_with(SITE_URL=url)

    assert read.SESSION_COOKIE_SECURE is read.CSRF_COOKIE_SECURE is read.SECURE_SSL_REDIRECT is secure
    assert read.DEBUG is False


def test_unknown_host_gets_400_and_is_not_logged():
    code = (
        "import django; django.setup(); from django.test import Client; "
        "print(Client().get('/about/', headers={'host': 'false.example'}).status_code)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "pkportal.settings", "SITE_URL": "http://localhost"}
    process = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert process.stdout == "400\n"
    assert "false.example" not in process.stderr
