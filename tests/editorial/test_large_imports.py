"""A large file that readers would see waits as its stage: it is paged, published as a set, and not copied before."""

import pghistory
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from missions.models import Country
from pkportal.changes import import_stages, publishing_work, review
from pkportal.changes.imported_files import ImportedFile
from pkportal.changes.models import ChangeSet
from pkportal.changes.problems import NotApplicable
from pkportal.changes.publishing_runs import PublishingRun
from pkportal.changes.restoring import undo
from pkportal.exchange.progress import no_report
from pkportal.exchange.staging.kept_stages import kept_stages
from pkportal.exchange.staging.sql import run_sql
from tests import make
from tests.editorial.pages import messages

pytestmark = pytest.mark.django_db
HURRIED = """
CREATE FUNCTION pg_temp.hurry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF current_setting('statement_timeout')::interval < '1 min' THEN RAISE 'A large file takes longer.'; END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER hurry AFTER INSERT OR UPDATE OR DELETE ON missions_country EXECUTE FUNCTION pg_temp.hurry();
SET LOCAL statement_timeout = '10s'
"""
FILE = b"iso3,iso2,name,region\nITA,IT,Italy,Southern Europe\nESP,ES,Spain,Southern Europe\n"


@pytest.fixture
def change_set(admin_as, data_manager, monkeypatch):
    """Return the change set of a file that has more rows than are copied."""
    monkeypatch.setattr(import_stages, "MOST_CHANGES", 1)
    make.country(iso3="ITA", iso2="IT", name="Italia")
    registrar = admin_as(data_manager)
    registrar.confirm(Country, registrar.upload(Country, SimpleUploadedFile("countries.csv", FILE)))
    return ChangeSet.objects.get()


def test_large_file_waits_as_its_stage_and_its_rows_are_seen_from_its_change_set(change_set, admin_as, publisher):
    assert (change_set.state, change_set.changes.count(), len(kept_stages())) == ("draft", 0, 1)
    assert Country.objects.get().name == "Italia"

    page = admin_as(publisher).get(ChangeSet, "change", change_set.pk)

    assert "1 new, 1 changed" in " ".join(page.text.split())
    assert "There are too many rows for this page:" in page.text


def test_large_file_is_published_as_a_set(change_set, publisher):
    review.publish(change_set, publisher, "")

    assert {*Country.objects.values_list("name", flat=True)} == {"Italy", "Spain"}
    imported = ImportedFile.objects.get()
    assert (imported.state, change_set.state, kept_stages()) == ("applied", "published", set())


def test_large_file_that_was_published_is_undone_by_a_change_set_of_its_own_and_both_may_take_long(
    change_set, publisher, admin_as
):
    run_sql(HURRIED)
    review.publish(change_set, publisher, "")

    draft = undo(change_set, publisher)
    assert Country.objects.count() == 2
    review.publish(draft, publisher, "It was a rehearsal.")

    assert Country.objects.get().name == "Italia"
    assert ImportedFile.objects.get().state == "undone"
    pages = [admin_as(publisher).get(ChangeSet, "change", it.pk).text for it in [change_set, draft]]
    assert "It stored the rows of its file." in pages[0]
    assert "It undoes the import of countries.csv" in pages[1]


def test_of_a_large_file_the_rest_is_undone_if_that_is_asked_and_what_changed_since_is_named(
    change_set, admin_as, publisher
):
    review.publish(change_set, publisher, "")
    draft = undo(change_set, publisher)
    spain = Country.objects.get(name="Spain")
    with pghistory.context():
        Country.objects.filter(pk=spain.pk).update(region="Iberia")
    browser = admin_as(publisher)
    assert "Undo the rest" in browser.get(ChangeSet, "change", draft.pk).text
    address = f"/admin/changes/changeset/{draft.pk}/act/publish/"

    refused = browser.client.post(address, {"reason": "A rehearsal."}, follow=True)
    assert messages(refused) == ["It was not published:", f"{spain.reference}: Somebody changed it since."]
    browser.client.post(address, {"reason": "A rehearsal.", "only_rest": "yes"}, follow=True)

    assert {*Country.objects.values_list("name", "region")} == {("Italia", "Southern Europe"), ("Spain", "Iberia")}
    imported = ImportedFile.objects.get()
    assert (imported.state, imported.message) == (
        "undone",
        f"These records stay as they are. {spain.reference}: Somebody changed it since.",
    )


def test_large_file_whose_record_changed_meanwhile_is_not_published_and_names_the_row(change_set, publisher):
    Country.objects.update(name="Italie")

    with pytest.raises(NotApplicable, match="row 2: Somebody changed this record since the file was read"):
        review.publish(change_set, publisher, "")

    assert Country.objects.get().name == "Italie"


def test_process_that_may_not_publish_says_why_on_the_page_and_makes_what_was_due_a_draft_again(
    change_set, publisher, admin_as
):
    Country.objects.update(name="Italie")
    said = "row 2: Somebody changed this record since the file was read: it is not overwritten."

    run = PublishingRun.objects.create(change_set=change_set, account=publisher)
    publishing_work.publish_run(run, no_report)
    assert said in admin_as(publisher).get(ChangeSet, "change", change_set.pk).text
    ChangeSet.objects.update(state="approved", approved_by=publisher, publish_at=timezone.now())
    run.account = None
    publishing_work.publish_run(run, no_report)

    change_set.refresh_from_db()
    assert (change_set.state, change_set.publish_at, change_set.log.last().text) == ("draft", None, said)
    assert Country.objects.get().name == "Italie"


def test_process_does_not_publish_for_an_account_that_lost_the_right(change_set, editor):
    run = PublishingRun.objects.create(change_set=change_set, account=editor)

    publishing_work.publish_run(run, no_report)

    assert (run.state, run.reasons) == ("refused", ["The account may not publish it."])


def test_who_sent_a_large_file_is_its_writer_and_does_not_approve_it(change_set, data_manager):
    assert change_set.writers == [data_manager.pk]
    assert not review.may_approve(data_manager, change_set)


def test_discarded_large_file_leaves_no_stage(change_set, publisher):
    review.discard(change_set, publisher, "Not needed.")

    assert kept_stages() == set()
    assert ImportedFile.objects.get().state == "cancelled"
