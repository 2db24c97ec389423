"""Two people at the desk at once: neither undoes, unasked, what the other stored."""

import pytest
from django.contrib.auth.models import Permission

from missions.models import Mission
from tests import make
from tests.editorial import pages


@pytest.fixture
def opened(desk, editor):
    """Open the page of a mission with an objective, and give what a browser would send of it."""
    mission = make.published_mission(legal_basis="A resolution", lead_command="Naples", sources=[make.source()])
    make.objective(mission=mission, text="Keep the peace")
    return mission, pages.filled(desk(editor).get(Mission, "change", mission.pk))


def send(desk, editor, mission, form, **changes):
    return desk(editor).post(Mission, "change", mission.pk, data={**form, **changes})


def test_what_another_stored_meanwhile_is_named_and_kept(desk, editor, opened):
    mission, form = opened
    Mission.objects.update(legal_basis="Another resolution")

    page = send(desk, editor, mission, form, lead_command="Brunssum")

    (reason,) = pages.errors(page)
    assert reason.startswith("Somebody changed this record while you had it open: Legal basis in words.")
    assert pages.filled(page)["lead_command"] == "Brunssum"
    mission.refresh_from_db()
    assert (mission.legal_basis, mission.lead_command) == ("Another resolution", "Naples")


def test_who_sends_the_form_again_knows_what_it_replaces(desk, editor, opened):
    mission, form = opened
    Mission.objects.update(legal_basis="Another resolution")
    page = send(desk, editor, mission, form)

    send(desk, editor, mission, pages.filled(page))

    mission.refresh_from_db()
    assert mission.legal_basis == "A resolution"


def test_a_link_that_another_made_meanwhile_is_not_cut(desk, editor, opened):
    mission, form = opened
    mission.sources.add(make.source())

    assert "Sources" in pages.errors(send(desk, editor, mission, form))[0]
    assert mission.sources.count() == 2


def test_a_part_that_another_changed_meanwhile_is_kept_till_it_is_sent_again(desk, editor, opened):
    mission, form = opened
    mission.objectives.update(text="Deter renewed violence")

    page = send(desk, editor, mission, form, **{"objectives-0-order": "9"})

    assert any("while you had it open: Text." in it for it in pages.errors(page))
    assert mission.objectives.get().text == "Deter renewed violence"

    send(desk, editor, mission, pages.filled(page))

    assert mission.objectives.get().text == "Keep the peace"


def test_a_withdrawal_stays_whoever_saves_a_form_that_was_open(desk, editor, opened):
    mission, form = opened
    mission.withdraw()

    send(desk, editor, mission, form, lead_command="Brunssum")

    mission.refresh_from_db()
    assert (mission.status, mission.lead_command) == ("withdrawn", "Brunssum")


@pytest.mark.parametrize("seen", ["", "nonsense", "name=;=;;", "legal_basis=00000000"])
def test_a_form_that_says_nothing_of_what_it_saw_breaks_nothing(desk, editor, opened, seen):
    mission, form = opened

    assert send(desk, editor, mission, form, version_tokens=seen).status_code == 200


def test_who_may_only_look_sees_the_record(desk, stranger, opened):
    mission, _form = opened
    stranger.user_permissions.set(Permission.objects.filter(codename__in=["view_mission", "view_objective"]))

    page = desk(stranger).get(Mission, "change", mission.pk)

    assert page.status_code == 200
    assert "A resolution" in page.text
