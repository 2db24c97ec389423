"""Values of environment variables as settings; an invalid one is an error that names the variable."""

import contextlib
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg.conninfo
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def yes_no_variable(name: str) -> bool:
    """Return an environment variable as True for yes and False for no; anything else is ``ImproperlyConfigured``."""
    value = os.environ.get(name, "no").lower()
    if value not in {"yes", "no"}:
        raise ImproperlyConfigured(f"{name} is “{value}”: write yes or no.")
    return value == "yes"


def number_variable(name: str, default: int) -> int:
    """Return an environment variable as a whole number; anything else is ``ImproperlyConfigured``."""
    text = os.environ.get(name) or str(default)
    if not (text.isascii() and text.isdecimal()):
        raise ImproperlyConfigured(f"{name} is “{text}”: write a whole number.")
    return int(text)


def stored_secret_key() -> str:
    """Return the secret key of this account on this machine, made once and kept outside of any checkout."""
    home = Path(os.environ.get("XDG_STATE_HOME", ""))
    if not home.is_absolute():  # the XDG specification ignores a relative path
        home = Path.home() / ".local" / "state"
    path = home / "pkportal" / "secret-key"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            # written in full before it gets its name: another process may start at the same moment
            with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
                file.write(get_random_secret_key())
                file.flush()
                os.fsync(file.fileno())
                with contextlib.suppress(FileExistsError):
                    os.link(file.name, path)
        key = path.read_text(errors="replace")
    except OSError as error:
        reason = f"SECRET_KEY is not set, and none can be kept in {path}: {error.strerror}."
        raise ImproperlyConfigured(reason) from None
    if not key.isascii() or len(key) < 50:
        raise ImproperlyConfigured(f"{path} contains no secret key that we made. Remove it, and a new one is made.")
    return key


def database_settings(url: str | None, embedded_folder: Path) -> dict:
    """Return the entry of DATABASES for a postgresql:// address, or for the embedded server if there is none."""
    if not url:
        return {"ENGINE": "pkportal.embedded", "NAME": "pkportal", "DATA_DIR": embedded_folder}
    return postgresql_settings("DATABASE_URL", url, {"connect_timeout": 10})


def replica_settings(urls: str) -> dict[str, dict]:
    """Return the entries of DATABASES for replicas, named in the order of their addresses: ``replica_1``.

    Another server can answer for a replica, so that one whose machine is gone is given up soon.
    """
    limits = {"connect_timeout": 2, "tcp_user_timeout": 3_000}
    return {
        f"replica_{number}": postgresql_settings("REPLICA_URLS", url, limits)
        for number, url in enumerate(urls.split(), start=1)
    }


def postgresql_settings(variable: str, url: str, limits: dict[str, int]) -> dict:
    """Return the entry of DATABASES for a postgresql:// address; its parameters come before those limits."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(f"{variable} must begin with postgresql://: the portal runs on PostgreSQL only.")
    try:
        parts = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured(f"{variable} cannot be read: {str(error).strip()}") from None
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    options = {django_name: str(parts.pop(libpq_name, "")) for django_name, libpq_name in names.items()}
    if not options["NAME"]:
        raise ImproperlyConfigured(f"{variable} names no database: end it with /pkportal, for example.")
    return {"ENGINE": "django.db.backends.postgresql", **options, "OPTIONS": {**limits, **parts}}


def email_settings(url: str | None) -> dict[str, str | int | bool | None]:
    """Return Django's settings for an smtp:// or smtps:// address, or mail on the console if there is none."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if not re.fullmatch(r"smtps?://([^@/]*@)?([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[1-9][0-9]{0,4})?/?", url):
        raise ImproperlyConfigured("EMAIL_URL must be like smtp://user:password@mail.example.org:587.")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1", "::1"},
        "EMAIL_TIMEOUT": 5,  # who asks for a new password waits for the mail server
    }
