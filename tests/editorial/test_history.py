"""History in the admin: who changed a record, when and why; any two points compared; earlier states restored."""

import datetime

import pytest
from django.db import connection
from django.db.models import F

from lessons.models import Lesson
from missions.models import Country, Event, Mission
from pkportal.changes.models import ChangeSet
from pkportal.changes.past import event_model, link_event_models
from pkportal.changes.review import publish
from tests import make
from tests.editorial.pages import messages
from tests.editorial.test_review import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def kfor():
    return make.published_mission(code="kfor", name="Kosovo Force", summary="It keeps the peace.")


def a_day_passes(*models):
    """Make all that these kinds have in their history a day older: one test is one transaction."""
    for model in models:
        for events in [event_model(model), *link_event_models(model).values()]:
            events.objects.update(pgh_created_at=F("pgh_created_at") - datetime.timedelta(days=1))


def cells(difference):
    return {cell.name: (cell.was, cell.new) for cell in difference.cells}


def test_history_says_who_published_what_of_which_change_set_and_who_wrote_it(admin_as, editor, publisher, kfor):
    a_day_passes(Mission)
    admin_as(editor).save(kfor, summary="It kept the peace.")
    draft = ChangeSet.objects.get()
    act(admin_as(editor), draft, "submit")
    act(admin_as(publisher), draft, "approve")
    act(admin_as(publisher), draft, "publish")

    page = admin_as(editor).get(Mission, "history", kfor.pk)

    first, *_others = page.context["moments"]
    assert (first.by, first.act, first.change_set) == ("publisher, written by editor", "published", draft)
    (difference,) = first.records
    assert cells(difference) == {"summary": ("It keeps the peace.", "It kept the peace.")}


def test_history_shows_links_parts_and_statements_typed_in_the_database(admin_as, editor, kfor):
    event = make.event(mission=kfor, title="Arrival")
    a_day_passes(Mission, Event)
    kfor.sources.set([make.source(code="un-1", title="Report")])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE missions_event SET title = 'Typed'")

    page = admin_as(editor).get(Mission, "history", kfor.pk)

    moment, *_others = page.context["moments"]
    assert moment.is_statement
    by_reference = {difference.reference: cells(difference) for difference in moment.records}
    assert by_reference[kfor.reference]["sources"][1] == "un-1"
    assert by_reference[event.reference] == {"title": ("Arrival", "Typed")}


def test_history_asks_as_many_queries_for_many_changes(admin_as, editor, kfor, django_assert_max_num_queries):
    browser = admin_as(editor)
    for number in range(30):
        make.event(mission=kfor, title=f"Event {number}")
        a_day_passes(Event)
        Event.objects.update(text=f"They came, {number}.")

    with django_assert_max_num_queries(24):
        page = browser.get(Mission, "history", kfor.pk)

    assert page.context["page_obj"].has_next()


def test_a_large_change_is_counted_by_kind(admin_as, editor, kfor):
    for number in range(25):
        make.event(mission=kfor, title=f"Event {number}")

    (moment, *_others) = admin_as(editor).get(Mission, "history", kfor.pk).context["moments"]

    assert moment.left_out == ["15 more: Events"]


def compare(browser, record, then, until=""):
    return browser.client.get(address(record), {"from": then.isoformat(), "to": until and until.isoformat()})


def address(record):
    return f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/history/compare/"


def yesterday(record):
    return record.history.earliest("pgh_id").pgh_created_at + datetime.timedelta(hours=1)


def test_two_points_are_compared_with_parts_and_links(admin_as, editor, kfor):
    gone, changed = make.event(mission=kfor, title="Gone"), make.event(mission=kfor, title="Before")
    a_day_passes(Mission, Event)
    then = yesterday(kfor)
    Event.objects.filter(pk=gone.pk).delete()
    Event.objects.filter(pk=changed.pk).update(title="After")
    new = make.event(mission=kfor, title="New")
    Mission.objects.update(summary="Another.")

    page = compare(admin_as(editor), kfor, then)

    actions = {difference.reference: difference.action for difference in page.context["differences"]}
    assert actions == {
        gone.reference: "remove",
        changed.reference: "change",
        new.reference: "add",
        kfor.reference: "change",
    }


def test_an_earlier_state_is_restored_as_a_draft_with_links_and_deleted_parts(admin_as, editor, publisher, kfor):
    source = make.source(code="un-1")
    kfor.sources.set([source])
    gone = make.event(mission=kfor, title="Gone", sources=[source])
    a_day_passes(Mission, Event)
    then = yesterday(kfor)
    kfor.sources.set([make.source(code="un-2")])
    Mission.objects.update(summary="Another.")
    Event.objects.all().delete()
    references = [kfor.reference, gone.reference]

    query = f"?from={then.isoformat().replace('+', '%2B')}"
    page = admin_as(editor).client.post(address(kfor) + query, {"reference": references}, follow=True)

    draft = ChangeSet.objects.get()
    assert draft.origin == "restore"
    assert messages(page) == [
        f"The earlier state is in the draft {draft.number}. Readers see no change until it is published."
    ]
    own = draft.changes.get(reference=kfor.reference)
    assert own.cells == {"summary": ["Another.", "It keeps the peace."], "sources": ["un-2", "un-1"]}
    act(admin_as(editor), draft, "submit")
    act(admin_as(publisher), draft, "approve")
    act(admin_as(publisher), draft, "publish")
    back = Event.objects.get()
    assert (back.reference, back.title, [*back.sources.all()]) == (gone.reference, "Gone", [source])
    assert [*kfor.sources.all()] == [source]


def test_only_what_is_ticked_is_restored(admin_as, editor, kfor):
    make.event(mission=kfor, title="Kept")
    a_day_passes(Mission, Event)
    then = yesterday(kfor)
    Mission.objects.update(summary="Another.")
    Event.objects.update(title="Better")

    query = f"?from={then.isoformat().replace('+', '%2B')}"
    admin_as(editor).client.post(address(kfor) + query, {"reference": [kfor.reference]})

    assert [change.reference for change in ChangeSet.objects.get().changes.all()] == [kfor.reference]


def test_more_changes_than_a_page_shows_are_restored_together(admin_as, editor, kfor, monkeypatch):
    monkeypatch.setattr("pkportal.editorial.record_history.SHOWN", 2)
    events = [make.event(mission=kfor, title=title) for title in ("A", "B", "C")]
    a_day_passes(Mission, Event)
    query = f"?from={yesterday(kfor).isoformat().replace('+', '%2B')}"
    Event.objects.update(text="Changed")

    page = admin_as(editor).client.get(address(kfor) + query)
    admin_as(editor).client.post(address(kfor) + query, {"everything": "1"})

    assert "not all are shown" in page.text
    assert 'type="checkbox"' not in page.text
    cells = {change.reference: change.cells["text"] for change in ChangeSet.objects.get().changes.all()}
    assert cells == {event.reference: ["Changed", ""] for event in events}


def test_more_than_a_page_shows_is_restored_after_a_deletion(admin_as, publisher, monkeypatch):
    monkeypatch.setattr("pkportal.editorial.record_history.SHOWN", 2)
    mission = make.mission(name="Lost")
    for title in ("A", "B", "C"):
        make.event(mission=mission, title=title)
    a_day_passes(Mission, Event)
    browser = admin_as(publisher)
    browser.post(Mission, "delete", mission.pk, data={"post": "yes"})

    page = browser.get(Mission, "restore", mission.reference)
    restore(browser, mission)

    assert page.context["left_out"] == ["1 more: Events"]
    assert Event.objects.count() == 3


@pytest.mark.parametrize("query", ["", "?from=yesterday", "?from=1999-06-12"])
def test_a_comparison_of_no_point_is_a_bad_request(admin_as, editor, kfor, query):
    assert admin_as(editor).client.get(address(kfor) + query).status_code == 400


def test_history_is_for_those_who_may_see_the_record(admin_as, staff_without_rights, kfor):
    browser = admin_as(staff_without_rights)

    assert browser.get(Mission, "history", kfor.pk).status_code == 403
    assert browser.client.get(address(kfor) + "?from=2026-01-01T00:00:00Z").status_code == 403


# Deleted records


def deleted(browser, model):
    return browser.get(model, "deleted")


def restore(browser, record):
    return browser.post(type(record), "restore", record.reference)


def test_a_deleted_record_that_readers_see_is_restored_with_the_links_of_others(admin_as, editor, publisher, kfor):
    country = make.country(iso3="ZZZ")
    kfor.host_countries.set([country])
    a_day_passes(Country, Mission)
    country.delete()

    page = restore(admin_as(editor), country)
    added, linked = ChangeSet.objects.open().order_by("pk")
    publish(added, publisher)
    publish(linked, publisher)

    assert messages(page)[1].endswith(f"once these drafts are published: {linked.number}.")
    assert [it.iso3 for it in kfor.host_countries.all()] == ["ZZZ"]


def test_a_deleted_mission_is_found_and_restored_with_its_parts_and_links(admin_as, editor, publisher):
    source = make.source()
    mission = make.mission(name="Lost", sources=[source])
    event = make.event(mission=mission, title="Arrival", sources=[source])
    lesson = make.lesson(missions=[mission])
    a_day_passes(Mission, Event, Lesson)
    admin_as(publisher).post(Mission, "delete", mission.pk, data={"post": "yes"})
    browser = admin_as(editor)

    (row,) = deleted(browser, Mission).context["rows"]
    assert (row["title"], row["reference"], row["by"]) == ("Lost", mission.reference, "publisher")
    page = restore(browser, mission)

    assert messages(page) == ["“Lost” is restored, with its parts and links."]
    back = Mission.objects.get()
    assert (back.reference, back.status, [*back.sources.all()]) == (mission.reference, "draft", [source])
    assert [(it.reference, [*it.sources.all()]) for it in back.events.all()] == [(event.reference, [source])]
    assert [*back.lessons.all()] == [lesson]
    assert deleted(browser, Mission).context["rows"] == []


def test_a_deleted_part_of_a_published_mission_comes_back_as_a_draft(admin_as, editor, kfor):
    event = make.event(mission=kfor, title="Arrival")
    a_day_passes(Mission, Event)
    Event.objects.all().delete()

    page = restore(admin_as(editor), event)

    draft = ChangeSet.objects.get()
    assert messages(page) == [
        f"It is to be added again: the draft {draft.number} says so. Readers see it once that is published."
    ]
    assert not Event.objects.exists()
    assert (draft.root, draft.changes.get().cells["title"]) == (kfor, ["", "Arrival"])


def test_a_part_is_not_restored_before_its_record(admin_as, editor):
    mission = make.mission(name="Lost", acronym="")
    event = make.event(mission=mission)
    a_day_passes(Mission, Event)
    mission.delete()

    page = restore(admin_as(editor), event)

    assert messages(page) == ["It was part of “Lost”, which was deleted: restore that first."]


def test_a_deleted_lesson_keeps_its_number(admin_as, editor):
    lesson = make.lesson()
    a_day_passes(Lesson)
    lesson.delete()

    restore(admin_as(editor), lesson)

    assert Lesson.objects.get().number == lesson.number


def test_published_lessons_link_to_a_restored_mission_by_a_draft(admin_as, editor):
    mission = make.mission(name="Lost")
    lesson = make.published_lesson(missions=[mission])
    a_day_passes(Mission, Lesson)
    mission.delete()

    page = restore(admin_as(editor), mission)

    draft = ChangeSet.objects.get()
    assert messages(page)[1].endswith(f"once these drafts are published: {draft.number}.")
    assert (draft.root, draft.changes.get().cells) == (lesson, {"missions": ["", mission.code]})
