"""Drafts: what the public would see at once waits in a change set, until somebody publishes it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lessons.models import RemedialAction
from missions.models import Contribution, Country, Event, Mission, StatedTotal
from pkportal.changes.models import Action, ChangeSet
from pkportal.sources.models import Source
from tests import make
from tests.editorial.pages import errors, form_data, messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def kfor():
    return make.published_mission(code="kfor", name="Kosovo Force", summary="It keeps the peace.")


def only_change():
    """Return the one change of the one change set."""
    return ChangeSet.objects.get().changes.get()


def test_saving_a_published_record_makes_a_draft_and_changes_nothing(admin_as, editor, kfor):
    page = admin_as(editor).save(kfor, summary="It kept the peace.")

    kfor.refresh_from_db()
    assert kfor.summary == "It keeps the peace."
    assert only_change().cells == {"summary": ["It keeps the peace.", "It kept the peace."]}
    number = ChangeSet.objects.get().number
    assert messages(page) == [f"Saved in the draft {number}. Readers see no change until it is published."]


def test_the_form_shows_the_draft_and_extends_it(admin_as, editor, kfor):
    browser = admin_as(editor)
    browser.save(kfor, summary="It kept the peace.")

    page = browser.get(Mission, "change", kfor.pk)
    assert page.context["adminform"].form["summary"].value() == "It kept the peace."
    browser.save(kfor, acronym="KFOR")

    assert only_change().cells == {"summary": ["It keeps the peace.", "It kept the peace."], "acronym": ["", "KFOR"]}


def test_a_field_that_is_set_back_is_no_change_any_more(admin_as, editor, kfor):
    browser = admin_as(editor)
    browser.save(kfor, summary="It kept the peace.")

    browser.save(kfor, summary="It keeps the peace.")

    assert not ChangeSet.objects.open().exists()


def test_new_changed_and_removed_parts_wait_too(admin_as, editor, kfor):
    changed, removed = make.objective(mission=kfor, order=1), make.objective(mission=kfor, order=2)
    browser = admin_as(editor)
    page = browser.get(Mission, "change", kfor.pk)
    row = {"order": "3", "text": "Leave", "met": "", "met_source": "", "mission": kfor.pk, "id": ""}

    browser.post(
        Mission,
        "change",
        kfor.pk,
        data={
            **form_data(page),
            "objectives-0-text": "Keep it",
            "objectives-1-DELETE": "on",
            "objectives-TOTAL_FORMS": "3",
            **{f"objectives-2-{name}": value for name, value in row.items()},
        },
    )

    changes = {change.action: change for change in ChangeSet.objects.get().changes.all()}
    assert {action: change.reference for action, change in changes.items() if action != Action.ADD} == {
        "change": changed.reference,
        "remove": removed.reference,
    }
    assert changes["add"].cells["text"] == ["", "Leave"]
    assert changes["add"].cells["mission"] == ["", "kfor"]
    assert [it.text for it in kfor.objectives.order_by("order")] == ["Keep the peace", "Keep the peace"]
    page = browser.get(Mission, "change", kfor.pk)
    rows = next(it.formset for it in page.context["inline_admin_formsets"] if it.formset.prefix == "objectives")
    assert [form["text"].value() for form in rows.forms] == ["Keep it", "Keep the peace", "Leave"]
    assert [form["DELETE"].value() for form in rows.forms] == [None, True, None]
    assert (
        browser.post(Mission, "change", kfor.pk, data=form_data(page)).status_code == 200
    )  # sent back as it was shown
    assert {change.pk for change in changes.values()} == {it.pk for it in ChangeSet.objects.get().changes.all()}
    assert changes["add"].cells == ChangeSet.objects.get().changes.get(action="add").cells


def test_the_page_of_a_part_and_its_row_on_the_page_of_the_record_are_one_draft(admin_as, editor, kfor):
    event = make.event(mission=kfor, title="Arrival")
    browser = admin_as(editor)

    browser.save(event, text="They arrived.")
    browser.save(kfor, **{"events-0-title": "The arrival"})

    assert only_change().cells == {"text": ["", "They arrived."], "title": ["Arrival", "The arrival"]}
    assert ChangeSet.objects.get().root == kfor


def test_a_new_part_of_a_published_record_waits(admin_as, editor, kfor):
    browser = admin_as(editor)
    data = {"mission": kfor.pk, "date": "1999-06-12", "kind": "deployment", "title": "Arrival", "text": ""}

    browser.post(Event, "add", data=data)

    assert not Event.objects.exists()
    assert (only_change().action, only_change().cells["title"]) == ("add", ["", "Arrival"])
    page = browser.get(Event, "add", draft_row=only_change().reference)
    assert page.context["adminform"].form["title"].value() == "Arrival"
    query = f"?draft_row={only_change().reference}"
    browser.post(Event, "add", data={**form_data(page), "title": "The arrival"}, query=query)
    assert only_change().cells["title"] == ["", "The arrival"]


@pytest.mark.parametrize("kind", ["source", "country"])
def test_records_that_are_public_on_their_own_wait_too(admin_as, editor, kind):
    record = getattr(make, kind)()
    name = "title" if kind == "source" else "name"

    admin_as(editor).save(record, **{name: "Another"})

    assert getattr(type(record).objects.get(), name) != "Another"
    assert only_change().cells[name][1] == "Another"


def test_a_new_source_waits(admin_as, editor):
    data = {"code": "un-1", "title": "Report", "publisher": "UN", "kind": "official-page", "grade": "A"}

    admin_as(editor).post(Source, "add", data=data)

    assert not Source.objects.exists()
    assert only_change().cells["code"] == ["", "un-1"]


def test_a_draft_is_edited_directly(admin_as, editor):
    mission = make.mission()

    admin_as(editor).save(mission, summary="Another.")

    mission.refresh_from_db()
    assert mission.summary == "Another."
    assert not ChangeSet.objects.exists()


def test_a_draft_may_be_incomplete(admin_as, editor, kfor):
    admin_as(editor).save(kfor, summary="", start_date="")

    assert only_change().cells == {"summary": ["It keeps the peace.", ""], "start_date": ["1999-06-12", ""]}


@pytest.mark.parametrize(
    ("model", "typed", "missing"),
    [
        (Event, {"title": "It began"}, {"Date", "Kind"}),
        (StatedTotal, {"total": "900"}, {"As of", "Source"}),
        (RemedialAction, {"text": "Train it."}, {"Order", "Source"}),
        (Source, {"title": "A report"}, {"Code", "Kind"}),
    ],
)
def test_a_new_record_may_be_incomplete_and_its_draft_says_what_is_missing(
    admin_as, editor, kfor, model, typed, missing
):
    browser = admin_as(editor)
    parent = {"lesson": make.published_lesson().pk} if model is RemedialAction else {"mission": kfor.pk}
    form = form_data(browser.get(model, "add"))

    nothing = browser.post(model, "add", data=form)
    page = browser.post(model, "add", data={**form, **parent, **typed})

    assert set(errors(nothing)) == {"This cannot be blank."}
    assert {(it.label, it.message) for it in page.context["named_problems"]} == {
        (label, "This cannot be blank.") for label in missing
    }
    assert (only_change().action, "None" in only_change().title) == (Action.ADD, False)


def test_two_new_records_that_lack_what_they_are_told_apart_by_are_two(admin_as, editor):
    browser, lesson = admin_as(editor), make.published_lesson()
    form = form_data(browser.get(RemedialAction, "add"))

    for text in ["Train it.", "Test it."]:
        browser.post(RemedialAction, "add", data={**form, "lesson": lesson.pk, "text": text})

    assert {change.title for change in ChangeSet.objects.get().changes.all()} == {"Train it.", "Test it."}


def test_a_draft_that_clears_what_its_record_is_called_by_keeps_its_name(admin_as, editor, kfor):
    event = make.event(mission=kfor, date="1999-06-12", title="It began")

    admin_as(editor).save(event, date="", title="")

    assert only_change().title == "1999-06-12 It began"


def test_a_day_that_may_be_two_is_shown_so_that_it_can_be_sent_as_it_is(admin_as, editor):
    country = make.country(joined_on="1999-03-12")

    admin_as(editor).save(country, region="Central Europe")

    assert [*only_change().cells] == ["region"]


def test_what_others_published_meanwhile_in_other_fields_survives(admin_as, editor, kfor):
    browser = admin_as(editor)
    page = browser.get(Mission, "change", kfor.pk)
    Mission.objects.update(legal_basis="Resolution 1244")

    browser.post(Mission, "change", kfor.pk, data={**form_data(page), "summary": "It kept the peace."})

    assert only_change().cells == {"summary": ["It keeps the peace.", "It kept the peace."]}


def test_deleting_a_part_of_a_published_record_is_proposed(admin_as, publisher, kfor):
    figure = make.contribution(mission=kfor)

    admin_as(publisher).post(Contribution, "delete", figure.pk, data={"post": "yes"})

    assert Contribution.objects.exists()
    assert only_change().action == "remove"


def test_names_of_a_country_are_drafted_with_the_country(admin_as, editor):
    country = make.country()
    name = make.country_name(country=country)

    admin_as(editor).save(name, note="Until 1992.")

    assert ChangeSet.objects.get().root == country
    assert Country.objects.count() == 1


def test_changed_row_of_a_file_that_waits_is_edited_in_the_change_set_of_the_file(admin_as, data_manager):
    italy = make.country(iso3="ITA", iso2="IT", name="Italia")
    file = SimpleUploadedFile("countries.csv", b"iso3,name\nITA,Italy\n")
    browser = admin_as(data_manager)
    page = browser.confirm(Country, browser.upload(Country, file))
    address = browser.client.get(page.redirect_chain[-1][0]).context["records"][0]["address"]
    own_form, form = browser.get(Country, "change", italy.pk), browser.client.get(address)
    data = {**form_data(form), "name": "Italian Republic", "_continue": "1"}

    again = browser.client.post(address, data, follow=True)

    assert [page.context["adminform"].form["name"].value() for page in (own_form, form)] == ["Italia", "Italy"]
    assert only_change().cells == {"name": ["Italia", "Italian Republic"]}
    assert again.redirect_chain[-1][0] == address
    ChangeSet.objects.update(state="discarded")
    assert browser.client.get(address).context["adminform"].form["name"].value() == "Italia"


def test_the_form_says_that_what_is_saved_waits_and_in_which_draft(admin_as, editor, kfor):
    browser = admin_as(editor)
    assert "waits in a draft until it is published" in browser.get(Mission, "change", kfor.pk).text

    browser.save(kfor, summary="It kept the peace.")

    notice = " ".join(browser.get(Mission, "change", kfor.pk).text.split())
    assert f"The form shows the draft {ChangeSet.objects.get().number}, which editor has begun." in notice
    assert "draft-notice" not in browser.get(Mission, "change", make.mission().pk).text


def test_form_with_a_draft_opens_with_at_most_twenty_queries(admin_as, editor, kfor, django_assert_max_num_queries):
    make.objective(mission=kfor)
    hosts = [make.country(), make.country()]
    kfor.host_countries.set(hosts[:1])
    browser = admin_as(editor)
    browser.save(kfor, summary="It kept the peace.", host_countries=[host.pk for host in hosts])

    with django_assert_max_num_queries(20):
        browser.get(Mission, "change", kfor.pk)
