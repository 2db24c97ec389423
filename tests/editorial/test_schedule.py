"""Schedules: what is approved is published at its time, once, or its writers are told why it was not."""

import datetime
import io

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from missions.models import Mission
from pkportal.changes import review
from pkportal.changes.models import Change, ChangeSet
from pkportal.changes.publication import propose_withdrawal
from pkportal.changes.schedule import publish_due
from pkportal.serving import minutes
from pkportal.sources.models import Source
from tests import databases, make
from tests.editorial.pages import messages

pytestmark = pytest.mark.django_db

PAST = datetime.timedelta(minutes=-1)


def approved_change(mission, user, after=PAST, was="It kept the peace."):
    """Make an approved change of the summary of a mission, which is due after a time from now."""
    change_set = ChangeSet.objects.create(
        root_kind="missions.mission",
        root_reference=mission.reference,
        title=str(mission),
        state="approved",
        approved_by=user,
        publish_at=timezone.now() + after,
    )
    cells = {"summary": [was, "It keeps the peace."]}
    reference, kind = mission.reference, "missions.mission"
    Change.objects.create(change_set=change_set, kind=kind, reference=reference, action="change", cells=cells)
    return change_set


def due():
    """Run the command and return what it printed."""
    out = io.StringIO()
    call_command("publish_due", stdout=out, stderr=out)
    return out.getvalue().splitlines()


def test_what_is_approved_and_due_is_published_and_what_is_not_due_waits(publisher):
    first = approved_change(make.published_mission(), publisher)
    approved_change(make.published_mission(name="Later"), publisher, datetime.timedelta(hours=1))
    ChangeSet.objects.create(title="Draft", publish_at=timezone.now() + PAST)

    assert due() == [f"{first} was published."]
    assert due() == []

    first.refresh_from_db()
    assert (first.state, first.published_by, first.log.last().by) == ("published", publisher, None)
    mission = Mission.objects.get(reference=first.root_reference)
    assert mission.summary == "It keeps the peace."
    context = mission.history.order_by("pgh_id").last().pgh_context.metadata
    assert (context["act"], context["change_set"], context["publisher"]) == ("publish", first.number, publisher.pk)


def test_what_no_longer_applies_is_a_draft_again_and_says_why(publisher):
    clash = approved_change(make.published_mission(), publisher, was="Something else.")
    other = approved_change(make.published_mission(), publisher)

    assert due() == [
        f"{clash} was not published: {clash.root_reference}: Summary: Somebody else changed this meanwhile.",
        f"{other} was published.",
    ]

    clash.refresh_from_db()
    assert (clash.state, clash.approved_by, clash.publish_at) == ("draft", None, None)
    reason = f"{clash.root_reference}: Summary: Somebody else changed this meanwhile."
    assert (clash.log.last().act, clash.log.last().text) == ("failed", reason)


def test_publisher_schedules_with_the_approval_and_a_time_that_has_passed_is_refused(admin_as, editor, publisher):
    mission = make.published_mission(summary="It kept the peace.")
    admin_as(editor).save(mission, summary="It keeps the peace.")
    change_set = ChangeSet.objects.get()
    review.submit(change_set, editor, "")
    address = f"/admin/changes/changeset/{change_set.pk}/act/"
    client = admin_as(publisher).client

    page = client.post(f"{address}approve/", {"publish_at": "2020-01-01T09:00"})
    assert "publish_at" in page.context["forms"]["approve"].errors
    page = client.post(f"{address}approve/", {"publish_at": "2090-01-01T09:00"}, follow=True)
    assert messages(page) == ["It is approved, and published by itself on 1 January 2090, 09:00."]
    client.post(f"{address}schedule/", {"publish_at": ""})

    change_set.refresh_from_db()
    assert (change_set.state, change_set.publish_at) == ("approved", None)


def test_withdrawal_can_be_scheduled(editor, publisher):
    mission = make.published_mission()
    change_set = propose_withdrawal(mission, editor, "It was wrong.")
    review.submit(change_set, editor, "")
    review.approve(change_set, publisher, publish_at=timezone.now() + PAST)

    publish_due()

    mission.refresh_from_db()
    assert (mission.status, mission.withdrawal_reason) == ("withdrawn", "It was wrong.")


@pytest.fixture
def committed(transactions):
    """Five change sets that are due, committed, and removed afterwards."""

    def prepare():
        user = User.objects.create_superuser("approver")
        return [approved_change(make.published_mission(), user) for _ in range(5)]

    def clean():
        databases.emptied(ChangeSet, Mission, Source, User)

    yield transactions(prepare)[0]
    transactions(clean)


def test_of_two_runs_at_once_each_set_is_published_by_one(committed, transactions):
    results = transactions(publish_due, publish_due)

    numbers = [result.change_set.pk for run in results for result in run if not result.reasons]
    assert sorted(numbers) == [change_set.pk for change_set in committed]
    assert [change_set.log.filter(act="published").count() for change_set in committed] == [1] * 5


def test_portal_publishes_what_is_due_and_a_fault_does_not_end_that(monkeypatch, transactions, caplog):
    def fail():
        raise RuntimeError("The database is away")

    monkeypatch.setattr(minutes, "publish_due", fail)
    transactions(minutes.do_what_is_due)

    assert "publish_due failed" in caplog.text
