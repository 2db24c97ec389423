"""Confirming an import: who may, and what has happened since its preview."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db.models.functions import Now

from missions.models import Country, Mission
from pkportal.changes.imported_files import ImportedFile
from pkportal.changes.models import ChangeSet
from tests import make
from tests.editorial.conftest import member
from tests.editorial.imports import HEADER, ITALY, SPAIN, csv, reasons, refusals_on
from tests.editorial.pages import form_data, messages, publish_drafts


def test_import_needs_the_permissions_to_add_and_to_change(admin_as, client, django_user_model):
    from django.contrib.auth.models import Permission

    user = django_user_model.objects.create_user("half", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["change_country", "view_country"]))
    browser = admin_as(user)

    assert browser.upload(Country, csv(HEADER + ITALY)).status_code == 403
    assert browser.post(Country, "process_import", data={"token": "x"}).status_code == 403
    assert browser.get(Country, "export").status_code == 200
    assert "Import" not in browser.get(Country, "changelist").text


def test_data_manager_cannot_publish_by_file(admin_as, data_manager):
    mission = make.mission()

    page = admin_as(data_manager).upload(
        Mission, csv(f"code,status,published_at\n{mission.code},published,2026-11-22T00:00:00Z\n", "missions.csv")
    )

    assert refusals_on(page) == [
        (2, "status", "published", "You may not publish or withdraw records: leave the status as it is.")
    ]


def test_file_with_an_unchanged_status_changes_the_rest(admin_as, data_manager):
    mission = make.published_mission()
    browser = admin_as(data_manager)
    file = browser.export(Mission).replace(b"It kept the peace.", b"It keeps the peace.")

    browser.confirm(Mission, browser.upload(Mission, csv(file)))
    publish_drafts()

    mission.refresh_from_db()
    assert (mission.summary, mission.status) == ("It keeps the peace.", "published")


def test_publisher_who_is_data_manager_too_publishes_by_file_what_is_ready(admin_as, data_manager):
    data_manager.groups.add(Group.objects.get(name="Publisher"))
    ready, bare = make.mission(), make.mission(sources=[])
    browser = admin_as(data_manager)
    row = "{},published,2026-11-22T00:00:00Z\n"

    page = browser.upload(Mission, csv("code,status,published_at\n" + row.format(bare.code)))
    assert reasons(page) == ["It cites no source."]

    browser.confirm(Mission, browser.upload(Mission, csv("code,status,published_at\n" + row.format(ready.code))))
    publish_drafts()
    ready.refresh_from_db()
    assert ready.status == "published"


GONE = "This file does not wait for a confirmation any more: below is what became of it."
UNKNOWN = "There is no such file. Choose it again."


def test_second_confirmation_stores_nothing(admin_as, data_manager):
    browser = admin_as(data_manager)
    preview = browser.upload(Country, csv(HEADER + ITALY))

    browser.confirm(Country, preview)
    page = browser.confirm(Country, preview)

    assert messages(page) == [GONE]
    assert page.context["imported"].state == "proposed"
    assert ChangeSet.objects.count() == 1


def test_file_that_nobody_confirmed_for_a_week_is_thrown_away_and_stays_in_the_list(admin_as, data_manager):
    browser = admin_as(data_manager)
    preview = browser.upload(Country, csv(HEADER + ITALY))
    ImportedFile.objects.update(changed_at=Now() - timedelta(days=8))

    browser.upload(Country, csv(HEADER + SPAIN))

    assert messages(browser.confirm(Country, preview)) == [GONE]
    old, new = ImportedFile.objects.order_by("pk")
    assert (old.state, old.message, old.stage_name) == ("cancelled", "Nobody confirmed it for a week.", "")
    assert (new.state, new.rows_new) == ("staged", 1)
    assert "Thrown away" in browser.get(ImportedFile, "changelist").text


def test_only_the_uploader_can_confirm_a_file(admin_as, data_manager):
    preview = admin_as(data_manager).upload(Country, csv(HEADER + ITALY))

    page = admin_as(member("other", "Data manager")).confirm(Country, preview)

    assert messages(page) == [UNKNOWN]
    assert not Country.objects.exists()

    admin_as(data_manager).confirm(Country, preview)
    publish_drafts()
    assert Country.objects.count() == 1


def test_file_for_one_model_cannot_be_confirmed_for_another(admin_as, data_manager):
    browser = admin_as(data_manager)
    preview = browser.upload(Country, csv(HEADER + ITALY))
    assert messages(browser.confirm(Mission, preview)) == [UNKNOWN]


@pytest.mark.parametrize("token", ["", "kfor", "\0", "ü", "0" * 32, "x" * 100_000])
def test_token_that_nobody_was_given_takes_nothing(admin_as, data_manager, token):
    assert messages(admin_as(data_manager).post(Country, "process_import", data={"token": token})) == [UNKNOWN]


def test_record_that_changed_since_the_preview_is_named_and_not_overwritten(admin_as, data_manager, italy):
    browser = admin_as(data_manager)
    preview = browser.upload(Country, csv(HEADER + ITALY + SPAIN))
    Country.objects.update(name="Italie")

    page = browser.confirm(Country, preview)

    named = "Somebody changed this record since the file was read: it is not overwritten."
    assert refusals_on(page) == [(2, "", "", named)]
    assert "The record has changed since the preview, so nothing was stored." in page.text
    assert (Country.objects.get().name, ChangeSet.objects.exists()) == ("Italie", False)

    page = browser.client.post(f"{page.request['PATH_INFO']}reread/", follow=True)
    assert "<del>Italie</del> <ins>Italy</ins>" in page.text
    browser.confirm(Country, page)
    publish_drafts()
    italy.refresh_from_db()
    assert italy.name == "Italy"


def test_good_rows_are_imported_without_the_refused_ones_if_somebody_chooses_that(admin_as, data_manager, italy):
    browser = admin_as(data_manager)
    page = browser.upload(Country, csv(HEADER + ITALY + SPAIN.replace("1982-05-30", "never")))
    assert page.context["token"] == ""

    page = browser.post(Country, "process_import", data={"token": page.context["good_token"], "only_good": "yes"})

    assert [change.cells["name"] for change in ChangeSet.objects.get().changes.all()] == [["Italia", "Italy"]]


def test_confirmation_by_get_is_not_allowed(admin_as, data_manager):
    assert admin_as(data_manager).get(Country, "process_import").status_code == 405


def test_new_row_of_a_file_that_waits_is_edited_in_the_same_change_set(admin_as, data_manager):
    browser = admin_as(data_manager)
    browser.confirm(Country, browser.upload(Country, csv(HEADER + SPAIN)))
    (change,) = ChangeSet.objects.get().changes.all()
    query = f"?draft_row={change.reference}"

    page = browser.client.get(f"/admin/missions/country/add/{query}")
    browser.post(Country, "add", data={**form_data(page), "name": "España"}, query=query)

    (change,) = ChangeSet.objects.get().changes.all()
    assert change.cells["name"] == ["", "España"]
