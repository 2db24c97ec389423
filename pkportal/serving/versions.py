"""How a server learns the content version for each request: by asking the database, or by a lease."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

from pkportal.content.kept_counts import fold_counts
from pkportal.content.version import NextPublication, fold_changes, next_publication, read_lease, read_version

VERSION_LOG = logging.getLogger("pkportal.page_store")
POLLS_PER_LEASE = 3
QUIET_SECONDS = 5  # after the last request; then nobody polls, and the next request asks
FOLD_SECONDS = 3600
RECONNECT_SECONDS = 1

Result = TypeVar("Result")


def open_connection(alias: str) -> psycopg.Connection:
    """Open a connection of our own to a database, which takes no part in Django's transactions."""
    parameters = {**connections[alias].get_connection_params(), "autocommit": True, "prepare_threshold": 0}
    for name in ["cursor_factory", "context"]:  # Django's own
        parameters.pop(name, None)
    connection = psycopg.connect(**parameters)
    connection.execute("SELECT set_config('statement_timeout', '2s', false)")
    return connection


class AskedVersion:
    """The version as a database has it at each request: right everywhere, on replicas too."""

    def __init__(self, alias: str = DEFAULT_DB_ALIAS):
        self.alias = alias
        self.local = threading.local()

    def __call__(self) -> int:
        """Return the version; raise ``psycopg.Error`` if the database cannot be asked."""
        return self.ask(read_version)

    def next_publication(self) -> NextPublication:
        """Return when a record appears because its time comes; the version stays, but not the pages."""
        return self.ask(next_publication)

    def ask(self, question: Callable[[psycopg.Connection], Result]) -> Result:
        """Ask on the connection that this thread keeps; a connection that was lost is opened again once."""
        try:
            return question(self.connection())
        except (psycopg.OperationalError, psycopg.InterfaceError):
            self.close()
            return question(self.connection())

    def close(self) -> None:
        """Close this thread's connection, if it has one."""
        if kept := self.local.__dict__.pop("connection", None):
            kept.close()

    def connection(self) -> psycopg.Connection:
        """Return this thread's connection."""
        connection = getattr(self.local, "connection", None)
        if connection is None or connection.closed:
            self.local.connection = connection = open_connection(self.alias)
        return connection


class LeasedVersion(AskedVersion):
    """The version with a lease: while a lease runs, nobody has committed content, and nothing is asked.

    A thread polls for the next lease before the last one ends. While a writer is at work, or a poll fails, each
    request asks the database.
    """

    def __init__(self):
        super().__init__()
        self.version = 0
        self.leased_until = 0.0
        self.last_request = 0.0
        self.start_lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def __call__(self) -> int:
        """Return the version; raise ``psycopg.Error`` if the database must be asked and cannot be."""
        version, now = self.version, time.monotonic()
        self.last_request = now
        if now < self.leased_until:
            return version
        self.start_polling()
        return super().__call__()

    def start_polling(self) -> None:
        """Start the thread that polls, unless it runs: after a fork, and after an idle time, there is none."""
        with self.start_lock:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.poll, name="content-version", daemon=True)
                self.thread.start()

    def poll(self) -> None:
        """Renew the lease until no request has come for a while."""
        next_fold = time.monotonic()
        while time.monotonic() < self.last_request + QUIET_SECONDS:
            try:
                with contextlib.closing(open_connection(self.alias)) as connection:
                    while time.monotonic() < self.last_request + QUIET_SECONDS:
                        if time.monotonic() >= next_fold:
                            next_fold = time.monotonic() + FOLD_SECONDS
                            fold_changes(connection)
                            fold_counts(connection)
                        time.sleep(self.renew(connection) / POLLS_PER_LEASE)
            except psycopg.Error as error:
                self.leased_until = 0.0
                VERSION_LOG.warning("content version not polled", {"error": str(error)})
                time.sleep(RECONNECT_SECONDS)

    def renew(self, connection: psycopg.Connection) -> float:
        """Ask for a lease, and return how many seconds one lasts."""
        asked_at = time.monotonic()
        lease = read_lease(connection)
        if lease is None:
            self.leased_until = 0.0
            return RECONNECT_SECONDS / 10
        # a reader takes the version before it looks at the time, so the version is set first, while no lease runs
        if lease.version != self.version:
            self.leased_until = 0.0
            self.version = lease.version
        self.leased_until = asked_at + lease.seconds
        return max(lease.seconds, 0.01)
