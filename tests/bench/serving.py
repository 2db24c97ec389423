"""Measure the server: ``python -m tests.bench.serving`` serves the record and prints ratios of one run.

Slow clients against an idle server; a stored page against raw WSGI with the same bytes, in one process; stale answers
while an editor commits.
"""

import contextlib
import http.client
import itertools
import os
import statistics
import tempfile
import threading
import time
from pathlib import Path
from urllib.request import urlopen

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")
os.environ.setdefault("SITE_URL", "http://127.0.0.1")
django.setup()

import psycopg  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from pkportal.serving.connections import Server  # noqa: E402
from pkportal.serving.page_store import PageStore  # noqa: E402
from pkportal.serving.versions import AskedVersion, LeasedVersion  # noqa: E402
from pkportal.serving.workers import listen  # noqa: E402
from pkportal.wsgi import django_application  # noqa: E402
from tests.databases import dropped  # noqa: E402
from tests.served import database, served  # noqa: E402
from tests.serving.slow_clients import seconds, slow_clients  # noqa: E402

PAGE = "/missions/kfor/"
COMMITS = 1000
HITS = 3000
STORED_BYTES = 25_000  # of the page, compressed


def rate(application):
    """Return how many requests a second our server answers with an application, on one kept connection."""
    with contextlib.closing(listen("127.0.0.1", 0)) as listener:
        server = Server(application, listener, max_connections=100, is_behind_proxy=False)
        threading.Thread(target=server.run, daemon=True).start()
        client = http.client.HTTPConnection(*listener.getsockname())
        durations = []
        for _ in range(HITS):
            start = time.perf_counter()
            client.request("GET", PAGE, headers={"Accept-Encoding": "br", "Host": "127.0.0.1"})
            client.getresponse().read()
            durations.append(time.perf_counter() - start)
        client.close()
        return 1 / statistics.median(durations)


def stored_page():
    """Print the rate of stored pages, of the rate of an application that only returns the same bytes."""
    body = b"x" * STORED_BYTES
    headers = [("Content-Type", "text/html"), ("Content-Length", str(len(body)))]

    def raw(_environ, start_response):
        start_response("200 OK", headers)
        return [body]

    fastest = rate(raw)
    for name, version in [("asked", AskedVersion()), ("leased", LeasedVersion())]:
        print(f"stored page, version {name}: {rate(PageStore(django_application, version)) / fastest:.2f} of raw WSGI")


def slow(address):
    """Print how long a page takes beside slow clients, and beside none."""
    idle = seconds(address + PAGE, 50)
    for number in [40, 200]:
        with slow_clients(address, number, number):
            durations = seconds(address + PAGE, 50)
            health = seconds(address + "/healthz", 20)
        median = statistics.median(durations) / statistics.median(idle)
        print(
            f"{number} silent uploads and {number} slow readers: median {median:.1f} x idle, "
            f"worst {durations[-1] / statistics.median(idle):.1f} x, worst /healthz {health[-1] * 1000:.0f} ms"
        )


def stale(address, url):
    """Print how many answers were older than a commit that was done before they were asked for."""
    committed, answers, old = itertools.count(), 0, 0
    newest, is_done = -1, threading.Event()

    def read():
        nonlocal answers, old
        while not is_done.is_set():
            expected = newest
            with urlopen(address + "/topics/key-operations/", timeout=20) as page:  # noqa: S310, ours
                text = page.read().decode()
            answers += 1
            old += int(text.partition("Commit ")[2].partition(" ")[0] or -1) < expected

    readers = [threading.Thread(target=read) for _ in range(2)]
    with psycopg.connect(url, autocommit=True) as editor:
        editor.execute("UPDATE lessons_topic SET title = 'Commit -1 of a test' WHERE code = 'key-operations'")
        for reader in readers:
            reader.start()
        for number in itertools.islice(committed, COMMITS):
            title = f"Commit {number} of a test"
            editor.execute("UPDATE lessons_topic SET title = %s WHERE code = 'key-operations'", [title])
            newest = number
        is_done.set()
        for reader in readers:
            reader.join()
    print(f"{old} of {answers} answers were stale in {COMMITS} commits")


def main():
    """Make a database of the record, serve it, and print all numbers."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "serving_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load", "fixtures", verbosity=0)
        connection.close()
        log = Path(tempfile.mkdtemp()) / "log"
        with database("serving_bench_copy", "serving_bench") as url, served(url, log) as address:
            slow(address)
            stale(address, url)
        stored_page()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        dropped("serving_bench")


if __name__ == "__main__":
    main()
