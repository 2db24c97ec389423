"""The front page of the admin: what waits for an account, what the record needs, each number a link to just that."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from missions.models import Country, Event, Mission
from pkportal.changes import review
from pkportal.changes.models import ChangeSet
from pkportal.sources.models import Source
from tests import make
from tests.editorial.conftest import member
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def front_page(client, user):
    client.force_login(user)
    return client.get("/admin/")


def numbers(page):
    """Return how many change sets are in each queue of a front page that are not empty."""
    return {tally.label: tally.number for tally in page.context["tallies"] if tally.number}


def change_set(writer, **fields):
    return ChangeSet.objects.create(title="KFOR", opened_by=writer, writers=[writer.pk], **fields)


def in_days(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def test_everyone_sees_their_own_drafts_and_what_waits_for_them(client, editor, publisher):
    change_set(editor, due=in_days(7))
    change_set(editor, due=in_days(8))
    change_set(editor, state="in_review")
    change_set(editor, state="in_review", assigned_to=publisher, due=in_days(-1))
    change_set(publisher, state="in_review")

    assert numbers(front_page(client, editor)) == {"my drafts": 2, "mine in review": 2, "due within a week": 2}
    assert numbers(front_page(client, publisher)) == {"waiting for me": 2, "mine in review": 1, "due within a week": 1}


def test_writer_sees_who_asked_for_changes(client, editor, publisher):
    returned = change_set(editor, state="in_review")
    review.ask_for_changes(returned, publisher, "Which source?")
    review.comment(returned, editor, "The report.")
    review.submit(change_set(editor), editor, "")
    change_set(editor)

    assert front_page(client, editor).text.count("publisher asked for changes") == 1


def test_nothing_waits_for_somebody_who_may_not_publish_its_kind(client, editor):
    sources_only = member("half", "Editor")
    change_set(editor, state="in_review", root_kind="missions.mission", root_reference="M-0001")

    assert numbers(front_page(client, sources_only)) == {}


def test_what_was_published_without_a_second_reader_is_counted_until_it_is_read(client, editor, publisher):
    alone = {"state": "published", "published_by": publisher, "own_work_reason": "Urgent"}
    change_set(publisher, **alone)
    change_set(publisher, **alone, read_by=editor)

    assert numbers(front_page(client, editor)) == {"published without a second reader": 1}


def faults():
    """Make a record for each need, and one of each kind that needs nothing."""
    source = make.source(published=timezone.localdate().isoformat(), url="https://www.nato.int/cps/en/text.htm")
    fine = make.published_mission(sources=[source], summary=f"See [it](/missions/) [@{source.code}].")
    fine.mark_checked()
    make.mission(summary="A draft", state="completed", end_date="2004").mark_checked()
    unchecked = make.event(mission=fine)
    cites_nothing = make.event(mission=fine)
    Event.objects.filter(pk=cites_nothing.pk).update(text="So it was [@gone].")
    cites_nothing.mark_checked()
    for text in ["[@{}, p. ]", "[@{}, p. 1; @x, Annex, pp.]", "[@{} para.; @x]"]:
        lacking = make.event(mission=fine, text=text.format(source.code).replace("x", source.code))
        lacking.mark_checked()
    for text in ["[@{}, p. 1]", "[@{}, the state of the art]", "[@{}] p. ]"]:
        make.event(mission=fine, text=text.format(source.code)).mark_checked()
    Source.objects.filter(pk=make.source().pk).update(url="http//nato.int")
    stale = make.published_mission(start_date="2001", summary="See [it](www.nato.int).")
    stale.mark_checked()
    return [unchecked, cites_nothing, stale]


def test_what_the_record_needs_is_counted_by_kind(client, editor):
    faults()

    needs = {
        (need.label, tally.label): tally.number
        for need in front_page(client, editor).context["needs"]
        for tally in need.tallies
    }

    assert needs == {
        ("not published yet", "Missions"): 1,
        ("not checked", "Events"): 1,
        ("citing a source that does not exist", "Events"): 1,
        ("with a citation that lacks its page", "Events"): 3,
        ("with a link that is not an address", "Sources"): 1,
        ("with a link that is not an address", "Missions"): 1,
        ("last stated more than two years ago", "Missions"): 1,
    }


def test_each_number_leads_to_a_list_of_as_many_records(client, editor, publisher):
    faults()
    change_set(editor)
    change_set(publisher, state="in_review", assigned_to=editor, due=in_days(1))
    page = front_page(client, editor)
    tallies = [*page.context["tallies"], *(tally for need in page.context["needs"] for tally in need.tallies)]

    listed = [client.get(tally.address).context["cl"].result_count for tally in tallies]

    assert listed == [tally.number for tally in tallies] == [1, 0, 1, 1, 0, 1, 1, 1, 3, 1, 1, 1]
    assert all(f'href="{tally.address}"' in page.text for tally in tallies)


def test_front_page_lists_what_was_changed_lately_by_whom(admin_as, editor, publisher):
    draft, kfor = make.mission(name="Draft"), make.published_mission(name="Kosovo Force", acronym="KFOR")
    admin_as(editor).save(draft, summary="Once more.")
    admin_as(editor).save(kfor, summary="It keeps the peace.")
    admin_as(publisher).client.post(f"/admin/changes/changeset/{ChangeSet.objects.get().pk}/act/publish/")

    changes = admin_as(editor).client.get("/admin/").context["recent"]

    assert [(change.who, change.title) for change in changes] == [
        ("publisher", f"{ChangeSet.objects.get().number} KFOR"),
        ("editor", "Draft"),
    ]


@pytest.mark.parametrize("records", [1, 3])
def test_front_page_costs_at_most_fifteen_queries(client, publisher, editor, records):
    for _ in range(records):
        faults()
        change_set(publisher)
        change_set(editor, state="in_review")
        change_set(editor, origin="import")
    front_page(client, publisher)  # content types are cached once per process

    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/")

    assert len(queries) == 10


def test_who_may_see_nothing_is_shown_nothing(client, staff_without_rights, administrator):
    change_set(administrator)
    faults()

    for user in [staff_without_rights, administrator]:
        page = front_page(client, user)
        assert not any(page.context[name] for name in ["tallies", "work", "needs", "recent", "imports"])
        assert "What the record needs" not in page.text


def test_kinds_are_grouped_from_the_subject_to_the_accounts(client, admin_user):
    page = front_page(client, admin_user)

    labels = [app["app_label"] for app in page.context["app_list"] if app["app_label"] != "equipment"]
    assert labels[:5] == ["missions", "lessons", "sources", "website", "changes"]
    assert labels[-1] == "auth"


def test_a_filter_that_means_nothing_changes_nothing(admin_as, editor):
    mission = make.mission()
    browser = admin_as(editor)

    assert [*browser.get(Mission, "changelist", needs="money").context["cl"].queryset] == [mission]
    assert browser.get(ChangeSet, "changelist", queue="ours").status_code == 200
    assert "By what it needs" in text_of(browser.get(Mission, "changelist"))


def test_front_page_lists_the_latest_files_with_those_that_wait_in_change_sets(admin_as, data_manager):
    browser = admin_as(data_manager)
    mission = "code,name,type,region,start_date,state,summary\nsfor,SFOR,peacekeeping,western-balkans,1996,ongoing,X.\n"
    nation = "iso3,iso2,name,region\nESP,ES,Spain,Southern Europe\n"
    for model, text in [(Mission, mission), (Country, nation)]:
        file = SimpleUploadedFile(f"{model._meta.model_name}.csv", text.encode())
        browser.confirm(model, browser.upload(model, file))

    imports = browser.client.get("/admin/").context["imports"]

    change_set, stored = ChangeSet.objects.order_by("state")
    assert [(change.what, change.who, change.title) for change in imports] == [
        ("draft", "data", str(change_set)),
        ("stored", "data", str(stored)),
    ]
    assert change_set.title in imports[0].title


def test_who_may_check_is_led_to_the_records_to_check(client, editor):
    page = front_page(client, editor)

    for address in ["/admin/changes/check/queue/", "/admin/changes/check/claims/"]:
        assert f'href="{address}"' in page.text
        assert client.get(address).status_code == 200
    assert "/check/queue/" not in front_page(client, member("new", "Contributor")).text
