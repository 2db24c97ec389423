"""Undoing: the reverse of a published change set is a draft; what it published is withdrawn with a reason."""

import pytest

from missions.models import Event, Mission
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.pages import messages
from tests.editorial.test_review import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def kfor():
    return make.published_mission(code="kfor", name="Kosovo Force", summary="It keeps the peace.")


def test_undoing_a_change_set_drafts_its_reverse(admin_as, editor, publisher, kfor):
    admin_as(editor).save(kfor, summary="It kept the peace.")
    draft = ChangeSet.objects.get()
    act(admin_as(publisher), draft, "publish")

    act(admin_as(editor), draft, "undo")

    undoing = ChangeSet.objects.exclude(pk=draft.pk).get()
    assert (undoing.origin, undoing.state, undoing.root) == ("undo", "draft", kfor)
    assert undoing.changes.get().cells == {"summary": ["It kept the peace.", "It keeps the peace."]}


def test_undoing_what_others_changed_since_is_a_clash(admin_as, editor, publisher, kfor):
    admin_as(editor).save(kfor, summary="It kept the peace.")
    draft = ChangeSet.objects.get()
    act(admin_as(publisher), draft, "publish")
    Mission.objects.update(summary="Later.")

    page = act(admin_as(editor), draft, "undo")

    assert [clash.theirs.new for clash in page.context["clashes"]] == ["Later."]


def test_undoing_removes_what_was_added_and_adds_what_was_removed(admin_as, editor, publisher, kfor):
    removed = make.event(mission=kfor, title="Gone")
    data = {"mission": kfor.pk, "date": "1999-06-12", "kind": "deployment", "title": "New", "text": ""}
    admin_as(editor).post(Event, "add", data=data)
    admin_as(publisher).post(Event, "delete", removed.pk, data={"post": "yes"})
    draft = ChangeSet.objects.get()
    act(admin_as(publisher), draft, "publish", reason="Alone")
    assert [event.title for event in Event.objects.all()] == ["New"]

    act(admin_as(publisher), draft, "undo")
    act(admin_as(publisher), ChangeSet.objects.get(origin="undo"), "publish", reason="Alone")

    back = Event.objects.get()
    assert (back.title, back.reference) == ("Gone", removed.reference)


def test_undoing_a_publication_withdraws_with_a_reason_and_undoing_that_publishes_again(admin_as, publisher):
    mission = make.mission(name="Early", end_date="2000-01-01")
    make.mandate(mission=mission)
    mission.sources.add(make.source())
    browser = admin_as(publisher)
    browser.run_action("publish", mission)
    published = ChangeSet.objects.get()

    refused = act(browser, published, "undo")
    page = act(browser, published, "undo", reason="It came too early.")
    undoing = ChangeSet.objects.get(origin="undo")
    act(browser, undoing, "publish", reason="Alone")

    assert messages(refused) == ["Say why it is withdrawn: readers will see it."]
    assert page.context["effects"] == "withdraws a record"
    mission.refresh_from_db()
    assert (mission.status, mission.withdrawal_reason) == ("withdrawn", "It came too early.")
    page = act(browser, undoing, "undo")
    assert page.context["effects"] == "publishes a record"
    act(browser, page.context["change_set"], "publish", reason="Alone")
    mission.refresh_from_db()
    assert (mission.status, mission.withdrawal_reason) == ("published", "")


def test_only_what_was_published_can_be_undone(admin_as, editor, kfor):
    admin_as(editor).save(kfor, summary="It kept the peace.")

    page = act(admin_as(editor), ChangeSet.objects.get(), "undo")

    assert messages(page) == ["Only what was published can be undone."]
