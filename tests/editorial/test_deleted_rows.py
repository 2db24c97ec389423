"""Rows that somebody deletes while the page is open: nothing that was typed in them is lost."""

import pytest

from missions.models import Mission
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.pages import errors, form_data

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
