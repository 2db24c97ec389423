"""PostgreSQL's client programs, pg_dump and pg_restore, run on the portal's database."""

import os
import re
import shutil
import subprocess
from typing import Any

from django.core.management.base import CommandError
from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from pkportal.embedded.programs import program_of_wheel


def run_client_program(name: str, *arguments: str, connected: bool = True) -> str:
    """Run a client program and return its output, or raise ``CommandError`` with what it says about the failure.

    If connected, it gets the connection that Django has: the password by its environment, where others cannot read it.
    """
    command = [client_program(name), "--no-password", *arguments] if connected else [client_program(name), *arguments]
    environment = {**os.environ, "LC_MESSAGES": "C"}
    if connected:
        options = libpq_options()
        if password := options.pop("password", ""):
            environment["PGPASSWORD"] = password
        command.append(f"--dbname={make_conninfo(**options)}")
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603, PostgreSQL's own
    if done.returncode:
        raise CommandError(f"{name} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode(errors="replace")


def libpq_options() -> dict[str, Any]:
    """Return the options of libpq that Django connects with; an older program may not know the defaults of ours."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    return {name: value for name, value in connection.get_connection_params().items() if name in known}


def client_program(name: str) -> str:
    """Return the path of a program that suits the server: the embedded server's own, else the one on PATH."""
    connection.ensure_connection()
    if connection.settings_dict["ENGINE"] == "pkportal.embedded":
        return str(program_of_wheel(name))
    server = connection.pg_version // 10_000
    path = shutil.which(name)
    if not path:
        raise CommandError(f"{name} is not on PATH. Install the client programs of PostgreSQL {server}.")
    output = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    version = re.search(r"\(PostgreSQL\) (\d+)", output)
    if not version or int(version[1]) < server:
        raise CommandError(
            f"{path} is of PostgreSQL {version[1] if version else 'an unknown version'} and the server of {server}. "
            f"Install the client programs of PostgreSQL {server}, and put them first on PATH."
        )
    return path
