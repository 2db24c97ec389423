"""Measure readers beside a large import: ``python -m tests.bench.loading`` prints errors and times, idle and loaded.

32 readers read a portal that ``up`` serves, half of their pages stored and half made anew, first alone and then while
``manage.py load`` stores 100,000 contributions. Each reader waits half a second between two pages.
"""

import csv
import http.client
import itertools
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")
os.environ.setdefault("SITE_URL", "http://127.0.0.1")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection  # noqa: E402

from tests.databases import dropped  # noqa: E402
from tests.served import ROOT, database, served  # noqa: E402

READERS = 32
ROWS = 100_000
IDLE_SECONDS = 30
PAUSE_SECONDS = 0.5
PAGES = ["/", "/missions/", "/missions/kfor/", "/contributions/", "/countries/", "/search/?q=kosovo"]


class Answer(NamedTuple):
    """What a reader got, and how long that took."""

    path: str
    status: str
    seconds: float


def write_contributions(path):
    """Write a file of contributions: those of the record, each at many places."""
    with (ROOT / "fixtures" / "contributions.csv").open(newline="") as known, path.open("w", newline="") as file:
        rows = csv.DictReader(known)
        writer = csv.DictWriter(file, rows.fieldnames)
        writer.writeheader()
        for number, row in zip(range(ROWS), itertools.cycle([*rows]), strict=False):
            writer.writerow({**row, "location": f"Place {number}"})


def ask(address, path):
    """Return the answer to one request on a connection of its own."""
    start = time.perf_counter()
    try:
        client = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        client.request("GET", path, headers={"Accept-Encoding": "br"})
        response = client.getresponse()
        response.read()
        client.close()
        status = str(response.status)
    except (OSError, http.client.HTTPException) as error:
        status = type(error).__name__
    return Answer(path, status, time.perf_counter() - start)


def read(address, number, is_done, answers):
    """Read one page after the other, each second one with a query that no store has."""
    time.sleep(PAUSE_SECONDS * number / READERS)
    for count in itertools.count():
        path = PAGES[(number + count) % len(PAGES)]
        separator = "&" if "?" in path else "?"
        answers.append(ask(address, path if count % 2 else f"{path}{separator}reader={number}.{time.time_ns()}"))
        if is_done.wait(PAUSE_SECONDS):
            return


def answers_during(address, work):
    """Return all answers to the readers while some work is done."""
    answers, is_done = [], threading.Event()
    readers = [threading.Thread(target=read, args=(address, number, is_done, answers)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    work()
    is_done.set()
    for reader in readers:
        reader.join()
    return answers


def load(url, path):
    """Load a file as an operator does."""
    environment = {**os.environ, "DATABASE_URL": url}
    subprocess.run([sys.executable, "manage.py", "load", str(path)], cwd=ROOT, env=environment, check=True)


def summary(name, answers):
    """Print the times of some answers; return the 99th percentile, of which an error is no part."""
    durations = sorted(answer.seconds for answer in answers)
    errors = [answer for answer in answers if answer.status != "200"]
    median, p99 = durations[len(durations) // 2], durations[len(durations) * 99 // 100]
    print(
        f"{name}: {len(answers)} pages, {len(errors)} errors {errors[:3]}, p50 {1000 * median:.0f} ms, "
        f"p99 {1000 * p99:.0f} ms, worst {1000 * durations[-1]:.0f} ms"
    )
    return p99


def measure(address, url, path):
    """Print the times of readers alone and beside the import."""
    answers_during(address, lambda: time.sleep(5))  # to warm up
    idle = summary("idle", answers_during(address, lambda: time.sleep(IDLE_SECONDS)))
    start = time.perf_counter()
    loaded = summary("loading", answers_during(address, lambda: load(url, path)))
    print(f"{ROWS} rows loaded in {time.perf_counter() - start:.0f} s; p99 {loaded / idle:.1f} x idle (at most 5)")


def main():
    """Make a database of the record, serve it, and measure."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = "loading_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load", "fixtures", verbosity=0)
        connection.close()
        with tempfile.TemporaryDirectory() as folder, database("loading_bench_copy", "loading_bench") as url:
            path = Path(folder) / "contributions.csv"
            write_contributions(path)
            with served(url, Path(folder) / "log") as address:
                measure(address, url, path)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        dropped("loading_bench")


if __name__ == "__main__":
    main()
