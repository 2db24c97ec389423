"""A file that is the whole of something: what it lacks is shown, and goes only if that is asked and allowed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from missions.models import Event, Mission
from pkportal.changes import import_stages, review
from pkportal.changes.imported_files import ImportedFile
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.pages import messages

pytestmark = pytest.mark.django_db
HEADER = "mission,date,kind,title\n"
KEPT = f"{HEADER}ufor,1999-06,deployment,Arrival\n"


@pytest.fixture
def events():
    mission = make.mission(code="ufor")
    fields = {"mission": mission, "kind": "deployment"}
    return [make.event(title="Arrival", date="1999-06", **fields), make.event(title="Gone", date="2000", **fields)]


def send_whole(registrar, text, whole="mission=ufor", model=Event):
    page = registrar.upload(model, SimpleUploadedFile("events.csv", text.encode()))
    return registrar.client.post(f"{page.request['PATH_INFO']}whole/", {"whole": whole}, follow=True)


def test_records_that_a_whole_file_lacks_are_shown_by_name_and_removed_when_that_is_confirmed(
    events, admin_as, django_user_model
):
    registrar = admin_as(django_user_model.objects.create_superuser("owner"))
    make.event(mission=make.mission(code="other"), title="Elsewhere")

    page = send_whole(registrar, KEPT)
    shown = registrar.client.get(page.request["PATH_INFO"], {"show": "removed"})
    assert [record.title for record, _is_withdrawn in shown.context["removed"]] == ["Gone"]
    assert Event.objects.count() == 3
    done = registrar.confirm(Event, page)

    assert "removed, as the file did not have them" in done.text
    assert {*Event.objects.values_list("title", flat=True)} == {"Arrival", "Elsewhere"}
    assert ChangeSet.objects.get().changes.get().action == "remove"
    registrar.client.post(f"{done.request['PATH_INFO']}undo/")
    assert Event.objects.get(title="Gone").reference == events[1].reference


@pytest.mark.parametrize("most_changes", [0, 10], ids=["as a stage", "as changes"])
def test_removal_of_what_readers_see_waits_for_somebody_else(
    events, admin_as, data_manager, publisher, monkeypatch, most_changes
):
    monkeypatch.setattr(import_stages, "MOST_CHANGES", most_changes)
    Mission.objects.update(status="published", published_at="2026-01-01T00:00:00Z")
    registrar = admin_as(data_manager)

    registrar.confirm(Event, send_whole(registrar, KEPT))

    change_set = ChangeSet.objects.get()
    assert (change_set.state, Event.objects.count()) == ("draft", 2)
    assert not review.may_approve(data_manager, change_set)
    review.publish(change_set, publisher)
    assert Event.objects.get().title == "Arrival"


def test_published_record_is_withdrawn_with_a_reason_and_not_deleted(admin_as, data_manager, publisher):
    kept, gone = make.published_mission(), make.published_mission()
    registrar = admin_as(data_manager)

    page = send_whole(registrar, f"code,type\n{kept.code},peacekeeping\n", "type=peacekeeping", Mission)
    assert page.context["imported"].rows_removed == 1
    registrar.confirm(Mission, page)
    review.publish(ChangeSet.objects.get(), publisher)

    gone.refresh_from_db()
    assert (gone.status, gone.withdrawal_reason) == ("withdrawn", "It is no longer in the list that it came from.")


def test_record_that_changed_since_the_preview_is_named_and_stays(events, admin_as, data_manager):
    registrar = admin_as(data_manager)
    page = send_whole(registrar, KEPT)
    Event.objects.filter(title="Gone").update(text="Somebody wrote this meanwhile.")

    after = registrar.confirm(Event, page)

    assert f"{events[1].reference} is not in the file, but somebody changed it" in after.text
    assert Event.objects.count() == 2


def test_removal_by_somebody_who_may_not_delete_waits_for_review(events, admin_as, data_manager, publisher):
    registrar = admin_as(data_manager)

    registrar.confirm(Event, send_whole(registrar, KEPT))

    assert (ChangeSet.objects.get().state, Event.objects.count()) == ("draft", 2)
    review.publish(ChangeSet.objects.get(), publisher)
    assert Event.objects.get().title == "Arrival"


def test_nothing_but_what_the_file_has_is_taken_as_a_whole(events, admin_as, data_manager):
    page = send_whole(admin_as(data_manager), KEPT, "mission=other")

    assert messages(page) == ["Choose one of the answers."]
    assert ImportedFile.objects.get().whole == ""
