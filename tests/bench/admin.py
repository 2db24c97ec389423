"""Measure the lists of the admin on the database L: ``python -m tests.bench.admin``.

Times are processor time of the web process and of the one process of the database that serves it, so that other work
on the machine disturbs them little: the least of some requests of an administrator.
"""

from tests.bench.mission import connection, once  # first: it sets Django up

from django.conf import settings  # isort: skip
from django.contrib.auth.models import User  # isort: skip
from django.test import Client, override_settings  # isort: skip

from tests.bench.grow import grow  # isort: skip
from tests.databases import used  # isort: skip

TIMES = 7
PATH = "/admin/missions/contribution/"
LISTS = {
    "list": [PATH, "/admin/lessons/lesson/"],
    "filter": [
        f"{PATH}?kind__exact=troops",
        f"{PATH}?kind__exact=training",
        f"{PATH}?value_state__exact=estimated",
        f"{PATH}?unit__exact=USD",
        f"{PATH}?basis__exact=pledged",
        f"{PATH}?is_checked__exact=1",
        f"{PATH}?mission__id__exact=1",
        f"{PATH}?kind__exact=training&basis__exact=pledged",
        "/admin/lessons/lesson/?status__exact=published",
        "/admin/lessons/lesson/?themes__id__exact=1",
    ],
    "search": [
        f"{PATH}?q=kosovo",
        f"{PATH}?q=italy+kfor",
        f"{PATH}?q=pristina",
        f"{PATH}?q=battalion",
        f"{PATH}?q=nothing-has-this",
        "/admin/lessons/lesson/?q=kosovo",
        "/admin/lessons/lesson/?q=PK-L-0042",
    ],
    "late page": [f"{PATH}?p=20000", f"{PATH}?p=10000", f"{PATH}?q=kosovo&p=200", "/admin/lessons/lesson/?p=2000"],
}


def main() -> None:
    """Measure each list."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with (
        used(grow("L")),
        override_settings(
            STORAGES=storages, SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["testserver"], STAFF_MFA="optional"
        ),
    ):
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        client = Client()
        client.force_login(User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)[0])
        for what, addresses in LISTS.items():
            for address in addresses:
                least = min(once(client, address) for _ in range(TIMES))
                print(f"{what}: {1000 * least:.0f} ms (at most 150): {address}")


if __name__ == "__main__":
    main()
