"""Exact previews: the public page as it would be, in a frame of the admin; nothing of it is kept or seen by others."""

import pytest
from django.db import connection

from missions.models import Event, Mission
from pkportal.changes.applying import taken_back
from pkportal.changes.cells import draft_columns
from pkportal.changes.models import Change, ChangeSet
from pkportal.content.version import WRITER_LOCK, read_version
from tests import make
from tests.editorial.pages import write_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def kfor():
    return make.published_mission(code="kfor", name="Kosovo Force", summary="It keeps the peace.")


@pytest.fixture
def draft(editor, kfor):
    """A draft of KFOR by the editor."""
    return write_draft(editor, kfor, summary="It kept the peace.")


def preview(client, change_set, reference, query=""):
    """Get the page in the frame."""
    return client.get(f"/admin/changes/changeset/{change_set.pk}/preview/{reference}/{query}")


def add(change_set, reference, action="add", model="missions.event", **cells):
    """Add a change to a set."""
    cells = {name: cell if isinstance(cell, list) else ["", cell] for name, cell in cells.items()}
    return Change.objects.create(
        change_set=change_set, kind=model, reference=reference, action=action, title=reference, cells=cells
    )


def test_the_page_is_shown_as_it_would_be_and_stays_as_it_is(admin_as, editor, draft, kfor, client):
    before = kfor.history.count()

    page = preview(admin_as(editor).client, draft, kfor.reference)

    assert "It kept the peace." in page.text
    assert "Preview, not public." in page.text
    client.logout()
    assert "It keeps the peace." in client.get("/missions/kfor/").text
    assert kfor.history.count() == before


def test_what_is_taken_back_counts_as_no_change_of_the_content_and_holds_up_no_server():
    before = read_version(connection.connection)

    with taken_back():
        make.published_mission()
        during = read_version(connection.connection)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory' AND objid = %s",
                [WRITER_LOCK],
            )
            assert cursor.rowcount == 0

    assert (during, Mission.objects.count()) == (before, 0)
    make.mission()
    assert read_version(connection.connection) == before + 1


def test_records_that_exist_in_a_preview_alone_are_found_by_nobody_else(admin_as, editor, draft, kfor):
    add(draft, "M-9001", model="missions.mission", code="new", name="New")
    add(draft, "EV-9001", mission="new", date="1999-06-12", kind="deployment", title="Arrival", text="It came.")

    preview(admin_as(editor).client, draft, kfor.reference)

    assert draft_columns(Event)["mission"].widget.records_by_code == {}


def test_a_kind_that_stands_on_no_page_has_no_preview(admin_as, editor):
    browser = admin_as(editor)
    browser.save(make.synonym(), means="Something else")

    page = browser.client.get(f"/admin/changes/changeset/{ChangeSet.objects.get().pk}/preview/")

    assert "There is no page to preview." in page.text


def test_a_preview_is_the_public_page_but_for_its_marks(admin_as, editor, draft, kfor, client):
    page = preview(admin_as(editor).client, draft, kfor.reference).text
    Mission.objects.update(summary="It kept the peace.")
    client.logout()
    public = client.get("/missions/kfor/").text

    def words(html):
        main = html[html.index("<main") : html.index("</main>")]
        return main.replace(' target="_blank"', "").split()

    assert words(page) == words(public)


def test_no_browser_or_search_engine_keeps_a_preview(admin_as, editor, draft, kfor):
    page = preview(admin_as(editor).client, draft, kfor.reference)

    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.text
    assert 'rel="canonical"' not in page.text
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]


def test_the_frame_offers_each_page_at_two_widths(admin_as, editor, draft, kfor):
    add(draft, "MAN-9001", model="missions.mandate", mission="kfor", code="new")
    browser = admin_as(editor).client

    page = browser.get(f"/admin/changes/changeset/{draft.pk}/preview/?width=phone")
    other = browser.get(f"/admin/changes/changeset/{draft.pk}/preview/?record=MAN-9001")

    assert [record.reference for record in page.context["records"]] == [kfor.reference, "MAN-9001"]
    assert (page.context["width"], page.context["page_address"]) == ("phone", f"{kfor.reference}/")
    assert (other.context["width"], other.context["page_address"]) == ("wide", "MAN-9001/#MAN-9001")


def test_rows_that_are_to_be_added_stand_on_the_page(admin_as, editor, draft, kfor):
    add(draft, "EV-9001", mission="kfor", date="1999-06-12", kind="deployment", title="Arrival in Pristina", text="It.")

    page = preview(admin_as(editor).client, draft, "EV-9001")

    assert 'id="EV-9001"' in page.text
    assert "Arrival in Pristina" in page.text


def test_what_cannot_be_applied_is_named_and_the_rest_is_shown(admin_as, editor, draft, kfor):
    add(draft, "EV-9001", mission="kfor", date="1999-06-12", kind="deployment", title="Arrival", text="It came.")
    Mission.objects.update(summary="Theirs.")

    page = preview(admin_as(editor).client, draft, kfor.reference)

    assert f"{kfor.reference}: Summary: Somebody else changed this meanwhile." in page.text
    assert "Theirs." in page.text
    assert "Arrival" in page.text


def test_a_record_that_cannot_be_added_has_no_page_and_the_preview_says_why(admin_as, editor, draft):
    add(draft, "EV-9001", mission="never-was", date="1999-06-12", title="Arrival")

    page = preview(admin_as(editor).client, draft, "EV-9001")

    assert page.status_code == 404
    assert "There is no page to preview" in page.text
    assert "EV-9001: Mission: " in page.text


def test_an_unpublished_record_is_shown_as_if_it_were_published(admin_as, editor):
    mission = make.mission(code="new", name="New Force")
    browser = admin_as(editor)

    form = browser.get(Mission, "change", mission.pk)
    page = browser.client.get(f"/admin/missions/mission/{mission.pk}/preview/page/")

    assert form.context["preview_address"] == f"/admin/missions/mission/{mission.pk}/preview/"
    assert (page.status_code, "New Force" in page.text) == (200, True)
    mission.refresh_from_db()
    assert (mission.status, mission.published_at) == ("draft", None)


def test_a_first_publication_is_shown_published_and_a_withdrawal_withdrawn(admin_as, editor):
    new, old = make.mission(code="new", name="New Force"), make.published_mission(code="old", name="Old Force")
    statuses = {new: ["draft", "published"], old: ["published", "withdrawn"]}
    pages = []
    for mission, status in statuses.items():
        model = "missions.mission"
        change_set = ChangeSet.objects.create(root_kind=model, root_reference=mission.reference, title=mission.name)
        add(change_set, mission.reference, "change", model, status=status, withdrawal_reason="It was another's.")
        pages.append(preview(admin_as(editor).client, change_set, mission.reference))

    assert [page.status_code for page in pages] == [200, 410]
    assert "This mission was withdrawn" in pages[1].text


def test_a_mission_on_another_date_can_be_previewed(admin_as, editor, draft, kfor):
    page = preview(admin_as(editor).client, draft, kfor.reference, "?on=1990")

    assert page.status_code == 200
    assert "1990" in page.text


def test_a_form_links_the_preview_of_its_draft(admin_as, editor, draft, kfor):
    page = admin_as(editor).get(Mission, "change", kfor.pk)

    assert page.context["preview_address"] == f"/admin/changes/changeset/{draft.pk}/preview/?record={kfor.reference}"


def test_who_may_not_see_a_change_set_sees_no_preview(admin_as, staff_without_rights, draft, kfor, client):
    browser = admin_as(staff_without_rights).client

    assert preview(browser, draft, kfor.reference).status_code == 403
    assert browser.get(f"/admin/changes/changeset/{draft.pk}/preview/").status_code == 403
    assert browser.get(f"/admin/missions/mission/{kfor.pk}/preview/page/").status_code == 403
    client.logout()
    assert preview(client, draft, kfor.reference).status_code == 302


def test_links_of_a_preview_open_the_public_site_beside_it(admin_as, editor, draft, kfor):
    page = preview(admin_as(editor).client, draft, kfor.reference).text

    assert '<a target="_blank" class="brand" href="/">' in page
    assert '<a class="skip" href="#content">' in page
