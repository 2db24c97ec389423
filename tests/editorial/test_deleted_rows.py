"""Rows that somebody deletes while the page is open: nothing that was typed in them is lost."""

from functools import partial

import pytest

from missions.models import Mission
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.pages import errors, form_data, publish_drafts

pytestmark = pytest.mark.django_db


def objectives_of(page):
    return next(it.formset for it in page.context["inline_admin_formsets"] if it.formset.prefix == "objectives")


@pytest.fixture(params=["draft", "published"])
def mission(request):
    mission = make.mission() if request.param == "draft" else make.published_mission()
    for order in (1, 2, 3):
        make.objective(mission=mission, order=order, text=f"Aim {order}")
    return mission


@pytest.fixture
def opened(admin_as, editor, mission):
    """Return a browser with the page of the mission open, and a function that sends it."""
    browser = admin_as(editor)
    form = form_data(browser.get(Mission, "change", mission.pk))
    return lambda **changes: browser.post(Mission, "change", mission.pk, data={**form, **changes})


def texts(mission):
    """Return the texts of the objectives as they are to be: on record, and in the draft if there is one."""
    found = {it.reference: it.text for it in mission.objectives.all()}
    for change_set in ChangeSet.objects.open():
        for change in change_set.changes.filter(kind="missions.objective"):
            found[change.reference] = change.cells.get("text", ["", found.get(change.reference)])[1]
    return sorted(found.values())


def test_a_deleted_row_shows_what_was_typed_and_is_kept_as_a_new_one_when_sent_again(mission, opened):
    mission.objectives.filter(order=1).delete()

    page = opened(**{"objectives-0-text": "Aim 1, rewritten", "objectives-2-text": "Aim 3, rewritten"})

    (reason,) = errors(page)
    assert reason.startswith("Somebody deleted this row while you had it open.")
    assert reason in page.text
    rows = objectives_of(page)
    assert [form["text"].value() for form in rows.forms] == ["Aim 2", "Aim 3, rewritten", "Aim 1, rewritten"]
    assert [form.instance.order for form in rows.initial_forms] == [2, 3]

    opened(**form_data(page))

    assert texts(mission) == ["Aim 1, rewritten", "Aim 2", "Aim 3, rewritten"]


def test_a_deleted_row_can_be_dropped(mission, opened):
    mission.objectives.filter(order=1).delete()
    page = opened(**{"objectives-0-text": "Aim 1, rewritten", "objectives-2-text": "Aim 3, rewritten"})
    assert 'name="objectives-2-is_dropped"' in page.text

    opened(**form_data(page), **{"objectives-2-is_dropped": "on"})

    assert texts(mission) == ["Aim 2", "Aim 3, rewritten"]


def test_a_deleted_row_in_which_nothing_was_typed_stays_deleted(mission, opened):
    mission.objectives.filter(order=1).delete()

    opened(**{"objectives-2-text": "Aim 3, rewritten"})

    assert texts(mission) == ["Aim 2", "Aim 3, rewritten"]


def test_what_others_typed_in_other_fields_of_a_row_survives(mission, opened):
    mission.objectives.filter(order=1).update(text="Aim 1, by another")

    opened(**{"objectives-0-order": "7", "objectives-2-text": "Aim 3, rewritten"})

    assert texts(mission) == ["Aim 1, by another", "Aim 2", "Aim 3, rewritten"]


def test_rows_that_others_added_do_not_shift_those_that_are_shown_again(mission, opened):
    make.objective(mission=mission, order=0, text="Aim 0")

    page = opened(name="", **{"objectives-1-order": "many"})

    inline = next(it for it in page.context["inline_admin_formsets"] if it.formset.prefix == "objectives")
    shown = [(row.original.text, row.form["text"].value()) for row in inline if row.original]
    assert shown == [(f"Aim {order}",) * 2 for order in (1, 2, 3)]


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30, "\x00"])
def test_a_key_of_no_row_is_answered_with_the_form(mission, opened, key):
    page = opened(**{"objectives-0-id": key, "objectives-0-text": "Typed"})

    assert "Somebody deleted this row" in page.text


@pytest.fixture
def drafted(admin_as, editor):
    """Return a function that sends the page of a published mission again and again, as it was when a draft was begun.

    The draft changes the first objective and adds a third.
    """
    mission = make.published_mission()
    for order in (1, 2):
        make.objective(mission=mission, order=order, text=f"Aim {order}")
    browser = admin_as(editor)
    new = {"objectives-TOTAL_FORMS": 3, "objectives-2-order": 3, "objectives-2-text": "Aim 3"}
    browser.save(mission, **new, **{"objectives-0-text": "Aim 1, drafted"})
    form = form_data(browser.get(Mission, "change", mission.pk))
    send = partial(browser.post, Mission, "change", mission.pk)
    return mission, lambda **changes: send(data={**form, **changes}), send


def to_be(mission):
    """Return the texts of the objectives as they would be if the draft were published."""
    publish_drafts()
    return [*mission.objectives.order_by("order").values_list("text", flat=True)]


def test_row_that_somebody_drops_from_the_draft_or_marks_to_be_deleted_does_not_come_back_by_itself(drafted):
    mission, send_as_opened, _send = drafted
    send_as_opened(**{"objectives-1-DELETE": "on", "objectives-TOTAL_FORMS": 2})

    send_as_opened(acronym="KFOR")

    assert to_be(mission) == ["Aim 1, drafted"]
    mission.refresh_from_db()
    assert mission.acronym == "KFOR"


def test_what_was_typed_in_a_row_that_somebody_drops_or_marks_is_shown_and_kept_when_sent_again(drafted):
    mission, send_as_opened, send = drafted
    send_as_opened(**{"objectives-1-DELETE": "on", "objectives-TOTAL_FORMS": 2})

    page = send_as_opened(**{"objectives-1-text": "Aim 2, mine", "objectives-2-text": "Aim 3, mine"})

    marked, dropped = errors(page)
    assert marked.startswith("Somebody marked this row to be deleted while you had it open.")
    assert dropped.startswith("Somebody deleted this row while you had it open.")
    send(data=form_data(page))
    assert to_be(mission) == ["Aim 1, drafted", "Aim 2, mine", "Aim 3, mine"]


def test_row_that_was_published_meanwhile_is_not_added_again(drafted):
    mission, send_as_opened, _send = drafted
    publish_drafts()

    send_as_opened(acronym="KFOR")
    assert to_be(mission) == ["Aim 1, drafted", "Aim 2", "Aim 3"]
    page = send_as_opened(**{"objectives-2-text": "Aim 3, mine"})

    assert [error for error in errors(page) if error.startswith("This row was published while you had it open")]
