"""Which database servers answer, and how far replicas are behind: threads ask for content versions while people read.

A replica is behind for as long as it lacks a version that the primary was seen to have. That needs no right of the
role and no clock of a server, and sees a replica that is cut off from its primary. While the primary is down nothing
new is committed, and a replica that was near stays near.
"""

import logging
import threading
import time
from typing import NamedTuple

import psycopg

from .versions import QUIET_SECONDS, AskedVersion

REPLICA_LOG = logging.getLogger("pkportal.replicas")
LOOK_SECONDS = 0.5
FIRST_LOOK_SECONDS = 2  # for which a request waits that must know of a server that nobody watched
VERSIONS_KEPT = 1000


class WatchedServer:
    """A server whose version a thread of its own asks for, again and again, until nobody has read for a while."""

    def __init__(self, name: str, version: AskedVersion):
        self.name = name
        self.version = version
        self.is_up = False
        self.watched_until = 0.0
        self.looked = threading.Event()
        self.start_lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def keep_watching(self) -> None:
        """Have the server watched from now on."""
        self.watched_until = time.monotonic() + QUIET_SECONDS
        if not self.looked.is_set():
            with self.start_lock:
                if self.thread is None:
                    self.thread = threading.Thread(target=self.watch, name=f"watch-{self.name}", daemon=True)
                    self.thread.start()

    def answers_now(self) -> bool:
        """True if the server answered when it was looked at; if nobody watched it, wait for the first look."""
        self.looked.wait(FIRST_LOOK_SECONDS)
        return self.is_up

    def watch(self) -> None:
        """Look at the server until nobody has read for a while."""
        try:
            while time.monotonic() < self.watched_until:
                self.look()
                self.looked.set()
                time.sleep(LOOK_SECONDS)
        finally:
            self.version.close()
            with self.start_lock:
                self.thread = None
                self.looked.clear()
                self.is_up = False

    def look(self) -> None:
        """Ask for the version once."""
        try:
            version = self.version()
        except psycopg.Error as error:
            self.is_up = False
            self.failed(error)
        else:
            self.saw(version)
            self.is_up = True

    def saw(self, version: int) -> None:
        """Note the version that the server has."""

    def failed(self, error: psycopg.Error) -> None:
        """Note why the server did not answer."""


class SeenVersion(NamedTuple):
    """A version, and since when it is known that the primary has it, on this machine's monotonic clock."""

    version: int
    since: float


class Primary(WatchedServer):
    """The server that takes all writes, and the versions that it was seen to have."""

    def __init__(self, version: AskedVersion):
        super().__init__("primary", version)
        self.seen: tuple[SeenVersion, ...] = ()  # replaced as a whole: other threads read it

    def saw(self, version: int) -> None:
        """Note a version; one that came while nobody watched may be of any age."""
        latest = self.seen[-1].version if self.seen else -1
        if version < latest:  # another server became the primary, and has lost what that version was
            self.seen = ()
        if version != latest:
            since = time.monotonic() if self.is_up else float("-inf")
            self.seen = (*self.seen[1 - VERSIONS_KEPT :], SeenVersion(version, since))

    def lag_of(self, version: int) -> float:
        """Return for how many seconds a version has not been the primary's latest."""
        lacked_since = None
        for seen in reversed(self.seen):
            if seen.version <= version:
                break
            lacked_since = seen.since
        return 0.0 if lacked_since is None else time.monotonic() - lacked_since
