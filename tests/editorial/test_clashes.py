"""Clashes: what a draft and others both changed is chosen field by field, and nothing is overwritten unseen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missions.models import Event, Mission, Objective
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.pages import messages, write_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def kfor():
    return make.published_mission(code="kfor", name="Kosovo Force", summary="It keeps the peace.")


@pytest.fixture
def draft(editor, kfor):
    """A draft of KFOR by the editor: a summary and an acronym."""
    return write_draft(editor, kfor, summary="Mine.", acronym="KFOR")


def page_of(browser, change_set):
    return browser.client.get(f"/admin/changes/changeset/{change_set.pk}/change/")


def choose(browser, change_set, choice, page=None):
    """Send the form of clashes with the same choice for each."""
    clashes = (page or page_of(browser, change_set)).context["clashes"]
    data = {clash.name: choice for clash in clashes} | {f"seen.{clash.name}": clash.seen for clash in clashes}
    return browser.client.post(f"/admin/changes/changeset/{change_set.pk}/act/settle/", data, follow=True)


def cells(change_set):
    return {change.reference: change.cells for change in change_set.changes.all()}


def test_a_clash_shows_what_it_was_what_others_wrote_and_what_the_draft_says(admin_as, editor, draft):
    Mission.objects.update(summary="Theirs.")

    page = page_of(admin_as(editor), draft)

    (clash,) = page.context["clashes"]
    assert (clash.was, clash.theirs.new, clash.mine.new) == ("It keeps the peace.", "Theirs.", "Mine.")
    assert page.text.count('type="radio"') == 2


@pytest.mark.parametrize(
    ("choice", "summary"), [("mine", {"summary": ["Theirs.", "Mine."]}), ("theirs", {})], ids=["mine", "theirs"]
)
def test_the_choice_is_kept_and_the_clash_is_gone(admin_as, editor, kfor, draft, choice, summary):
    Mission.objects.update(summary="Theirs.")

    page = choose(admin_as(editor), draft, choice)

    assert messages(page) == ["Your choices are kept."]
    assert cells(draft) == {kfor.reference: {"acronym": ["", "KFOR"], **summary}}
    assert page.context["problems"] == []


def test_what_changed_again_before_the_choice_is_looked_at_again(admin_as, editor, draft):
    Mission.objects.update(summary="Theirs.")
    browser = admin_as(editor)
    page = page_of(browser, draft)
    Mission.objects.update(summary="Theirs, again.")

    answer = choose(browser, draft, "mine", page)

    assert messages(answer) == ["It was changed again meanwhile: look at the page again, then choose."]
    assert [clash.theirs.new for clash in answer.context["clashes"]] == ["Theirs, again."]


def test_a_row_that_others_deleted_is_added_as_new_or_dropped(admin_as, editor, publisher, kfor):
    kept, dropped = make.event(mission=kfor, title="Arrival"), make.event(mission=kfor, title="Leaving")
    kept.sources.set([make.source(code="un-1")])
    browser = admin_as(editor)
    browser.save(kept, text="They came.")
    browser.save(dropped, text="They went.")
    draft = ChangeSet.objects.get()
    Event.objects.all().delete()
    page = page_of(browser, draft)
    first, second = page.context["clashes"]

    data = {first.name: "mine", second.name: "theirs", f"seen.{first.name}": first.seen}
    data |= {f"seen.{second.name}": second.seen}
    browser.client.post(f"/admin/changes/changeset/{draft.pk}/act/settle/", data)

    (change,) = draft.changes.all()
    assert (change.reference, change.action) == (kept.reference, "add")
    assert change.cells["title"] == ["", "Arrival"]
    assert change.cells["text"] == ["", "They came."]
    assert change.cells["sources"] == ["", "un-1"]
    assert page_of(browser, draft).context["problems"] == []


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_removal_of_what_others_changed_is_kept_or_dropped(admin_as, publisher, kfor, choice):
    objective = make.objective(mission=kfor)
    browser = admin_as(publisher)
    browser.save(kfor, acronym="KFOR")
    browser.save(kfor, **{"objectives-0-DELETE": "on"})
    draft = ChangeSet.objects.get()
    Objective.objects.update(text="Theirs")

    page = choose(browser, draft, choice)

    assert page.context["problems"] == []
    assert (objective.reference in cells(draft)) is (choice == "mine")


def test_only_who_may_edit_the_draft_chooses(admin_as, staff_without_rights, editor, draft):
    Mission.objects.update(summary="Theirs.")

    page = page_of(admin_as(editor), draft)

    assert choose(admin_as(staff_without_rights), draft, "mine", page).status_code == 403


def test_the_page_of_a_draft_asks_only_what_applying_a_change_needs(admin_as, editor, kfor):
    browser = admin_as(editor)
    events = [make.event(mission=kfor, title=f"Event {number}") for number in range(4)]
    browser.save(events[0], kind="incident")
    draft = ChangeSet.objects.get()
    with CaptureQueriesContext(connection) as few:
        page_of(browser, draft)
    for event in events[1:]:
        browser.save(event, kind="incident")

    with CaptureQueriesContext(connection) as many:
        page_of(browser, draft)

    per_change = 3  # to apply it for the list of problems: a savepoint, its statement, its release
    assert len(many) - len(few) == 3 * per_change


def test_a_large_change_set_is_shown_in_pages_and_counted(admin_as, editor, kfor, monkeypatch):
    monkeypatch.setattr("pkportal.editorial.change_sets.RECORDS_A_PAGE", 2)
    browser = admin_as(editor)
    for title in ["Arrival", "Leaving"]:
        browser.save(make.event(mission=kfor, title=title), kind="incident")
    browser.save(kfor, acronym="KFOR")

    page = page_of(browser, ChangeSet.objects.get())
    last = browser.client.get(page.wsgi_request.path, {"p": 2})

    assert page.context["effects"] == "changes 3 records"
    assert [len(it.context["records"]) for it in (page, last)] == [2, 1]
    assert page.context["records"][0]["difference"].reference == kfor.reference


def test_a_problem_names_the_record_and_the_field(admin_as, editor, kfor):
    event = make.event(mission=kfor, title="Arrival")
    browser = admin_as(editor)
    browser.save(event, date="")

    (problem,) = page_of(browser, ChangeSet.objects.get()).context["named_problems"]

    assert (problem.reference, problem.label) == (event.reference, "Date")
    assert problem.title.endswith("Arrival")
