"""Links for experts: somebody without an account reads a draft as it was rendered once, and comments on it."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from missions.models import Mission
from pkportal.changes.models import ChangeSet, LogItem
from pkportal.changes.preview_links import PreviewLink
from pkportal.changes.sharing import MAX_COMMENTS_IN_AN_HOUR
from tests import make
from tests.editorial.conftest import member
from tests.editorial.pages import messages, write_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(editor):
    """A draft of KFOR by the editor."""
    kfor = make.published_mission(code="kfor", name="Kosovo Force", summary="It keeps the peace.")
    return write_draft(editor, kfor, summary="It kept the peace.")


def share(browser, draft, **data):
    """Make a link in the admin, and return the page that comes."""
    data = {"for_whom": "Dr Jane Doe", "days": 14} | data
    return browser.client.post(f"/admin/changes/changeset/{draft.pk}/share/", data, follow=True)


def address_on(page):
    """Return the secret address on the page that a new link leads to."""
    return re.search(r"/preview/[\w-]{32}/", messages(page)[0])[0]


@pytest.fixture
def address(admin_as, editor, draft):
    return address_on(share(admin_as(editor), draft))


@pytest.fixture
def expert():
    """A browser without an account, whose forms are checked as those of a real one."""
    return Client(enforce_csrf_checks=True)


def say(expert, address, name="Jane Doe", text="The date is wrong.", **headers):
    return expert.post(f"{address}comment/", {"name": name, "text": text}, follow=True, **headers)


def test_an_expert_reads_the_draft_as_it_was_when_the_link_was_made(address, expert):
    Mission.objects.update(name="Changed meanwhile")
    ChangeSet.objects.get().changes.all().delete()

    page = expert.get(address)

    assert "It kept the peace." in page.text
    assert "Kosovo Force" in page.text
    saved_at = ChangeSet.objects.get().saved_at
    assert f"A draft for review, as of {saved_at.day} {saved_at:%B %Y, %H:%M} UTC." in page.text


@pytest.mark.parametrize(
    ("column", "typed", "is_left_out"), [("outcome", "It ended in 1999.", False), ("start_date", "soon", True)]
)
def test_an_expert_is_told_of_what_is_not_on_the_page_only(admin_as, editor, expert, draft, column, typed, is_left_out):
    draft.changes.update(cells={column: ["", typed]})

    page = expert.get(address_on(share(admin_as(editor), draft)))

    assert ("Some of the changes are not on this page" in page.text) is is_left_out
    assert (typed in page.text) is not is_left_out


def test_reading_writes_nothing_and_locks_nothing(address, expert):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        with CaptureQueriesContext(connection) as queries:
            page = expert.get(address)
        transaction.set_rollback(True)

    assert page.status_code == 200
    (query,) = [query["sql"] for query in queries]
    assert query.startswith("SELECT")
    assert "FOR UPDATE" not in query
    assert not page.cookies


def test_nobody_keeps_or_finds_the_page_and_its_links_tell_no_address(address, expert):
    page = expert.get(address)

    assert page["Cache-Control"] == "private, no-store"
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert page["X-Frame-Options"] == "DENY"
    assert '<meta name="robots" content="noindex">' in page.text


def test_the_database_does_not_know_the_secret(address, draft):
    token = address.split("/")[2]
    link = PreviewLink.objects.get()

    assert token not in f"{link.__dict__} {link.html} {[*draft.log.values()]}"


def test_links_and_questions_lead_to_the_public_site(address, expert):
    page = expert.get(address).text

    assert 'href="/missions/"' in page
    assert not re.search(r'<a\b[^>]*href="\?', page)
    assert not re.search(r'<form\b[^>]*action="[#?]', page)


@pytest.mark.parametrize("end", ["expired", "revoked"])
def test_a_link_that_has_ended_is_gone_for_reading_and_for_comments(admin_as, editor, draft, address, expert, end):
    link = PreviewLink.objects.get()
    if end == "expired":
        PreviewLink.objects.update(expires_at=timezone.now())
    else:
        page = admin_as(editor).client.post(f"/admin/changes/changeset/{draft.pk}/share/{link.pk}/revoke/", follow=True)
        assert messages(page) == ["The link for Dr Jane Doe leads nowhere any more."]

    page = expert.get(address)

    assert (page.status_code, "This link has ended" in page.text) == (410, True)
    assert page["Cache-Control"] == "private, no-store"
    assert say(expert, address).status_code == 410
    assert not LogItem.objects.filter(act="commented").exists()


def test_a_wrong_secret_finds_nothing(address, expert):
    assert expert.get("/preview/wrong/").status_code == 404
    assert expert.post("/preview/wrong/comment/", {"name": "a", "text": "b"}).status_code == 404


def test_a_comment_stands_in_the_log_under_the_name_of_the_expert(admin_as, editor, draft, address, expert):
    page = say(expert, address)

    assert "The date is wrong." in page.text
    item = draft.log.last()
    assert (item.act, item.by, item.by_name, item.text) == (
        "commented",
        None,
        "Jane Doe (by link)",
        "The date is wrong.",
    )
    page = admin_as(editor).client.get(f"/admin/changes/changeset/{draft.pk}/change/")
    assert "Jane Doe (by link)" in page.text


def test_the_same_comment_sent_twice_is_one(draft, address, expert):
    say(expert, address)
    say(expert, address)

    assert draft.log.filter(act="commented").count() == 1


@pytest.mark.parametrize(
    ("comment", "status"),
    [
        ({"text": ""}, 400),
        ({"text": "x" * 5_001}, 400),
        ({"name": "x" * 81}, 400),
        ({"name": "Jane\u202e"}, 400),
        ({"name": "Jane\x00"}, 400),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
    ],
)
def test_a_comment_that_is_empty_too_long_or_from_another_site_is_refused(draft, address, expert, comment, status):
    assert say(expert, address, **comment).status_code == status
    assert not draft.log.filter(act="commented").exists()


def test_no_more_comments_come_by_a_link_than_a_reader_writes(draft, address, expert):
    link = PreviewLink.objects.get()
    for number in range(MAX_COMMENTS_IN_AN_HOUR):
        link.comments.create(change_set=draft, act="commented", by_name="x (by link)", text=str(number))

    assert say(expert, address).status_code == 429
    link.comments.update(at=timezone.now() - timedelta(hours=2))
    assert say(expert, address).status_code == 200


def test_links_are_listed_with_who_made_them_and_until_when(admin_as, editor, draft, address):
    page = admin_as(editor).client.get(f"/admin/changes/changeset/{draft.pk}/change/")

    (link,) = page.context["links"]
    assert (link.for_whom, link.made_by, link.is_live) == ("Dr Jane Doe", editor, True)
    assert timedelta(days=13) < link.expires_at - timezone.now() < timedelta(days=15)
    last = draft.log.last()
    assert (last.act, last.by, last.text) == ("shared", editor, f"For Dr Jane Doe, until {link.expires_at:%-d %B %Y}.")


def test_who_may_not_edit_the_draft_makes_and_revokes_no_link(admin_as, staff_without_rights, draft, address):
    browser, link = admin_as(staff_without_rights), PreviewLink.objects.get()

    assert share(browser, draft).status_code == 403
    revoked = browser.client.post(f"/admin/changes/changeset/{draft.pk}/share/{link.pk}/revoke/")
    assert revoked.status_code == 403
    assert PreviewLink.objects.get().is_live


@pytest.mark.parametrize(
    ("role", "sees", "shares"),
    [
        ("Contributor", 200, 403),
        ("Editor", 200, 302),
        ("Publisher", 200, 302),
        ("Data manager", 200, 302),
        ("Administrator", 403, 403),
    ],
)
def test_the_draft_of_somebody_else_is_seen_and_shared_by_those_who_may(admin_as, draft, role, sees, shares):
    browser = admin_as(member("someone", role)).client
    address = f"/admin/changes/changeset/{draft.pk}"

    frame, page = browser.get(f"{address}/preview/"), browser.get(f"{address}/preview/{draft.root_reference}/")
    made = browser.post(f"{address}/share/", {"for_whom": "Dr Jane Doe", "days": 14})

    assert (frame.status_code, page.status_code, made.status_code) == (sees, sees, shares)


@pytest.mark.parametrize("days", ["0", "91", "x"])
def test_a_link_lives_from_one_day_to_ninety(admin_as, editor, draft, days):
    page = share(admin_as(editor), draft, days=days)

    assert messages(page)[0].startswith("Days until it ends: ")
    assert not PreviewLink.objects.exists()


def test_no_link_is_made_to_a_draft_that_is_closed(admin_as, editor, draft):
    ChangeSet.objects.update(state="discarded")

    assert messages(share(admin_as(editor), draft)) == ["There is no page to show."]


def test_other_ways_of_writing_to_a_public_page_stay_refused(address, expert):
    assert expert.post(address).status_code == 405
    assert expert.put(f"{address}comment/").status_code == 405
    assert expert.post("/missions/kfor/").status_code == 405
