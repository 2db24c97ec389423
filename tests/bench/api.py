"""Compare pages of the API with the same rows by plain SQL and ``json.dumps``: ``.venv/bin/python -m tests.bench.api``.

Processor time of the web process and of the database's, through Django's whole stack, at the record's size and at
a million contributions. The first page, one deep in the table, a filtered one, and one with few columns.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from tests.bench import raw  # noqa: E402
from tests.bench.grow import grow  # noqa: E402
from tests.bench.lists import cost  # noqa: E402
from tests.databases import used  # noqa: E402

LIST = "/api/v1/contributions"
PAGES = [
    LIST,
    f"{LIST}?limit=1000",
    f"{LIST}?mission=kfor&sort=-quantity",
    f"{LIST}?fields=mission,country,as_of,quantity",
    "/api/v1/missions",
    "/api/v1/sources?limit=1000",
]
TIMES = 80


def plain_statements(client, address):
    """Return the queries of a page; that of its rows as Django makes it, from within the one that writes their JSON."""
    with override_settings(DEBUG=True):
        reset_queries()
        assert client.get(address).status_code == 200
        *others, last = [query["sql"] for query in connection.queries]
    return [*others, last.partition(" FROM (")[2].rpartition(") AS it")[0]]


def deep_page(client):
    """Return the address of a page far from the first one."""
    address = f"{LIST}?limit=1000"
    for _ in range(100):
        address = client.get(address).json()["links"]["next"] or address
    return address.replace("limit=1000", "limit=100").removeprefix("http://testserver")


def compare(size, client, address):
    """Print what a page costs, and how much more that is than its plain statement and JSON."""
    raw.statements = plain_statements(client, address)
    ours = cost(client, [address] * TIMES)
    with override_settings(ROOT_URLCONF="tests.bench.raw"):
        plain = cost(client, ["/raw/json/"] * TIMES)
    print(
        f"{size} {address[:70]:<70} {1000 * ours:6.1f} ms, raw {1000 * plain:6.1f} ms: {ours / plain:.2f} (at most 3)"
    )


def main():
    """Measure all."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["testserver"]):
        for size in ["S", "L"]:
            with used(grow(size)):
                client = Client()
                for address in [*PAGES, deep_page(client)]:
                    compare(size, client, address)


if __name__ == "__main__":
    main()
