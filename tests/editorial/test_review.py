"""Review: who wrote a change does not approve it, and what is published is exactly what was drafted."""

import pytest
from django.db import IntegrityError, transaction

from missions.models import Event, Mission, Objective
from pkportal.changes import publishing_work
from pkportal.changes.models import Change, ChangeSet
from tests import make
from tests.editorial.conftest import member
from tests.editorial.pages import messages, write_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def kfor():
    return make.published_mission(code="kfor", name="Kosovo Force", summary="It keeps the peace.")


@pytest.fixture
def draft(editor, kfor):
    """A draft of KFOR by the editor."""
    return write_draft(editor, kfor, summary="It kept the peace.")


def act(browser, change_set, name, **data):
    """Send one of the forms of a change set."""
    return browser.client.post(f"/admin/changes/changeset/{change_set.pk}/act/{name}/", data, follow=True)


def test_editor_submits_publisher_publishes_reader_sees(admin_as, editor, publisher, draft, client):
    act(admin_as(editor), draft, "submit", note="Please read", assigned_to=publisher.pk)

    page = act(admin_as(publisher), draft, "approve")
    assert messages(page) == ["It is approved."]
    page = act(admin_as(publisher), draft, "publish")

    assert messages(page) == ["It is published."]
    assert "It kept the peace." in client.get("/missions/kfor/").text
    last = Mission.objects.get().history.order_by("pgh_id").last().pgh_context.metadata
    assert (last["act"], last["change_set"], last["writers"]) == ("publish", draft.number, [editor.pk])
    assert (draft.log.last().by, draft.log.last().act) == (publisher, "published")


def test_editor_cannot_publish(admin_as, editor, draft, kfor):
    assert act(admin_as(editor), draft, "publish").status_code == 403
    assert act(admin_as(editor), draft, "approve").status_code in (200, 403)

    kfor.refresh_from_db()
    draft.refresh_from_db()
    assert (kfor.summary, draft.state) == ("It keeps the peace.", "draft")


def test_a_writer_approves_nothing_of_their_own(admin_as, publisher, kfor):
    admin_as(publisher).save(kfor, summary="Mine.")
    own = ChangeSet.objects.get()
    act(admin_as(publisher), own, "submit")

    assert act(admin_as(publisher), own, "approve").status_code == 403

    own.refresh_from_db()
    assert own.state == "in_review"
    with pytest.raises(IntegrityError, match="change_set_approved_by_another"), transaction.atomic():
        ChangeSet.objects.filter(pk=own.pk).update(approved_by=publisher, state="approved")


def test_publisher_publishes_own_work_only_with_a_reason_and_it_is_marked(admin_as, publisher, kfor):
    browser = admin_as(publisher)
    browser.save(kfor, summary="Mine.")
    own = ChangeSet.objects.get()

    page = act(browser, own, "publish")
    assert messages(page) == ["Say why you publish your own work without a second reader."]
    act(browser, own, "publish", reason="A typing error")

    own.refresh_from_db()
    kfor.refresh_from_db()
    assert (own.state, own.lacks_second_reader, kfor.summary) == ("published", True, "Mine.")
    assert [*ChangeSet.objects.unread()] == [own]
    other = member("other", "Publisher")
    act(admin_as(other), own, "read")
    assert not ChangeSet.objects.unread().exists()


def test_with_required_review_there_is_no_way_round(admin_as, publisher, kfor, settings):
    settings.REVIEW = "required"
    browser = admin_as(publisher)
    browser.save(kfor, summary="Mine.")

    assert act(browser, ChangeSet.objects.get(), "publish", reason="In a hurry").status_code == 403

    kfor.refresh_from_db()
    assert kfor.summary == "It keeps the peace."


def test_writer_publishes_what_was_approved_with_no_other_words_for_readers(admin_as, publisher, kfor, settings):
    settings.REVIEW = "required"
    admin_as(publisher).save(kfor, summary="Mine.")
    change_set = ChangeSet.objects.get()
    act(admin_as(publisher), change_set, "submit", note="", public_note="It is new.", is_major="on")
    act(admin_as(member("other", "Publisher")), change_set, "approve", public_note="It is new.", is_major="on")

    page = act(admin_as(publisher), change_set, "publish", public_note="Nobody has read this.", is_major="on")
    assert messages(page) == ["What readers are told was approved too: to change it, make it a draft again."]
    act(admin_as(publisher), change_set, "publish", public_note="It is new.", is_major="on")

    change_set.refresh_from_db()
    assert (change_set.state, change_set.public_note) == ("published", "It is new.")


def test_what_is_edited_after_its_approval_must_be_approved_again(admin_as, editor, publisher, draft, kfor):
    act(admin_as(editor), draft, "submit")
    act(admin_as(publisher), draft, "approve")

    admin_as(editor).save(kfor, summary="Something else.")

    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == ("draft", None)
    assert "reopened" in draft.log.values_list("act", flat=True)


def test_a_clash_is_named_and_stops_publication(admin_as, publisher, draft, kfor):
    Mission.objects.update(summary="Theirs.")
    browser = admin_as(publisher)

    page = browser.client.get(f"/admin/changes/changeset/{draft.pk}/change/")
    act(browser, draft, "publish")

    (problem,) = page.context["problems"]
    assert (problem.column, problem.is_clash, problem.theirs) == ("summary", True, "Theirs.")
    kfor.refresh_from_db()
    assert kfor.summary == "Theirs."


def test_page_of_a_set_with_very_many_changes_looks_for_clashes_only_if_that_is_asked(
    admin_as, publisher, draft, monkeypatch
):
    monkeypatch.setattr(publishing_work, "MOST_CHANGES_AT_ONCE", 0)
    Mission.objects.update(summary="Theirs.")
    address = f"/admin/changes/changeset/{draft.pk}/change/"

    page = admin_as(publisher).client.get(address)

    assert (page.context["problems"], "?look=now" in page.text) == ([], True)
    page = admin_as(publisher).client.get(f"{address}?look=now")
    assert ([it.is_clash for it in page.context["problems"]], "?look=now" in page.text) == ([True], False)


def test_obstacles_stop_publication_and_nothing_is_stored(admin_as, editor, publisher, kfor):
    make.event(mission=kfor, title="Arrival")
    admin_as(editor).save(kfor, summary="No source.", sources=[], **{"events-0-title": "The arrival"})
    draft = ChangeSet.objects.get()

    page = act(admin_as(publisher), draft, "publish")

    assert "It cites no source." in messages(page)
    assert Event.objects.get().title == "Arrival"


def test_rows_are_added_changed_and_removed_at_once(admin_as, publisher, kfor):
    first, second = make.objective(mission=kfor, order=1), make.objective(mission=kfor, order=2)
    draft = ChangeSet.objects.create(root_kind="missions.mission", root_reference=kfor.reference, title="KFOR")
    kind = "missions.objective"
    for reference, action, cells in [
        (first.reference, "change", {"text": ["Keep the peace", "Keep it"]}),
        (second.reference, "remove", {"text": ["Keep the peace", ""]}),
        ("OBJ-9001", "add", {"mission": ["", "kfor"], "order": ["", "2"], "text": ["", "Leave"]}),
    ]:
        Change.objects.create(change_set=draft, kind=kind, reference=reference, action=action, title="", cells=cells)

    page = act(admin_as(publisher), draft, "publish")

    assert messages(page) == ["It is published."]
    assert [*Objective.objects.order_by("order").values_list("reference", "text")] == [
        (first.reference, "Keep it"),
        ("OBJ-9001", "Leave"),
    ]


def test_values_that_others_added_to_a_list_stay(admin_as, publisher, kfor):
    mine, theirs = make.country(iso3="MIN"), make.country(iso3="THE")
    admin_as(publisher).save(kfor, host_countries=[mine.pk])
    kfor.host_countries.add(theirs)

    act(admin_as(publisher), ChangeSet.objects.get(), "publish", reason="Alone today")

    assert {*kfor.host_countries.all()} == {mine, theirs}


def test_asking_for_changes_needs_a_reason(admin_as, editor, publisher, draft):
    act(admin_as(editor), draft, "submit")
    browser = admin_as(publisher)

    assert messages(act(browser, draft, "ask", reason=" ")) == ["Say what must be changed."]
    act(browser, draft, "ask", reason="Which peace?")

    draft.refresh_from_db()
    assert (draft.state, draft.log.last().text) == ("draft", "Which peace?")


def test_what_was_typed_stays_and_what_is_wrong_is_said_in_its_place(admin_as, editor, draft):
    page = act(admin_as(editor), draft, "submit", note="Please read", due="2020-01-01", is_major="on", public_note="")

    form = page.context["forms"]["submit"]
    assert form.errors == {
        "due": ["This day is over."],
        "public_note": ["A major change says in a sentence what changed."],
    }
    assert form["note"].value() == "Please read"
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_reason_is_kept_when_publication_fails(admin_as, publisher, draft):
    Mission.objects.update(summary="Theirs.")

    page = act(admin_as(publisher), draft, "publish", public_note="The peace was kept.")

    assert page.context["forms"]["publish"]["public_note"].value() == "The peace was kept."
    assert page.context["forms"]["submit"]["public_note"].value() == ""


def test_one_button_approves_and_publishes_or_does_neither(admin_as, editor, publisher, draft, kfor):
    act(admin_as(editor), draft, "submit")
    browser = admin_as(publisher)
    Mission.objects.update(summary="Theirs.")
    act(browser, draft, "approve", and_publish="1")
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == ("in_review", None)

    Mission.objects.update(summary="It keeps the peace.")
    page = act(browser, draft, "approve", and_publish="1", reason="Well put.")

    assert messages(page) == ["It is published."]
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == ("published", publisher)
    assert [*draft.log.values_list("act", "text")][-2:] == [("approved", "Well put."), ("published", "")]


def test_comment_on_a_cell_stands_beside_it(admin_as, publisher, editor, draft, kfor):
    cell = f"{kfor.reference}.summary"

    act(admin_as(publisher), draft, "comment", cell=cell, **{f"text.{cell}": "Since when?"})
    page = admin_as(editor).client.get(f"/admin/changes/changeset/{draft.pk}/change/")

    (record,) = page.context["records"]
    (shown,) = record["difference"].cells
    assert [item.text for item in shown.comments] == ["Since when?"]


def test_reviewer_is_assigned_among_those_who_may_approve(admin_as, editor, publisher, draft):
    act(admin_as(editor), draft, "submit")

    act(admin_as(editor), draft, "assign", assigned_to=publisher.pk, due="2090-01-01")
    draft.refresh_from_db()
    assert (draft.assigned_to, str(draft.due)) == (publisher, "2090-01-01")

    page = act(admin_as(editor), draft, "assign", assigned_to=editor.pk)
    assert "assigned_to" in page.context["forms"]["assign"].errors


def test_queue_lists_what_waits_for_whom(admin_as, editor, publisher, draft):
    act(admin_as(editor), draft, "submit", assigned_to=publisher.pk)

    browser = admin_as(publisher)
    page = browser.get(ChangeSet, "changelist", queue="waiting")

    assert [*page.context["cl"].result_list] == [draft]
    assert "Missions</a>" in page.text
    assert [*browser.get(ChangeSet, "changelist", root_kind="missions.mission").context["cl"].result_list] == [draft]
    assert not browser.get(ChangeSet, "changelist", root_kind="missions.country").context["cl"].result_list
