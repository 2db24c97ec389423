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
from pkportal.embedded.access import HOST_RULES, ROLE, SUPERUSER, user_map
from pkportal.embedded.accounts import WINDOWS
from pkportal.embedded.locks import inherited_locks
from pkportal.embedded.paths import find_home, prepare_home, socket_directory
from pkportal.embedded.programs import programs_for

TIMEOUT = 120  # seconds for a server to start or to stop
PORT_LINE, SOCKET_LINE, READY_LINE = 3, 4, 7  # of postmaster.pid; the last is “ready” once it takes connections

# Collation and case are PostgreSQL's own C.UTF-8, the same everywhere; the full-text parser still asks the system
# what a letter is, and under a plain C it would take “ and — for letters.
LC_CTYPE = {"darwin": "en_US.UTF-8", "win32": "en-US"}.get(sys.platform, "C.UTF-8")


class Cluster:
    """The data under one directory of the portal, with or without a server running on it."""

    def __init__(self, base: Path):
        self.base = base
        self.home, self.account = find_home(base)
        self.data = self.home / "data"
        self.log = self.home / "log"

    @cached_property
    def programs(self):
        """The directory of programs that the account can run."""
        return programs_for(self.account, self.home)

    def pid_file_lines(self):
        """Return the lines of postmaster.pid, or an empty list if no server was started."""
        try:
            return os.fsdecode((self.data / "postmaster.pid").read_bytes()).splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return []

    def process(self):
        """Return the running server; after a reboot or in a container its old process id may be another program's."""
        try:
            process = psutil.Process(int(self.pid_file_lines()[0]))
            return process if Path(process.cwd()).samefile(self.data) else None
        except (IndexError, ValueError, OSError, psutil.Error):
            return None

    def is_ready(self):
        """True if a server is running that takes connections."""
        return self.process() is not None and [line.strip() for line in self.pid_file_lines()[READY_LINE:]] == ["ready"]

    def connection_settings(self, user=ROLE):
        """Return how to connect to the running server, as keys of Django's DATABASES."""
        lines = self.pid_file_lines()
        port, directory = lines[PORT_LINE], lines[SOCKET_LINE]
        password = (self.base / "password").read_text() if WINDOWS else ""
        return {"HOST": directory or "127.0.0.1", "PORT": port, "USER": user, "PASSWORD": password}

    def start(self):
        """Start a server and wait until it accepts connections, in whatever state the last one ended."""
        prepare_home(self.base, self.home, self.account)
        if not self.data.exists():
            self.initialise()
        latest = time.monotonic() + TIMEOUT
        while not self.is_ready():
            if time.monotonic() > latest:
                raise Unavailable(f"PostgreSQL is not ready after {TIMEOUT} seconds; {self.log} says why.")
            if not self.process():
                self.launch()
            time.sleep(0.05)

    def initialise(self):
        """Run initdb under another name and rename the result, so that a killed initdb leaves nothing to repair."""
        for unfinished in self.home.glob("unfinished-*"):
            shutil.rmtree(unfinished, ignore_errors=True)  # a child of the killed initdb may still write there
        unfinished = self.account.make_private(Path(tempfile.mkdtemp(dir=self.home, prefix="unfinished-")))
        self.run_program(
            *("initdb", "--pgdata", unfinished, f"--username={SUPERUSER}", "--no-instructions", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={LC_CTYPE}"),
            *("--text-search-config=english", *self.authentication_options()),
        )
        unfinished.rename(self.data)

    def authentication_options(self):
        """Return initdb's authentication options: by the user of a socket, or by a password on Windows."""
        if not WINDOWS:
            return ["--auth-local=peer", "--auth-host=reject"]
        password = self.base / "password"
        password.write_text(secrets.token_urlsafe(32))
        return ["--auth=scram-sha-256", f"--pwfile={password}"]

    def write_access_rules(self):
        """Write who may connect; an earlier version trusted whoever reached the socket."""
        if not WINDOWS:
            self.account.write(self.data / "pg_hba.conf", HOST_RULES)
            self.account.write(self.data / "pg_ident.conf", user_map(self.base, self.account))

    def launch(self):
        """Start a server; if the shared memory of a killed one is still there, the caller tries again."""
        self.write_access_rules()
        settings = self.server_options()
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # another program may have its process id by now
        log_size = self.log.stat().st_size if self.log.exists() else 0
        try:
            with inherited_locks(self.home) as locks:
                self.run_program("pg_ctl", "start", "-w", "-t", TIMEOUT, "-l", "log", "-o", settings, keep_open=locks)
        except Unavailable as error:
            new_log = self.log.read_bytes()[log_size:].decode(errors="replace").strip() if self.log.exists() else ""
            if "pre-existing shared memory block" not in new_log:
                raise Unavailable(f"{error}\n{new_log[-2000:]}") from None

    def server_options(self):
        """Return the options of the server: where to listen and how much memory to use."""
        memory = psutil.virtual_memory().total // 2**20
        chosen = {
            **self.listen_settings(),
            "shared_buffers": f"{min(max(memory // 16, 64), 256)}MB",
            "effective_cache_size": f"{memory // 2}MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            "random_page_cost": "1.1",
            "log_checkpoints": "off",
        }
        return " ".join(f"-c {name}={value}" for name, value in chosen.items())

    def listen_settings(self):
        """Return the settings to listen on the socket only, or on a free local port where there are no sockets."""
        if not WINDOWS:
            directory = socket_directory(self.base, self.account)
            for old_socket in directory.glob(".s.PGSQL.*"):
                old_socket.unlink()  # its lock file may name the process id of another program, or of a zombie
            quoted = shlex.quote(f'"{directory}"')  # once for the shell, once for PostgreSQL's list of directories
            return {"listen_addresses": "''", "unix_socket_directories": quoted, "unix_socket_permissions": "0700"}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return {"listen_addresses": "127.0.0.1", "port": free.getsockname()[1]}

    def stop(self):
        """Stop the server and end every session; return False if none was running."""
        if not self.process():
            return False
        directories = self.pid_file_lines()[SOCKET_LINE : SOCKET_LINE + 1]
        self.run_program("pg_ctl", "stop", "-w", "-t", TIMEOUT, "-m", "fast")
        for directory in filter(None, directories):
            with contextlib.suppress(OSError):
                Path(directory).rmdir()
        return True

    def run_program(self, program, *arguments, keep_open=()):
        """Run one of PostgreSQL's programs in the cluster's directory. Raises ``Unavailable`` with its output."""
        status, output = self.account.run(
            self.programs / program, *arguments, cwd=self.home, keep_open=keep_open, PGDATA=str(self.data)
        )
        if status:
            raise Unavailable(f"PostgreSQL's {program} failed: {output}")
