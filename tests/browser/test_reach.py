"""Whoever reads with a keyboard, by ear, in large print, in colours of their own or without motion reaches it all."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import MISSING, visit

MOVING = """[...document.querySelectorAll("*")].filter(it => {
    const style = getComputedStyle(it);
    return style.transitionDuration.split(", ").some(time => parseFloat(time) > .01)
        || style.animationName !== "none" || style.scrollBehavior === "smooth";
}).map(it => it.outerHTML.slice(0, 120))"""

# Fields and buttons whose edge would be gone where backgrounds are.
EDGELESS = """[...document.querySelectorAll("main :is(button, input, select, textarea), header :is(button, input)")]
    .filter(it => it.checkVisibility() && !["checkbox", "radio", "hidden", "range"].includes(it.type))
    .filter(it => getComputedStyle(it).borderTopStyle === "none" || !parseFloat(getComputedStyle(it).borderTopWidth))
    .map(it => it.outerHTML.slice(0, 120))"""

DRAWN = """[...document.querySelectorAll("main svg, main svg [data-mark]")].filter(it => it.checkVisibility()).length"""

# Drawings and marks of which no shape has a colour unlike the page's own.
UNSEEN = """() => {
    const ground = ["none", "rgba(0, 0, 0, 0)", getComputedStyle(document.body).backgroundColor];
    const isSeen = it => ["fill", "stroke"].some(paint => !ground.includes(getComputedStyle(it)[paint]));
    const shapes = "rect, circle, path, line, polyline, text";
    return [...document.querySelectorAll("main svg, main svg [data-mark]")]
        .filter(it => it.checkVisibility() && it.querySelector(shapes))
        .filter(it => ![...it.querySelectorAll(shapes)].some(isSeen))
        .map(it => it.outerHTML.slice(0, 160));
}"""


@pytest.mark.parametrize("address", ["/", "/missions/kfor/", "/search/?q=kosovo", MISSING])
def test_the_first_stop_of_the_keyboard_leads_past_the_menu(page, address):
    visit(page, address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)

    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")

    assert (
        page.evaluate("document.querySelector('main').contains(document.activeElement)")
        or not page.locator("main :is(a, button, input, select)").count()
    )


@pytest.mark.parametrize(
    "address", ["/", "/missions/", "/missions/kfor/", "/contributions/", "/countries/ITA/", "/search/"]
)
def test_nothing_moves_for_a_reader_who_asked_for_rest(page, address):
    page.emulate_media(reduced_motion="reduce")
    visit(page, address)

    assert page.evaluate(MOVING) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestColoursOfTheReadersOwn:
    @pytest.fixture(autouse=True)
    def forced(self, page, scheme):
        page.emulate_media(forced_colors="active", color_scheme=scheme)

    @pytest.mark.parametrize("address", ["/", "/missions/", "/search/"])
    def test_fields_and_buttons_keep_an_edge(self, page, address):
        visit(page, address)

        assert page.evaluate(EDGELESS) == []

    def test_the_keyboard_still_shows_where_it_is(self, page):
        visit(page, "/missions/kfor/")
        for stop in [page.get_by_role("searchbox").or_(page.get_by_role("combobox")), page.locator("svg a")]:
            stop.first.focus()

            assert stop.first.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"

    def test_the_page_one_is_on_differs_from_the_others(self, page):
        visit(page, "/contributions/")
        pages = page.get_by_role("navigation", name="Pages")

        assert edge(pages.get_by_text("1", exact=True)) != edge(pages.get_by_role("link", name="Page 2"))

    @pytest.mark.parametrize("address", ["/", "/missions/kfor/", "/countries/ITA/", "/mandates/unscr-1244-kfor/"])
    def test_every_drawing_and_every_mark_in_it_is_seen(self, page, address):
        visit(page, address)

        assert page.evaluate(DRAWN)
        assert page.evaluate(UNSEEN) == []


def edge(locator):
    return locator.evaluate("it => getComputedStyle(it).border")
