"""Optimistic locking: two people who edit a record at once do not overwrite each other unknowingly."""

import pytest
from django.contrib.auth.models import Permission

from missions.models import Mission
from tests import make
from tests.editorial import pages


@pytest.fixture
def mission_and_form(admin_as, editor):
    """Make an unpublished mission with an objective, and return it with the data of its form."""
    mission = make.mission(legal_basis="A resolution", lead_command="Naples", sources=[make.source()])
    make.objective(mission=mission, text="Keep the peace")
    return mission, pages.form_data(admin_as(editor).get(Mission, "change", mission.pk))


def save(admin_as, editor, mission, form, **changes):
    return admin_as(editor).post(Mission, "change", mission.pk, data={**form, **changes})


def test_field_that_was_not_touched_keeps_what_others_saved_meanwhile(admin_as, editor, mission_and_form):
    mission, form = mission_and_form
    added = make.source()
    mission.sources.add(added)
    Mission.objects.update(legal_basis="Another resolution")

    save(admin_as, editor, mission, form, lead_command="Brunssum")

    mission.refresh_from_db()
    assert (mission.legal_basis, mission.lead_command) == ("Another resolution", "Brunssum")
    assert added in mission.sources.all()


def test_field_that_both_changed_is_an_error_that_names_it_and_nothing_is_overwritten(
    admin_as, editor, mission_and_form
):
    mission, form = mission_and_form
    Mission.objects.update(legal_basis="Another resolution")
    mission.sources.set([make.source(title="Their paper", code="theirs")])
    mine = {"legal_basis": "My resolution", "lead_command": "Brunssum", "sources": [make.source().pk]}

    page = save(admin_as, editor, mission, form, **mine)

    *theirs, reason = pages.errors(page)
    names = "Legal basis in words and Sources"
    assert reason.startswith(f"Somebody changed this record while you had it open: {names}.")
    assert theirs == ["Theirs: Another resolution", "Theirs: Their paper (theirs)"]
    assert pages.form_data(page)["legal_basis"] == "My resolution"
    mission.refresh_from_db()
    assert (mission.legal_basis, mission.lead_command) == ("Another resolution", "Naples")


def test_sending_the_form_again_overwrites_the_concurrent_change(admin_as, editor, mission_and_form):
    mission, form = mission_and_form
    Mission.objects.update(legal_basis="Another resolution")
    page = save(admin_as, editor, mission, form, legal_basis="My resolution")

    save(admin_as, editor, mission, pages.form_data(page))

    mission.refresh_from_db()
    assert mission.legal_basis == "My resolution"


def test_part_that_was_not_touched_keeps_what_others_saved_meanwhile(admin_as, editor, mission_and_form):
    mission, form = mission_and_form
    mission.objectives.update(text="Deter renewed violence")

    save(admin_as, editor, mission, form, **{"objectives-0-order": "9"})

    objective = mission.objectives.get()
    assert (objective.order, objective.text) == (9, "Deter renewed violence")


def test_text_of_a_part_that_both_changed_is_kept_until_the_form_is_sent_again(admin_as, editor, mission_and_form):
    mission, form = mission_and_form
    mission.objectives.update(text="Deter renewed violence")

    page = save(admin_as, editor, mission, form, **{"objectives-0-text": "Protect"})

    assert any("while you had it open: Text." in error for error in pages.errors(page))
    assert mission.objectives.get().text == "Deter renewed violence"

    save(admin_as, editor, mission, pages.form_data(page))

    assert mission.objectives.get().text == "Protect"


def test_concurrent_withdrawal_is_kept(admin_as, editor, mission_and_form):
    mission, form = mission_and_form
    make.published(mission)
    make.withdrawn(mission)

    save(admin_as, editor, mission, form, lead_command="Brunssum")

    mission.refresh_from_db()
    assert (mission.status, mission.lead_command) == ("withdrawn", "Brunssum")


@pytest.mark.parametrize("token", ["", "nonsense", "name=;=;;", "legal_basis=00000000"])
def test_missing_or_invalid_version_token_is_harmless(admin_as, editor, mission_and_form, token):
    mission, form = mission_and_form

    assert save(admin_as, editor, mission, form, version_tokens=token).status_code == 200


def test_user_who_may_only_view_sees_the_record(admin_as, staff_without_rights, mission_and_form):
    mission, _form = mission_and_form
    staff_without_rights.user_permissions.set(
        Permission.objects.filter(codename__in=["view_mission", "view_objective"])
    )

    page = admin_as(staff_without_rights).get(Mission, "change", mission.pk)

    assert page.status_code == 200
    assert "A resolution" in page.text
