"""A draft of KFOR saved, previewed and published, compared with a stock admin: ``python -m tests.bench.drafts``.

Everything runs in one process on the configured database and is taken back; processor time is counted, that of Python
and that of the connection's server process. The stock admin has the same fields and inlines, and saves at once.
"""

from tests.bench.mission import connection, processor_seconds  # first: it sets Django up

from django.contrib import admin  # isort: skip
from django.contrib.auth.models import User  # isort: skip
from django.db import transaction  # isort: skip
from django.test import Client, override_settings  # isort: skip
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment  # isort: skip
from django.urls import include, path  # isort: skip
from django.conf import settings  # isort: skip
from django.utils.http import urlencode  # isort: skip

from missions.admin.mission import EventInline, MissionAdmin, MissionNameInline, ObjectiveInline  # isort: skip
from missions.models import Mission  # isort: skip
from pkportal.changes.models import ChangeSet  # isort: skip
from tests.editorial.pages import form_data  # isort: skip

TIMES = 15  # others run on the same cores
stock = admin.AdminSite("stock")


def stock_inline(inline):
    """Return an inline of the stock admin with the fields of one of ours."""
    options = {"model": inline.model, "fields": inline.fields, "ordering": inline.ordering, "extra": 0}
    return type(f"Stock{inline.__name__}", (admin.TabularInline,), options)


class StockMissionAdmin(admin.ModelAdmin):
    """The form of a mission as a tutorial would write it."""

    fieldsets = MissionAdmin.fieldsets
    inlines = [stock_inline(inline) for inline in (ObjectiveInline, MissionNameInline, EventInline)]


stock.register(Mission, StockMissionAdmin)
urlpatterns = [path("admin/stock/", stock.urls), path("", include("pkportal.urls"))]


FORM = "application/x-www-form-urlencoded"  # as a browser sends a form without files


def edited(client, address) -> str:
    """Return what a browser sends when an editor has changed a mission and one row of each inline."""
    setup_test_environment()  # pages keep what they were rendered with
    data = form_data(client.get(address))
    teardown_test_environment()
    # no text that was written with AI assistance: new words of one are not published before somebody has checked them
    for name in ("operation_names", "other_names-0-note", "events-0-title"):
        data[name] = f"{data.get(name, '')} Edited."
    data["objectives-0-order"] = "99"
    return urlencode(data, doseq=True)


def send(client, method, address, data):
    """Send a request as a browser would."""
    if method == "get":
        return client.get(address)
    return client.post(address, data, content_type=FORM)


def measure(client, method, address, data=None):
    """Return the processor time and the number of statements of one request, of which nothing stays."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            send(client, method, address, data)
        statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        transaction.set_rollback(True)
    with transaction.atomic():
        start = processor_seconds()
        response = send(client, method, address, data)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit would check
        seconds = processor_seconds() - start
        assert response.status_code == (302 if method == "post" else 200), response.text
        transaction.set_rollback(True)
    return seconds, len(statements)


def least(client, requests):
    """Return the least time of each of some requests, made in turn, and its number of statements."""
    rounds = [[measure(client, *request) for request in requests] for _ in range(TIMES)]
    return [min(measured) for measured in zip(*rounds, strict=True)]


def main() -> None:
    """Measure each act in turn."""
    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    connection.ensure_connection()
    with (
        override_settings(
            STORAGES=storages,
            SECURE_SSL_REDIRECT=False,
            ALLOWED_HOSTS=["testserver"],
            STAFF_MFA="optional",
            ROOT_URLCONF="tests.bench.drafts",
        ),
        transaction.atomic(),
    ):
        compare()
        transaction.set_rollback(True)


def compare():
    """Print the ratios."""
    kfor = Mission.objects.get(code="kfor")
    ChangeSet.objects.all().delete()
    client = Client()
    client.force_login(User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)[0])
    ours, plain = f"/admin/missions/mission/{kfor.pk}/change/", f"/admin/stock/missions/mission/{kfor.pk}/change/"
    data = edited(client, ours)

    plain_save = ("post", plain, f"{data}&code={kfor.code}")
    steps = [plain_save, ("get", ours), ("post", ours, data)]
    (save, save_queries), (form, form_queries), (drafted, draft_queries) = least(client, steps)
    send(client, "post", ours, data)
    address = f"/admin/changes/changeset/{ChangeSet.objects.get().pk}"
    steps = [
        ("get", "/missions/kfor/"),
        ("get", ours),
        ("get", f"{address}/preview/{kfor.reference}/"),
        ("post", f"{address}/act/publish/", "reason=Measured"),
    ]
    (page, _), (_, again_queries), (preview, _), (published, publish_queries) = least(client, steps)
    print(f"plain save: {1000 * save:.0f} ms, {save_queries} queries; public page: {1000 * page:.0f} ms")
    print(f"form opened: {1000 * form:.0f} ms, {form_queries} queries (at most 20); with a draft {again_queries}")
    print(f"draft saved: {1000 * drafted:.0f} ms, {draft_queries} queries (at most 40): {drafted / save:.2f} (0.5)")
    print(f"published: {1000 * published:.0f} ms, {publish_queries} queries: {published / save:.2f} (1.6)")
    print(f"preview: {1000 * preview:.0f} ms: {preview / (save + page):.2f} of plain save and public page (1.2)")


if __name__ == "__main__":
    main()
