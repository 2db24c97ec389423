"""Forms lose no work: they save themselves, keep what was typed, and say who else has them open."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from missions.models import Event, Mission
from pkportal.changes.models import Change, ChangeSet
from pkportal.editorial.models import OpenForm, UnsavedForm
from tests import make
from tests.editorial.accounts import account, sign_in
from tests.editorial.conftest import AdminBrowser
from tests.editorial.pages import admin_url, errors, form_data, messages, write_draft

pytestmark = pytest.mark.django_db
AUTOSAVE, STILL_OPEN, FORGET = [{name: "1"} for name in ("_autosave", "_still_open", "_forget")]


@pytest.fixture
def kfor():
    mission = make.published_mission(code="kfor", name="Kosovo Force", summary="It keeps the peace.")
    make.objective(mission=mission, order=1, text="Keep the peace")
    return mission


@pytest.fixture
def writer(admin_as, editor):
    return admin_as(editor)


def opened(writer, record, **query):
    return form_data(writer.get(type(record), "change", record.pk, **query))


def send(writer, record, form, query=""):
    return writer.post(type(record), "change", record.pk, data=form, query=query)


def test_form_saves_itself_into_the_draft_and_can_go_on(writer, kfor):
    form = opened(writer, kfor)
    new_row = {"id": "", "mission": kfor.pk, "order": "2", "text": "Leave", "met": "", "met_source": ""}
    form |= {"summary": "It kept", "objectives-TOTAL_FORMS": "2"}
    form |= {f"objectives-1-{name}": value for name, value in new_row.items()}

    answer = send(writer, kfor, {**form, **AUTOSAVE}).json()
    for typed in [{"summary": "It kept the peace.", "objectives-1-text": "Leave it"}, {"summary": kfor.summary}]:
        form |= answer["tokens"] | typed
        answer = send(writer, kfor, {**form, **AUTOSAVE}).json()
    page = send(writer, kfor, {**form, **answer["tokens"]})

    number = ChangeSet.objects.get().number
    assert answer["text"] == f"Saved in the draft {number} at {{time}}."
    assert messages(page) == [f"Saved in the draft {number}. Readers see no change until it is published."]
    (added,) = Change.objects.all()
    assert added.cells["text"] == ["", "Leave it"]
    assert not UnsavedForm.objects.exists()


def test_what_cannot_be_in_a_draft_is_kept_as_it_was_typed_and_shown_again(writer, editor):
    mission = make.mission(summary="It keeps the peace.")
    form = opened(writer, mission) | {"summary": "It kept", "start_date": "some day"}

    answer = send(writer, mission, {**form, **AUTOSAVE}).json()

    assert answer["text"] == "Kept for you at {time}, but not saved yet."
    mission.refresh_from_db()
    assert mission.summary == "It keeps the peace."
    page = writer.get(Mission, "change", mission.pk)
    assert "You typed something here that was not saved." in page.text
    page = writer.client.get(page.context["unsaved_address"])
    shown = page.context["adminform"].form
    assert (shown["summary"].value(), shown["start_date"].value()) == ("It kept", "some day")
    assert any(error.startswith("You typed this on ") for error in errors(page))

    send(writer, mission, {**form_data(page), "start_date": "1999"}, query="?typed=1")

    mission.refresh_from_db()
    assert mission.summary == "It kept"
    assert not UnsavedForm.objects.exists()


def test_showing_again_saves_nothing_even_if_all_is_well(writer):
    mission = make.mission(summary="It keeps the peace.")
    send(writer, mission, {**opened(writer, mission), "summary": "It kept", **AUTOSAVE})

    writer.get(Mission, "change", mission.pk, typed="1")

    mission.refresh_from_db()
    assert mission.summary == "It keeps the peace."


def test_what_was_typed_can_be_forgotten(writer):
    mission = make.mission()
    send(writer, mission, {**opened(writer, mission), **AUTOSAVE})

    page = send(writer, mission, FORGET)

    assert "You typed something here" not in page.text
    assert not UnsavedForm.objects.exists()


def test_a_new_record_is_kept_for_its_writer_alone(writer, publisher):
    writer.post(Event, "add", data={"title": "Arrival", **AUTOSAVE})

    page = writer.get(Event, "add", typed="1")
    assert page.context["adminform"].form["title"].value() == "Arrival"
    assert not Event.objects.exists()
    assert "You typed something" not in AdminBrowser(Client(), publisher).get(Event, "add").text


def test_typing_takes_no_draft_out_of_review(writer, kfor):
    writer.save(kfor, summary="It kept the peace.")
    ChangeSet.objects.update(state="in_review")

    answer = send(writer, kfor, {**opened(writer, kfor), "summary": "It keeps", **AUTOSAVE}).json()

    assert answer["text"].startswith("Kept for you")
    assert ChangeSet.objects.get().state == "in_review"


def test_nobody_keeps_what_they_may_not_write(admin_as, staff_without_rights, kfor):
    writer = admin_as(staff_without_rights)

    assert send(writer, kfor, {"summary": "x", **AUTOSAVE}).status_code == 403
    assert writer.post(Event, "add", data=AUTOSAVE).status_code == 403


def test_colleague_who_has_the_form_open_is_named(writer, publisher, kfor):
    form = opened(writer, kfor)
    assert send(writer, kfor, {**form, **STILL_OPEN}).json() == {"text": ""}

    page = AdminBrowser(Client(), publisher).get(Mission, "change", kfor.pk)

    assert page.context["who_else"].startswith("editor has this form open too, since ")
    assert send(writer, kfor, {**form, **STILL_OPEN}).json()["text"].startswith("publisher has this form open too")


@pytest.mark.parametrize("how", ["saved", "silent"])
def test_colleague_who_left_is_not_named(writer, publisher, kfor, how):
    form = opened(writer, kfor)
    if how == "saved":
        send(writer, kfor, {**form, "summary": "x"})
    else:
        OpenForm.objects.update(seen_at=timezone.now() - timedelta(minutes=6))

    assert AdminBrowser(Client(), publisher).get(Mission, "change", kfor.pk).context["who_else"] == ""


def test_what_nobody_came_back_for_is_not_kept_for_ever(writer, kfor, editor):
    old = timezone.now() - timedelta(days=31)
    UnsavedForm.objects.create(account=editor, address="/admin/x/", data="x=1", kept_at=old)
    OpenForm.objects.create(account=editor, address="/admin/x/", seen_at=old)

    writer.post(Event, "add", data={"title": "Arrival", **AUTOSAVE})
    opened(writer, kfor)

    assert UnsavedForm.objects.get().address == admin_url(Event, "add")
    assert OpenForm.objects.get().address == admin_url(Mission, "change", kfor.pk)


# Signed out


@pytest.fixture
def colleague(db):
    return account("anna", "Editor")


@pytest.fixture
def sent_signed_out(client, colleague):
    """Send the form of a mission after the session has ended, and return the mission."""
    mission = make.mission(summary="It keeps the peace.")
    form = opened(AdminBrowser(client, colleague), mission)
    client.logout()
    client.post(admin_url(Mission, "change", mission.pk), {**form, "summary": "A long text"})
    return mission


def test_text_sent_after_the_session_has_ended_is_shown_after_signing_in(client, colleague, sent_signed_out):
    address = admin_url(Mission, "change", sent_signed_out.pk)
    sign_in(client, colleague)

    page = client.get(address, follow=True)

    assert page.context["adminform"].form["summary"].value() == "A long text"
    assert "unsaved_forms" not in client.cookies or not client.cookies["unsaved_forms"].value
    client.post(address, form_data(page))
    sent_signed_out.refresh_from_db()
    assert sent_signed_out.summary == "A long text"


def test_whoever_sends_something_else_signed_out_is_led_back_to_its_page_and_gets_the_words_back(client, colleague):
    draft = write_draft(colleague, make.published_mission(), summary="It keeps the peace.")
    page, act = (
        reverse(f"admin:changes_changeset_{name}", args=args)
        for name, args in [("change", [draft.pk]), ("act", [draft.pk, "comment"])]
    )

    response = client.post(act, {"reason": "A long comment"}, headers={"referer": f"http://testserver{page}"})

    assert response.url == f"{reverse('admin:login')}?next={page}"
    sign_in(client, colleague)
    told = "Your session had ended, so what you sent was not stored: send it again."
    shown = client.get(page)
    assert {told, "You had written: A long comment"} <= {*messages(shown)}
    assert not client.cookies["unsaved_forms"].value
    assert not UnsavedForm.objects.exists()
    assert not messages(client.get(page))
    assert client.post(reverse("admin:logout")).url == "/admin/login/"


@pytest.mark.parametrize("referer", ["https://evil.example/admin/", "http://[x", "http://\u2100/", ""])
def test_whoever_came_from_no_page_of_ours_is_led_to_the_front_page_of_the_desk(client, referer):
    response = client.post(reverse("admin:changes_changeset_act", args=[1, "comment"]), headers={"referer": referer})

    assert response.url == f"{reverse('admin:login')}?next={reverse('admin:index')}"


def test_text_of_one_browser_is_not_shown_in_another(colleague, sent_signed_out):
    other = AdminBrowser(Client(), colleague)
    other.client.cookies["unsaved_forms"] = "not a name"

    assert other.get(Mission, "change", sent_signed_out.pk).context["unsaved"] is None


def test_text_of_a_browser_is_kept_for_a_day(client, colleague, sent_signed_out):
    UnsavedForm.objects.update(kept_at=timezone.now() - timedelta(hours=25))
    client.force_login(colleague)

    assert client.get(admin_url(Mission, "change", sent_signed_out.pk), follow=True).context["unsaved"] is None


def test_little_is_kept_of_those_who_are_not_signed_in(client, monkeypatch):
    monkeypatch.setattr("pkportal.editorial.unsaved_forms.MAX_SIGNED_OUT", 2)
    monkeypatch.setattr("pkportal.editorial.unsaved_forms.MAX_TYPED", 100)
    for address in [admin_url(Mission, "add"), admin_url(Event, "add"), "/admin/missions/event/7/change/"]:
        client.post(address, {"title": "x"})
    client.post("/admin/missions/event/8/change/", {"title": "x" * 200})

    assert UnsavedForm.objects.count() == 2


def test_neither_accounts_nor_forged_forms_are_kept():
    user = User.objects.create_user("x")
    Client().post(admin_url(User, "change", user.pk), {"password": "secret"})
    Client(enforce_csrf_checks=True).post(admin_url(Mission, "add"), {"name": "x"})

    assert not UnsavedForm.objects.exists()
