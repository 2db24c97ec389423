"""Print the numbers by which speed and structure are judged: ``.venv/bin/python -m tests.bench``.

Everything runs in one process, warm, on the whole real record in a database made for it, through Django's whole stack.
"""

import collections
import os
import time
import tracemalloc

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.core.management import call_command  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from missions.models import Contribution  # noqa: E402
from missions.resources import ContributionResource  # noqa: E402
from pkportal.exchange.exporting import csv_lines  # noqa: E402
from tests.bench import raw  # noqa: E402
from tests.bench.touched import touched  # noqa: E402
from tests.bench.weight import weights  # noqa: E402

PAGES = [
    "/missions/",
    "/missions/kfor/",
    "/contributions/",
    "/lessons/",
    "/mandates/",
    "/sources/",
    "/search/?q=kosovo",
]
WEIGHED = ["/", "/missions/kfor/", "/missions/isaf/", "/countries/USA/", "/contributions/", "/topics/key-operations/"]
LISTS = ["/missions/", "/missions/?type=peacekeeping", "/missions/?view=cards", "/contributions/", "/lessons/"]
STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def seconds(client, address, times):
    """Return the time of the fastest of some warm responses, which other work on the machine disturbs least."""
    return min([once(client, address) for _ in range(times + 3)][3:])


def once(client, address):
    """Return the time of one response."""
    start = time.perf_counter()
    assert client.get(address).status_code == 200
    return time.perf_counter() - start


def pages(client):
    """Print the size and the number of queries of each page."""
    print(f"{'page':<24}{'queries':>8}{'kB':>8}")
    for address in PAGES:
        client.get(address)
        with override_settings(DEBUG=True):
            reset_queries()
            body = client.get(address).content
            queries = len(connection.queries)
        print(f"{address:<24}{queries:>8}{len(body) / 1000:>8.1f}")


def against_stock(client):
    """Compare our list of contributions with the same page as plain Django code."""
    ours = seconds(client, "/contributions/", times=40)
    with override_settings(ROOT_URLCONF="tests.bench.stock"):
        stock = seconds(client, "/stock/contributions/", times=20)
    print(f"contributions list: ours / stock idiom = 1/{stock / ours:.1f} (at most 1/8)")


def against_raw(client):
    """Compare our lists with pages that run only the same SQL and return a plain string, requested in turn."""
    for address in LISTS:
        with override_settings(DEBUG=True):
            reset_queries()
            client.get(address)
            raw.statements = [query["sql"] for query in connection.queries]
        ours, plain = [], []
        with override_settings(ROOT_URLCONF="tests.bench.raw"):  # once: to change it forgets all addresses
            for _ in range(60):
                ours.append(once(client, address))
                plain.append(once(client, "/raw/"))
        ours, plain = min(ours[10:]), min(plain[10:])  # what other work on the machine disturbs least
        print(f"{address}: {1000 * ours:.1f} ms, {ours / plain:.1f} times the raw SQL and a string (at most 4)")


def peak(work):
    """Return the peak memory of a piece of work, in bytes."""
    tracemalloc.start()
    work()
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return held


def memory():
    """Compare the peak memory of a streamed file with that of all rows in memory."""
    records = Contribution.objects.order_by("pk")
    streamed = peak(lambda: collections.deque(csv_lines(ContributionResource, records, public=True), maxlen=0))
    loaded = peak(lambda: [*ContributionResource().select_columns(records, public=True)])
    print(f"export of {records.count()} contributions, memory: streamed / whole = {streamed / loaded:.2f}")


def main():
    """Make the record, measure, and leave nothing behind."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("load", "fixtures", verbosity=0)
        with override_settings(STORAGES=STORAGES, SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["testserver"]):
            client = Client()
            pages(client)
            weights(client, WEIGHED)
            against_stock(client)
            against_raw(client)
            touched(client, Client())
        memory()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


main()
