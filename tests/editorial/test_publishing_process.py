"""A large change set is published by a process of its own: all of it or nothing, and its page says how far it is."""

from contextlib import contextmanager
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from missions.models import Country
from pkportal.changes import import_stages, publishing_work, review
from pkportal.changes.imported_files import ImportedFile
from pkportal.changes.long_work import rows_at_work
from pkportal.changes.models import ChangeSet
from pkportal.changes.publishing_runs import PublishingRun
from pkportal.changes.publishing_work import PUBLISHING_WORK
from pkportal.changes.schedule import publish_due
from pkportal.exchange.staging.kept_stages import drop_stage, kept_stages
from tests import databases, make
from tests.editorial.conftest import AdminBrowser, member
from tests.editorial.pages import messages
from tests.editorial.processes import kill, wait_until
from tests.editorial.test_at_once import OF_THE_ADMIN

pytestmark = pytest.mark.django_db
FILE = b"iso3,iso2,name,region\nITA,IT,Italy,Southern Europe\nESP,ES,Spain,Southern Europe\n"
BEFORE, AFTER = ["Italia"], ["Italy", "Spain"]
ENDED = "The process that worked on it has ended."


@pytest.fixture
def change_set(transactions, processes, monkeypatch):
    """Return a set of a file whose rows are published as a set, by a process; all is removed afterwards."""
    monkeypatch.setattr(import_stages, "MOST_CHANGES", 1)
    monkeypatch.setattr(publishing_work, "MOST_ROWS_AT_ONCE", 1)

    def prepare():
        make.country(iso3="ITA", iso2="IT", name="Italia")
        registrar, _publisher = member("registrar", "Data manager"), member("publisher", "Publisher")
        browser = AdminBrowser(Client(), registrar)
        browser.confirm(Country, browser.upload(Country, SimpleUploadedFile("countries.csv", FILE)))
        review.submit(ChangeSet.objects.get(), registrar, "")
        return ChangeSet.objects.get()

    def clean():
        for name in kept_stages():
            drop_stage(name)
        databases.emptied(PublishingRun, ChangeSet, Country, *OF_THE_ADMIN, User)

    yield transactions(prepare)[0]
    transactions(clean)


@pytest.fixture
def publisher(change_set, transactions):
    """Do something with a change set as its publisher, and return the page with what it said."""

    def call(act, change_set=change_set, **data):
        client = AdminBrowser(Client(), User.objects.get(username="publisher")).client
        address = f"/admin/changes/changeset/{change_set.pk}/"
        page = client.post(f"{address}act/{act}/", data, follow=True) if act else client.get(f"{address}change/")
        return page, messages(page)

    return lambda *arguments, **data: transactions(partial(call, *arguments, **data))[0]


def record(transactions):
    """Return the names of the countries on record."""
    return transactions(lambda: [*Country.objects.order_by("name").values_list("name", flat=True)])[0]


@contextmanager
def table_locked():
    """Let nobody else write countries for a while."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE missions_country IN SHARE MODE")
        yield


def is_storing():
    return PublishingRun.objects.exclude(phase="").exists()


def test_process_publishes_a_large_set_while_others_are_told_so_and_another_undoes_it(
    change_set, publisher, processes, transactions
):
    page, said = publisher("publish")
    assert (said, page.context["run"].is_working, "Refresh" in page) == (["Its publication has begun."], True, True)
    for act in ["publish", "discard", "ask"]:
        page, (refused,) = publisher(act, reason="At once")
        assert refused.startswith("publisher began to publish it at ")
        assert refused.endswith(". Wait until that is done, or stop it.")
    assert publisher("comment", reason="Meanwhile")[1] == ["Your comment is on the page."]
    assert record(transactions) == BEFORE
    processes[0].wait(60)

    page, _said = publisher("")
    assert (page.context["published"], "Refresh" in page, record(transactions)) == ("It is published.", False, AFTER)
    publisher("undo")
    (undo,) = transactions(lambda: ChangeSet.objects.get(undoes=change_set))
    publisher("publish", undo, reason="A rehearsal.")
    processes[1].wait(60)

    assert (publisher("", undo)[0].context["change_set"].state, record(transactions)) == ("published", BEFORE)
    assert transactions(lambda: ImportedFile.objects.get().state) == ["undone"]


def test_process_that_is_killed_or_stopped_leaves_nothing_and_the_set_can_be_published_again(
    change_set, publisher, processes, transactions, monkeypatch
):
    def while_it_stores(end):
        with table_locked():
            assert wait_until(is_storing)
            end()
            assert wait_until(lambda: not rows_at_work(PUBLISHING_WORK))

    approve = {"and_publish": "1", "reason": "Well put."}
    publisher("approve", **approve)
    with monkeypatch.context() as patch:
        transactions(partial(while_it_stores, lambda: kill(processes[0], patch)))
        page, _said = publisher("")
    assert (page.context["run"].reasons, page.context["change_set"].state) == ([ENDED], "in_review")
    assert record(transactions) == BEFORE

    publisher("approve", **approve)
    stopped = []
    transactions(partial(while_it_stores, lambda: stopped.append(publisher("stop")[1])))
    assert stopped == [["It was stopped, and nothing was published."]]
    processes[1].wait(60)
    assert (publisher("")[0].context["run"].reasons, record(transactions)) == (["publisher stopped it."], BEFORE)

    publisher("approve", **approve)
    processes[2].wait(60)
    log = [(item.act, item.text) for item in publisher("")[0].context["log"]]
    assert log[-2:] == [("approved", "Well put."), ("published", "")]
    assert record(transactions) == AFTER


def test_large_set_that_is_due_is_published_by_a_process_which_is_started_again_if_it_is_killed(
    change_set, processes, transactions, monkeypatch
):
    def approve():
        publisher = User.objects.get(username="publisher")
        review.approve(change_set, publisher, publish_at=timezone.now())

    def due():
        return [result.is_started for result in publish_due()]

    transactions(approve)
    assert [transactions(due), transactions(due)] == [[[True]], [[]]]
    kill(processes[0], monkeypatch)
    assert (transactions(due), record(transactions)) == ([[True]], BEFORE)
    processes[1].wait(60)

    assert record(transactions) == AFTER
    (published,) = transactions(lambda: ChangeSet.objects.select_related("published_by").get())
    assert (published.state, published.published_by.username) == ("published", "publisher")
