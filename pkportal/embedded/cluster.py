"""One PostgreSQL cluster: its data, and the server that runs on it."""

import contextlib
import os
import secrets
import shlex
import shutil
import socket
import sys
import tempfile
import time
from functools import cached_property
from pathlib import Path

import psutil

from pkportal.embedded import Unavailable
from pkportal.embedded.accounts import WINDOWS
from pkportal.embedded.locks import spared
from pkportal.embedded.places import find, settle, socket_directory
from pkportal.embedded.programs import programs_for

PATIENCE = 120  # seconds for a server to get ready or to go
READY_LINE = 7  # of postmaster.pid, whose lines are: number, data, time, port, socket directory, host, memory, state

# Collation and case are PostgreSQL's own C.UTF-8, the same everywhere; the full-text parser still asks the system
# what a letter is, and under a plain C it would take “ and — for letters.
LETTERS = {"darwin": "en_US.UTF-8", "win32": "en-US"}.get(sys.platform, "C.UTF-8")


class Cluster:
    """The data under one directory of the portal, with or without a server running on it."""

    def __init__(self, base: Path):
        self.base = base
        self.home, self.account = find(base)
        self.data = self.home / "data"
        self.log = self.home / "log"

    @cached_property
    def programs(self):
        """The directory of programs that the account can run."""
        return programs_for(self.account, self.home)

    def state(self):
        """Return the lines of postmaster.pid, or none where no server was started."""
        try:
            return os.fsdecode((self.data / "postmaster.pid").read_bytes()).splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return []

    def process(self):
        """Return the running server; after a reboot or in a container its old process id may be another program's."""
        try:
            process = psutil.Process(int(self.state()[0]))
            return process if Path(process.cwd()).samefile(self.data) else None
        except (IndexError, ValueError, OSError, psutil.Error):
            return None

    def is_ready(self):
        """True if a server is running that takes connections."""
        return self.process() is not None and [line.strip() for line in self.state()[READY_LINE:]] == ["ready"]

    def connection(self):
        """Return how to connect to the running server, as keys of Django's DATABASES."""
        port, directory = self.state()[3:5]
        password = (self.base / "password").read_text() if WINDOWS else ""
        return {"HOST": directory or "127.0.0.1", "PORT": port, "USER": "postgres", "PASSWORD": password}

    def start(self):
        """Make sure that a server takes connections, whatever state the last one ended in."""
        settle(self.base, self.home, self.account)
        if not self.data.exists():
            self.make()
        latest = time.monotonic() + PATIENCE
        while not self.is_ready():
            if time.monotonic() > latest:
                raise Unavailable(f"PostgreSQL is not ready after {PATIENCE} seconds; {self.log} says why.")
            if not self.process():
                self.launch()
            time.sleep(0.05)

    def make(self):
        """Run initdb under another name and rename the result, so that a killed initdb leaves nothing to repair."""
        for unfinished in self.home.glob("unfinished-*"):
            shutil.rmtree(unfinished, ignore_errors=True)  # a child of the killed initdb may still write there
        unfinished = self.account.own(Path(tempfile.mkdtemp(dir=self.home, prefix="unfinished-")))
        self.tell(
            *("initdb", "--pgdata", unfinished, "--username=postgres", "--no-instructions", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={LETTERS}"),
            *("--text-search-config=english", *self.authentication()),
        )
        unfinished.rename(self.data)

    def authentication(self):
        """Return initdb's authentication options: trust on a socket closed to others, a password on Windows."""
        if not WINDOWS:
            return ["--auth-local=trust", "--auth-host=reject"]
        password = self.base / "password"
        password.write_text(secrets.token_urlsafe(32))
        return ["--auth=scram-sha-256", f"--pwfile={password}"]

    def launch(self):
        """Start a server; shared memory of a killed one may need a moment to go."""
        settings = self.settings()
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # its number may be a stranger's by now
        written = self.log.stat().st_size if self.log.exists() else 0
        try:
            with spared(self.home) as held:
                self.tell("pg_ctl", "start", "-w", "-t", PATIENCE, "-l", "log", "-o", settings, keep_open=held)
        except Unavailable as error:
            news = self.log.read_bytes()[written:].decode(errors="replace").strip() if self.log.exists() else ""
            if "pre-existing shared memory block" not in news:
                raise Unavailable(f"{error}\n{news[-2000:]}") from None

    def settings(self):
        """Write the settings that PostgreSQL cannot know: where to listen and how much memory to use."""
        memory = psutil.virtual_memory().total // 2**20
        chosen = {
            **self.listening(),
            "shared_buffers": f"{min(max(memory // 16, 64), 256)}MB",
            "effective_cache_size": f"{memory // 2}MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            "random_page_cost": "1.1",
            "log_checkpoints": "off",
        }
        return " ".join(f"-c {name}={value}" for name, value in chosen.items())

    def listening(self):
        """Return the settings to listen on the socket only, or on a free local port where there are no sockets."""
        if not WINDOWS:
            directory = socket_directory(self.base, self.account)
            for left in directory.glob(".s.PGSQL.*"):
                left.unlink()  # the number in its lock, too, may be a stranger's, or of a dead process nobody buried
            quoted = shlex.quote(f'"{directory}"')  # once for the shell, once for PostgreSQL's list of directories
            return {"listen_addresses": "''", "unix_socket_directories": quoted, "unix_socket_permissions": "0700"}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return {"listen_addresses": "127.0.0.1", "port": free.getsockname()[1]}

    def stop(self):
        """Stop the server and end every session; False when none was running."""
        if not self.process():
            return False
        directories = self.state()[4:5]
        self.tell("pg_ctl", "stop", "-w", "-t", PATIENCE, "-m", "fast")
        for directory in filter(None, directories):
            with contextlib.suppress(OSError):
                Path(directory).rmdir()
        return True

    def tell(self, program, *arguments, keep_open=()):
        """Run one of PostgreSQL's programs in the cluster's directory, or raise ``Unavailable`` with its output."""
        status, said = self.account.run(
            self.programs / program, *arguments, cwd=self.home, keep_open=keep_open, PGDATA=str(self.data)
        )
        if status:
            raise Unavailable(f"PostgreSQL's {program} failed: {said}")
