"""A filtered list: active filters, title, display modes, and the fragment that htmx swaps in."""

import re

import pytest

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def title(page):
    return re.search(r"<title>(.*?)</title>", page.text, re.S)[1]


def test_each_active_filter_has_a_link_that_removes_it_and_one_link_clears_all(client):
    host = make.country(iso3="XKX", name="Kosovo")
    make.published_mission(host_countries=[host])

    page = client.get("/missions/?type=peacekeeping&host=XKX&sort=name&view=cards&page=2&q=")

    assert [(str(active_filter), active_filter.address) for active_filter in page.context["active_filters"]] == [
        ("Type: peacekeeping", "/missions/?host=XKX&sort=name&view=cards"),
        ("Host country: Kosovo", "/missions/?type=peacekeeping&sort=name&view=cards"),
    ]
    assert 'href="/missions/?host=XKX&amp;sort=name&amp;view=cards" aria-label="Remove Type: peacekeeping"' in page.text
    assert '<a href="/missions/?view=cards">Clear all</a>' in page.text


def test_list_without_filters_has_no_link_to_clear_them(client):
    assert "Clear all" not in client.get("/missions/?sort=name").text


def test_title_names_the_active_filters_and_escapes_them(client):
    page = client.get("/missions/?q=<b>&type=peacekeeping")

    assert title(page) == "Words: &lt;b&gt;; Type: peacekeeping – Missions – Peacekeeping Record"
    assert title(client.get("/missions/")) == "Missions – Peacekeeping Record"


def test_title_writes_dates_in_words(client):
    assert title(client.get("/contributions/?from=2010-06")).startswith("From: June 2010 – Contributions")


def test_htmx_gets_the_title_the_list_and_the_count_without_the_rest_of_the_page(client):
    make.published_mission(name="Kosovo Force")

    page = client.get("/missions/?q=&type=peacekeeping&host=", headers=HTMX)

    assert page["HX-Push-Url"] == "/missions/?type=peacekeeping"
    assert "HX-Request" in page["Vary"]
    assert title(page) == "Type: peacekeeping – Missions – Peacekeeping Record"
    assert "Kosovo Force" in text_of(page)
    assert '<p id="list-status" data-hx-swap-oob="innerHTML">1 mission found. Type: peacekeeping</p>' in text_of(page)
    assert not any(part in text_of(page) for part in ["<html", "<h1", "<main", 'id="list"'])


def test_htmx_is_told_what_was_not_understood(client):
    page = client.get("/missions/?type=peacekeping&region=africa", headers=HTMX)

    assert (
        '<p id="list-status" data-hx-swap-oob="innerHTML">0 missions found. Region: Africa '
        "type: “peacekeping” is not one of the choices. Did you mean peacekeeping?</p>"
    ) in text_of(page)


def test_page_has_an_empty_status_region_and_varies_by_htmx_header(client):
    page = client.get("/missions/")

    assert '<p id="list-status" class="visually-hidden" role="status"></p>' in page.text
    assert "HX-Request" in page["Vary"]
    assert "HX-Push-Url" not in page


def test_links_keep_the_display_mode_except_those_of_files(client, page_size):
    page_size(1)
    for _ in range(2):
        make.published_mission()

    page = client.get("/missions/?view=cards&type=peacekeeping")

    assert 'href="?view=cards&amp;type=peacekeeping&amp;page=2"' in page.text
    assert '<input type="hidden" name="view" value="cards">' in page.text
    assert 'href="/missions/?type=peacekeeping">Table</a>' in page.text
    assert 'aria-current="true">Cards</a>' in page.text
    assert dict(page.context["files"])["csv"] == "/missions.csv?type=peacekeeping"


@pytest.mark.parametrize("view", ["", "table", "poem", "%00"])
def test_unknown_display_mode_is_the_first(client, view):
    make.published_mission()

    page = client.get(f"/missions/?view={view}")

    assert "<table" in page.text
    assert 'aria-current="true">Table</a>' in page.text
    assert 'type="hidden"' not in page.text


def test_cards_show_the_beginning_of_the_summary(client):
    make.published_mission(name="Kosovo Force", summary="It **kept** the peace " + "and kept it " * 20)

    text = client.get("/missions/?view=cards").text

    assert "<table" not in text
    assert "It kept the peace and kept it" in text
    assert "and kept …" in text


def test_display_mode_with_all_rows_has_no_pages(client, monkeypatch, page_size):
    from pkportal.website.lists import ALL_ROWS, DisplayMode

    monkeypatch.setattr("missions.views.mission.MissionList.display_modes", [DisplayMode("cards", "Cards", ALL_ROWS)])
    page_size(1)
    missions = {make.published_mission() for _ in range(3)}

    assert {*client.get("/missions/").context["object_list"]} == missions
