"""A row of the list of contributions: what it says of its figure, its unit and its source."""

import re

import pytest

from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def test_row_shows_exactness_basis_date_source_place_and_note(client):
    source = make.source(title="A law", code="a-law", grade="A")
    fields = {"quantity": 1500, "value_state": "up-to", "basis": "authorised", "as_of": "2017-02"}
    make.contribution(**fields, source=source, location="Pristina", note="<b>ceiling</b>")

    page = text_of(client.get("/contributions/")).replace("\N{NO-BREAK SPACE}", " ")

    assert "up to <b>1,500</b>" in page
    assert "<td>Troops, authorised</td>" in page
    assert '<time datetime="2017-02">Feb 2017</time>' in page
    assert '<a href="/sources/a-law/">A law</a> <span class="grade">A</span>' in page
    assert "<small>primary</small>" in page
    assert "Pristina" in page
    assert '<button popovertarget="note-1">note</button>' in page
    assert '<div id="note-1" popover>&lt;b&gt;ceiling&lt;/b&gt;</div>' in page
    assert '<span class="check warn">unchecked</span>' in page


def test_row_without_a_note_that_is_checked_has_no_marks(client):
    make.contribution().mark_checked()

    page = client.get("/contributions/").text

    assert "popovertarget" not in page
    assert "unchecked" not in page


def test_unit_that_all_rows_share_is_in_the_head_and_several_are_in_the_rows(client):
    make.contribution(quantity=2, unit="ships", kind="ships")
    make.contribution(quantity=1, unit="ships", kind="ships")
    head, units = figure_head_and_units(client)
    assert (head, units) == ("Figure, ships", [])

    make.contribution(quantity=3, unit="teams", kind="training")
    head, units = figure_head_and_units(client)
    assert head == "Figure"
    assert sorted(units) == ["ship", "ships", "teams"]


def figure_head_and_units(client):
    """Return the head of the column of figures, and the units that its rows name."""
    page = text_of(client.get("/contributions/"))
    [head] = re.findall(r'<th[^>]*class="number">(.*?)</th>', page)
    return re.sub("<[^>]*>", "", head).strip(), re.findall(r'<span class="unit">(.*?)</span>', page)


def test_row_names_its_source_by_the_short_title(client):
    make.contribution(source=make.source(title="Military Deployment Index, version 3", short_title="MDI & more"))

    assert ">MDI &amp; more</a>" in client.get("/contributions/").text


def test_long_words_are_short_in_a_row(client):
    source = make.source(title="Military Deployment Index, deployments by country")
    make.contribution(basis="delivered", kind="facilities-host-nation", value_state="estimated", source=source)

    page = text_of(client.get("/contributions/"))

    assert "<td>Host-nation support, over a period</td>" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "estimated <b>" in page
    assert ">Military Deployment Index, de…</a>" in page


def test_doubtful_figure_says_why_until_it_is_checked(client):
    figure = make.contribution(doubt="Far from the figures before and after it: 185 (2016).")
    assert "Far from the figures before and after it" in client.get("/contributions/").text

    figure.mark_checked()

    assert "Far from the figures before and after it" not in client.get("/contributions/").text


def test_deaths_say_whom_they_count(client):
    make.fatality(mission=make.published_mission(code="isaf"), scope="of all foreign forces in Afghanistan since 2001")

    assert "of all foreign forces in Afghanistan since 2001" in client.get("/missions/isaf/").text
