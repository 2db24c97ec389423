"""The list of events: its filters, order and files."""

import json

import pytest

from missions.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def titles(client, query=""):
    """Return the titles on the list, in order."""
    return [event.title for event in client.get(f"/events/?{query}").context["object_list"]]


@pytest.fixture
def events():
    """Three events of two missions, and one of a draft."""
    kfor = make.published_mission(code="kfor", name="Kosovo Force")
    relief = make.published_mission(code="relief", type="humanitarian-relief", region="africa", name="Relief")
    make.event(mission=kfor, title="Entry", date="1999-06-12", kind="deployment", text="They **drove** in.")
    make.event(mission=kfor, title="Riots", date="2004-03", kind="incident").mark_checked()
    make.event(mission=relief, title="Airlift", date="2005", kind="deployment")
    make.event(mission=make.mission(), title="Secret")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Airlift", "Riots", "Entry"]),
        ("sort=date", ["Entry", "Riots", "Airlift"]),
        ("sort=mission", ["Entry", "Riots", "Airlift"]),
        ("sort=title", ["Airlift", "Entry", "Riots"]),
        ("mission=kfor", ["Riots", "Entry"]),
        ("mission=-kfor", ["Airlift"]),
        ("kind=deployment&kind=incident", ["Airlift", "Riots", "Entry"]),
        ("kind=incident", ["Riots"]),
        ("type=humanitarian-relief", ["Airlift"]),
        ("region=africa", ["Airlift"]),
        ("from=12 March 2004", ["Airlift", "Riots"]),
        ("to=March 2004", ["Riots", "Entry"]),
        ("checked=yes", ["Riots"]),
        ("q=drove", ["Entry"]),
    ],
)
def test_page_and_file_have_the_same_filtered_events(client, events, query, expected):
    file = client.get(f"/events.json?{query}")

    assert titles(client, query) == expected
    assert [row["title"] for row in json.loads(b"".join(file.streaming_content))] == expected


def test_row_leads_to_the_event_on_the_page_of_its_mission(client, events):
    text = client.get("/events/?mission=kfor&kind=deployment").text

    reference = Event.objects.get(title="Entry").reference
    assert f'<a href="/missions/kfor/#{reference}">Entry</a>' in text
    assert f'id="{reference}"' in client.get("/missions/kfor/").text
    assert "They drove in." in text


def test_list_is_in_the_sitemap_and_on_the_data_page(client):
    assert "/events/</loc>" in client.get("/sitemap.xml").text
    assert 'href="/events/"' in client.get("/data/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_costs_the_same_for_any_number_of_events(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make.event()

    with django_assert_num_queries(2):
        assert len(titles(client)) == rows


def test_list_without_matches_says_so(client):
    assert "No event matches" in client.get("/events/?q=unheard").text
