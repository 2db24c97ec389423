"""Major changes carry a sentence, which readers find on the page and in the feeds; minor ones do not."""

from xml.etree import ElementTree

import pytest
from django.utils import timezone

from pkportal.changes.models import ChangeSet
from tests import make

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def changed(record, note, **fields):
    """Put a published change of a record on record."""
    fields = {"state": "published", "is_major": True, "published_at": timezone.now(), **fields}
    label, reference = record._meta.label_lower, record.reference
    return ChangeSet.objects.create(
        root_kind=label, root_reference=reference, title=str(record), public_note=note, **fields
    )


def entries(client, address="/feeds/changes.atom"):
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    tree = ElementTree.fromstring(response.content)  # noqa: S314 - we have just made it
    return [
        (entry.find("a:title", ATOM).text, entry.find("a:summary", ATOM).text, entry.find("a:link", ATOM).get("href"))
        for entry in tree.iterfind("a:entry", ATOM)
    ]


def topic():
    record = make.topic(title="Mandates")
    make.published(record)
    return record


def test_major_change_is_on_the_page_and_in_the_feeds_and_a_minor_one_is_not(client):
    mission = make.published_mission(name="Kosovo Force")
    records = [mission, make.published_lesson(title="Plan ahead"), topic()]
    for record in records:
        changed(record, f"What was wrong in {record} is right.")
        changed(record, "A comma was added.", is_major=False)
        changed(record, "Not public yet.", state="in_review", published_at=None)

    for record in records:
        page = client.get(record.get_absolute_url()).text
        assert f"What was wrong in {record} is right." in page
        assert "A comma was added." not in page
        assert "Not public yet." not in page
    assert {title for title, _note, _link in entries(client)} == {str(record) for record in records}
    assert entries(client, "/feeds/missions.atom") == [
        ("Kosovo Force", "What was wrong in Kosovo Force is right.", f"https://localhost/r/{mission.reference}")
    ]


def test_feed_has_what_was_withdrawn_and_nothing_that_was_never_public(client):
    gone, draft = make.published_mission(name="Gone"), make.mission(name="Draft")
    make.withdrawn(gone, "It was wrong.")
    changed(gone, "It was withdrawn.")
    changed(draft, "Secret.")

    assert [title for title, _note, _link in entries(client)] == ["Gone"]


def test_every_page_names_the_feed_and_there_is_none_of_kinds_without_pages_of_their_own(client):
    assert 'type="application/atom+xml"' in client.get("/about/").text
    assert client.get("/feeds/events.atom").status_code == 404
    assert client.get("/feeds/nonsense.atom").status_code == 404
