"""Accessibility: the link to the content, reduced motion and forced colours."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import MISSING, visit

MOVING = """[...document.querySelectorAll("*")].filter(it => {
    const style = getComputedStyle(it);
    return style.transitionDuration.split(", ").some(time => parseFloat(time) > .01)
        || style.animationName !== "none" || style.scrollBehavior === "smooth";
}).map(it => it.outerHTML.slice(0, 120))"""

# Fields and buttons without a border, which forced colours would make invisible.
EDGELESS = """[...document.querySelectorAll("main :is(button, input, select, textarea), header :is(button, input)")]
    .filter(it => it.checkVisibility() && !["checkbox", "radio", "hidden", "range"].includes(it.type))
    .filter(it => getComputedStyle(it).borderTopStyle === "none" || !parseFloat(getComputedStyle(it).borderTopWidth))
    .map(it => it.outerHTML.slice(0, 120))"""

DRAWN = """[...document.querySelectorAll("main svg, main svg [data-mark]")].filter(it => it.checkVisibility()).length"""

# Charts and marks without a shape in another colour than the background.
INVISIBLE = """() => {
    const ground = ["none", "rgba(0, 0, 0, 0)", getComputedStyle(document.body).backgroundColor];
    const isSeen = it => ["fill", "stroke"].some(paint => !ground.includes(getComputedStyle(it)[paint]));
    const shapes = "rect, circle, path, use, line, polyline, text";
    return [...document.querySelectorAll("main svg, main svg [data-mark]")]
        .filter(it => it.checkVisibility() && it.querySelector(shapes))
        .filter(it => ![...it.querySelectorAll(shapes)].some(isSeen))
        .map(it => it.outerHTML.slice(0, 160));
}"""


@pytest.mark.parametrize("address", ["/", "/missions/kfor/", "/search/?q=kosovo", MISSING])
def test_first_tab_stop_is_a_link_that_skips_to_the_content(page, address):
    visit(page, address)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
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
def test_nothing_moves_with_reduced_motion(page, address):
    page.emulate_media(reduced_motion="reduce")
    visit(page, address)

    assert page.evaluate(MOVING) == []


class TestForcedColours:
    """Each page is opened once, and looked at in both schemes."""

    @pytest.fixture
    def in_each_scheme(self, page):
        """Return a function that opens a page and yields as often as there are schemes."""

        def look(address):
            page.emulate_media(forced_colors="active")
            visit(page, address)
            for scheme in ["light", "dark"]:
                page.emulate_media(forced_colors="active", color_scheme=scheme)
                yield scheme

        return look

    @pytest.mark.parametrize("address", ["/", "/missions/", "/search/"])
    def test_fields_and_buttons_keep_an_edge(self, page, in_each_scheme, address):
        assert [(scheme, page.evaluate(EDGELESS)) for scheme in in_each_scheme(address)] == [
            ("light", []),
            ("dark", []),
        ]

    def test_focus_is_visible(self, page, in_each_scheme):
        for scheme in in_each_scheme("/missions/kfor/"):
            for stop in [page.get_by_role("searchbox").or_(page.get_by_role("combobox")), page.locator("svg a")]:
                stop.first.focus()

                assert stop.first.evaluate("it => getComputedStyle(it).outlineStyle") == "solid", scheme

    def test_current_page_number_differs_from_the_others(self, page, in_each_scheme):
        for scheme in in_each_scheme("/contributions/"):
            pages = page.get_by_role("navigation", name="Pages")
            current, other = pages.get_by_text("1", exact=True), pages.get_by_role("link", name="Page 2")

            assert border_of(current) != border_of(other), scheme

    @pytest.mark.parametrize("address", ["/", "/missions/kfor/", "/countries/ITA/", "/mandates/unscr-1244-kfor/"])
    def test_every_chart_and_every_mark_is_visible(self, page, in_each_scheme, address):
        for scheme in in_each_scheme(address):
            assert page.evaluate(DRAWN), scheme
            assert page.evaluate(INVISIBLE) == [], scheme


def border_of(locator):
    return locator.evaluate("it => getComputedStyle(it).border")
