"""Measure the lists on databases of three sizes: ``.venv/bin/python -m tests.bench.lists``.

Times are processor time, of the web process and of the database's process that serves it, so that other work on the
machine disturbs them little. Nothing is kept between requests, and the database works for one request on one core.

On two shared cores, at M: contributions 36 ms, 1.5 to 1.8 times stock; lessons 29 to 31 ms, 3.2 to 3.5 times; missions
1.4 to 1.8 times. Prepared statements on the server (``server_side_binding``) saved under 3 %: they halve
the planning of a mission's page, and psycopg takes as much longer for it.
"""

import os
import random
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pkportal.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django first
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from lessons.views.lesson_list import LessonList  # noqa: E402
from missions.views.contribution import ContributionList  # noqa: E402
from missions.views.mission import MissionList  # noqa: E402
from pkportal.website.facet_counts import count_facets  # noqa: E402
from tests.bench.grow import grow  # noqa: E402
from tests.databases import used  # noqa: E402

LISTS = {"contributions": (ContributionList, 1.5), "missions": (MissionList, 2), "lessons": (LessonList, 2)}
GROWN = [
    "/contributions/",
    "/contributions/?mission=kfor",
    "/contributions/?country=ITA",
    "/contributions/?kind=training",
    "/contributions/?kind=troops",
    "/contributions/?date=2017-02",
    "/contributions/?checked=no",
    "/contributions/?sort=country",
    "/contributions/?sort=mission",
    "/contributions/?sort=source",
    "/contributions/?sort=-quantity",
    "/contributions/?sort=quantity&page=9000",
    "/contributions/?sort=kind&page=9000",
    "/contributions/?sort=date&page=9000",
    "/contributions/?page=99999",
    "/missions/",
    "/missions/?contributor=ITA",
    "/lessons/",
    "/lessons/?theme=adaptability-planning",
    "/lessons/?type=peacekeeping",
    "/lessons/?region=western-balkans",
    "/lessons/?checked=no",
    "/lessons/?sort=title",
    "/lessons/?page=99999",
]
TICKS = os.sysconf("SC_CLK_TCK")


def server_seconds():
    """Return the processor time of the database's process for our connection, by the kernel's count."""
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def cost(client, addresses):
    """Return the processor seconds of a request, on average over all addresses."""
    server, ours = server_seconds(), time.process_time()
    for address in addresses:
        assert client.get(address).status_code == 200, address
    return (time.process_time() - ours + server_seconds() - server) / len(addresses)


def selections(view, number):
    """Return queries of up to three filters, with values that the record has, the same on every run."""
    choose = random.Random(8)  # noqa: S311 - not a secret
    facets = count_facets(view.filterset_class(data=None, queryset=view().get_queryset())).counts
    queries = []
    for _ in range(number):
        names = choose.sample(sorted(facets), k=choose.choice([0, 1, 1, 2, 2, 3]))
        queries.append("&".join(f"{name}={choose.choice(sorted(facets[name]))}" for name in names))
    return queries


def against_stock(client):
    """Print how our lists compare with plain Django code, over mixed filters."""
    for name, (view, least) in LISTS.items():
        queries = selections(view, 80)
        ours = cost(client, [f"/{name}/?{query}" for query in queries])
        with override_settings(ROOT_URLCONF="tests.bench.stock_lists"):
            cost(client, [f"/stock/{name}/"])
            stock = cost(client, [f"/stock/{name}/?{query}" for query in queries])
        print(
            f"M {name}, 80 mixed filters: {1000 * ours:.0f} ms, stock {1000 * stock:.0f} ms: "
            f"{stock / ours:.2f} times stock (at least {least})"
        )


def growth():
    """Print the cost of a request to each list at S and at L."""
    costs = {}
    for size in ["S", "L"]:
        with used(grow(size)):
            client = prepared()
            costs[size] = [cost(client, [address] * 6) for address in GROWN]
    for address, small, large in zip(GROWN, costs["S"], costs["L"], strict=True):
        print(
            f"{address:<40} S {1000 * small:5.0f} ms, L {1000 * large:5.0f} ms, {large / small:5.1f} times (at most 8)"
        )


def prepared():
    """Return a client whose first requests are behind it."""
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    client = Client()
    cost(client, GROWN)
    return client


def main():
    """Measure all."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["testserver"]):
        with used(grow("M")):
            against_stock(prepared())
        growth()


if __name__ == "__main__":
    main()
