"""Read replicas: anonymous readers use them while they are near, and notice nothing when servers are killed."""

import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import IncompleteRead
from itertools import count, cycle
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg
import pytest
from django.db import connection

from tests import databases, make

from .following import NGINX, copy_database, lent_server, nginx_before, portal_process

PATHS = ["/", "/sources/", "/sources/?q=written", "/about/", "/sources.csv"]
READERS = 3
READS = 3  # of each reader, with a server gone
WRITE = """
INSERT INTO sources_source (code, title, publisher, authors, url, kind, grade, licence)
SELECT %(code)s::text, %(code)s::text, '', '', '', 'report', '', ''
WHERE NOT EXISTS (SELECT FROM sources_source WHERE code = %(code)s)
"""
pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed.")


@pytest.fixture(scope="module")
def servers(portal, django_db_blocker):
    """Return a primary with one source, and two replicas; the portal has collected the static files."""
    template = connection.settings_dict["NAME"]
    name = f"{template}_replicas"
    with contextlib.ExitStack() as ended, django_db_blocker.unblock():
        primary, *replicas = [ended.enter_context(lent_server()) for _ in range(3)]
        primary.start()
        connection.close()
        databases.copied(name, template)
        with databases.used(name):
            make.source()
        copy_database(name, primary)
        databases.dropped(name)
        with ThreadPoolExecutor() as threads:
            [*threads.map(lambda replica: replica.follow(primary), replicas)]
        yield primary, replicas


@pytest.fixture(scope="module")
def portals(servers, tmp_path_factory):
    """Return three portals; the second does not put up with old pages."""
    folder = tmp_path_factory.mktemp("portals")
    with contextlib.ExitStack() as ended:
        begun = [
            ended.enter_context(portal_process(*servers, folder / f"log-{number}", REPLICA_LAG=lag))
            for number, lag in enumerate(["600", "1", "600"])
        ]
        for each in begun:
            wait_until(lambda address=each.address: get(f"{address}/healthz"))
        yield begun


def get(address, **headers):
    with urlopen(Request(address, headers=headers), timeout=30) as page:  # noqa: S310, ours
        return page.read().decode()


def wait_until(condition):
    for _ in range(600):
        with contextlib.suppress(OSError, psycopg.Error):
            if condition():
                return
        time.sleep(0.05)
    raise AssertionError("It did not happen within thirty seconds.")


def write(url, code):
    with psycopg.connect(url, autocommit=True) as editor:
        editor.execute(WRITE, {"code": code})


def written(server):
    with psycopg.connect(server.url()) as reader:
        return {code for (code,) in reader.execute("SELECT code FROM sources_source")}


def replay(replica, verb):
    """Pause or resume a replica, which receives what it does not apply."""
    with psycopg.connect(replica.url("postgres"), autocommit=True) as root:
        root.execute(f"SELECT pg_wal_replay_{verb}()")
        if verb == "pause":
            wait_until(lambda: root.execute("SELECT pg_get_wal_replay_pause_state()").fetchone() == ("paused",))


class Load:
    """Readers and a writer that go on while servers are killed."""

    def __init__(self, address, primary_url):
        self.address, self.primary_url = address, primary_url
        self.reads = [0] * READERS
        self.failures, self.confirmed = [], set()
        self.ended = threading.Event()

    def read(self, reader):
        for path in cycle(PATHS[reader:] + PATHS[:reader]):
            if self.ended.is_set():
                return
            try:
                try:
                    get(self.address + path)
                except IncompleteRead:  # cut off with its headers sent, as no server can mend: the reader asks again
                    get(self.address + path)
            except Exception as error:  # every failure counts
                self.failures.append((path, str(error)))
                if isinstance(error, HTTPError):
                    error.close()
            self.reads[reader] += 1

    def write(self):
        for number in count():
            confirmed = False
            while not confirmed and not self.ended.is_set():
                with contextlib.suppress(psycopg.Error):
                    write(self.primary_url, f"written-{number}")
                    self.confirmed.add(f"written-{number}")
                    confirmed = True
                time.sleep(0.02)
            if self.ended.is_set():
                return

    @contextlib.contextmanager
    def running(self):
        with ThreadPoolExecutor() as threads:
            begun = [threads.submit(self.write), *[threads.submit(self.read, reader) for reader in range(READERS)]]
            try:
                yield
            finally:
                self.ended.set()
        for each in begun:
            each.result()

    def go_on(self):
        """Wait until each reader has read some pages more."""
        before = [*self.reads]
        wait_until(lambda: all(now - then > READS for now, then in zip(self.reads, before, strict=True)))


def test_replicas_answer_anonymous_readers_and_the_primary_all_others(servers, portals, signed_cookie):
    primary, replicas = servers
    patient, impatient = portals[0].address, portals[1].address
    wait_until(lambda: get(f"{patient}/sources/") and 'reads_total{server="replica_' in get(f"{patient}/metrics"))
    for replica in replicas:
        replay(replica, "pause")
    get(f"{patient}/sources/")  # so that it knows the primary's version before the next

    write(primary.url(), "latest")

    for path in ["/sources/", "/sources.csv"]:
        assert "latest" not in get(patient + path)
        assert "latest" in get(patient + path, Cookie=signed_cookie)
        wait_until(lambda path=path: "latest" in get(impatient + path))
    for replica in replicas:
        replay(replica, "resume")
    wait_until(lambda: "latest" in get(f"{patient}/sources/"))


def test_no_read_fails_and_no_write_is_lost_whichever_server_is_killed(servers, portals, tmp_path):
    primary, replicas = servers
    with nginx_before([portal.bind for portal in portals], tmp_path) as address:
        load = Load(address, primary.url())
        with load.running():
            load.go_on()
            portals[0].kill()
            load.go_on()
            portals[0].start()
            for server in [*replicas, primary]:
                server.kill()
                load.go_on()
                server.start()
            portals[1].kill()
            load.go_on()
            wait_until(lambda: get(f"{portals[0].address}/healthz"))
            portals[2].kill()
            load.go_on()
        write(primary.url(), "last")

        assert load.failures == []
        for server in [primary, *replicas]:
            wait_until(lambda server=server: written(server) >= load.confirmed | {"last"})
        wait_until(lambda: "last" in get(f"{address}/sources/?q=last"))
