"""The portal as `manage.py up` serves it, with the whole record in a database of its own, for the time of the tests."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from django.db import connection

from tests import databases

ROOT = Path(__file__).parents[1]
OURS = {"SITE_URL", "ALLOWED_HOSTS", "BEHIND_PROXY", "DEBUG", "DJANGO_SETTINGS_MODULE"}


@contextlib.contextmanager
def database(name, template):
    """Lend a copy of a database, as an address for DATABASE_URL."""
    databases.copied(name, template)
    yield address_of(name)
    databases.dropped(name)


def address_of(name):
    """Return the address of a database, for DATABASE_URL."""
    known = {key: value for key, value in connection.get_connection_params().items() if isinstance(value, str | int)}
    return f"postgresql:///?{urlencode({**known, 'dbname': name})}"


@contextlib.contextmanager
def served(database_url, log, *, is_prepared=False, **environment):
    """Serve a fresh portal; its log is shown when it does not start.

    One that ``is_prepared`` begins at once: another portal has prepared the database.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    bind, command = f"127.0.0.1:{port}", ["manage.py", "up", "--bind", f"127.0.0.1:{port}"]
    if is_prepared:
        command, environment["SITE_URL"] = ["-m", "pkportal.serving", "127.0.0.1", port], f"http://{bind}"
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    environment = {**kept, "DATABASE_URL": database_url, **environment}
    with log.open("w") as out:
        portal = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        wait_for(portal, f"http://{bind}/healthz", log)
        yield f"http://{bind}"
    finally:
        portal.terminate()
        portal.wait(timeout=30)


def wait_for(portal, address, log):
    for _ in range(3000):
        with contextlib.suppress(URLError), urlopen(address):  # noqa: S310, ours
            return
        assert portal.poll() is None, f"The portal did not start:\n{log.read_text()}"
        time.sleep(0.1)
    raise AssertionError(f"The portal did not answer:\n{log.read_text()}")
