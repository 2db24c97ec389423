"""What a reader sees of a list that was asked: chips, title, views, and the part that htmx swaps."""

import re

import pytest

from tests import make

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def title(page):
    return re.search(r"<title>(.*?)</title>", page.text, re.S)[1]


def test_each_answer_is_a_chip_that_takes_it_back_and_one_link_takes_back_all(client):
    host = make.country(iso3="XKX", name="Kosovo")
    make.published_mission(host_countries=[host])

    page = client.get("/missions/?type=peacekeeping&host=XKX&sort=name&view=cards&page=2&q=")

    assert [(str(it), it.address) for it in page.context["active_filters"]] == [
        ("Type: peacekeeping", "/missions/?host=XKX&sort=name&view=cards"),
        ("Host country: Kosovo", "/missions/?type=peacekeeping&sort=name&view=cards"),
    ]
    assert 'href="/missions/?host=XKX&amp;sort=name&amp;view=cards" aria-label="Remove Type: peacekeeping"' in page.text
    assert '<a href="/missions/?view=cards">Clear all</a>' in page.text


def test_a_list_that_was_not_asked_has_no_chips(client):
    assert "Clear all" not in client.get("/missions/?sort=name").text


def test_what_was_asked_stands_in_the_title_as_text(client):
    page = client.get("/missions/?q=<b>&type=peacekeeping")

    assert title(page) == "Words: &lt;b&gt;; Type: peacekeeping – Missions – Peacekeeping Record"
    assert title(client.get("/missions/")) == "Missions – Peacekeeping Record"


def test_dates_of_a_question_are_words(client):
    assert title(client.get("/contributions/?from=2010-06")).startswith("From: June 2010 – Contributions")


def test_htmx_gets_the_title_the_list_and_the_count_to_be_said_and_no_page_around_them(client):
    make.published_mission(name="Kosovo Force")

    page = client.get("/missions/?q=&type=peacekeeping&host=", headers=HTMX)

    assert page["HX-Push-Url"] == "/missions/?type=peacekeeping"
    assert "HX-Request" in page["Vary"]
    assert title(page) == "Type: peacekeeping – Missions – Peacekeeping Record"
    assert "Kosovo Force" in page.text
    assert '<p id="list-status" hx-swap-oob="innerHTML">1 mission found. Type: peacekeeping</p>' in page.text
    assert not any(part in page.text for part in ["<html", "<h1", "<main", 'id="list"'])


def test_htmx_says_that_a_question_makes_no_sense(client):
    page = client.get("/missions/?active_in=9", headers=HTMX)

    assert (
        '<p id="list-status" hx-swap-oob="innerHTML">Nothing to show yet: please correct the marked fields.</p>'
        in page.text
    )


def test_a_page_has_an_empty_place_for_what_will_be_said_and_varies_with_who_asks(client):
    page = client.get("/missions/")

    assert '<p id="list-status" class="visually-hidden" role="status"></p>' in page.text
    assert "HX-Request" in page["Vary"]
    assert "HX-Push-Url" not in page


def test_every_address_of_a_page_keeps_the_way_it_is_shown(client, monkeypatch):
    monkeypatch.setattr("missions.views.mission.MissionList.paginate_by", 1)
    for _ in range(2):
        make.published_mission()

    page = client.get("/missions/?view=cards&type=peacekeeping")

    assert 'href="?view=cards&amp;type=peacekeeping&amp;page=2"' in page.text
    assert '<input type="hidden" name="view" value="cards">' in page.text
    assert 'href="/missions/?type=peacekeeping">Table</a>' in page.text
    assert 'aria-current="true">Cards</a>' in page.text
    assert dict(page.context["files"])["csv"] == "/missions.csv?type=peacekeeping"


@pytest.mark.parametrize("view", ["", "table", "poem", "%00"])
def test_a_view_that_no_list_knows_is_the_first(client, view):
    make.published_mission()

    page = client.get(f"/missions/?view={view}")

    assert "<table" in page.text
    assert 'aria-current="true">Table</a>' in page.text
    assert 'type="hidden"' not in page.text


def test_cards_show_the_beginning_of_each_mission(client):
    make.published_mission(name="Kosovo Force", summary="It **kept** the peace " + "and kept it " * 20)

    text = client.get("/missions/?view=cards").text

    assert "<table" not in text
    assert "It kept the peace and kept it" in text
    assert "and kept …" in text


def test_a_picture_of_a_selection_has_no_pages(client, monkeypatch):
    from pkportal.website.lists import ALL_ROWS, DisplayMode

    monkeypatch.setattr("missions.views.mission.MissionList.display_modes", [DisplayMode("cards", "Cards", ALL_ROWS)])
    monkeypatch.setattr("missions.views.mission.MissionList.paginate_by", 1)
    shown = {make.published_mission() for _ in range(3)}

    assert {*client.get("/missions/").context["object_list"]} == shown
