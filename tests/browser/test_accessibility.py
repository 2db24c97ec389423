"""Accessibility: keyboard, zoom, large text, outline of headings, reduced motion and forced colours."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import ALL, MISSING, READ, unfold, visit

every_page = pytest.mark.parametrize("address", READ.values(), ids=READ)

# The focused element: whether it had the focus before, whether the focus is visible, and whether something covers it.
FOCUSED = """() => {
    const it = document.activeElement;
    if (it === document.body) return null;
    window.reached ??= new Set();
    const again = reached.has(it);
    reached.add(it);
    const {outlineStyle, outlineWidth} = getComputedStyle(it);
    const isDrawn = [...it.querySelectorAll(":scope :is(rect, circle, path)")].map(shape => getComputedStyle(shape))
        .some(({stroke, strokeWidth}) => stroke !== "none" && parseFloat(strokeWidth) >= 2);
    const box = [...it.getClientRects()].find(box => box.width && box.height) ?? it.getBoundingClientRect();
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    return {
        again,
        name: it.outerHTML.slice(0, 120),
        hasRing: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 || "ownerSVGElement" in it && isDrawn,
        isFree: top !== null && (it.contains(top) || top.contains(it) || !!it.ownerSVGElement?.contains(top)),
    };
}"""

# Controls that have not had the focus.
UNREACHED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.disabled && it.tabIndex >= 0)
    .filter(it => !reached.has(it) && it.type !== "radio")
    .map(it => it.outerHTML.slice(0, 120))"""

TEXT_SIZES = {"small phone": (320, "100%"), "zoom 200 %": (640, "100%"), "text twice as large": (1280, "200%")}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

HEADINGS = """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(it => it.checkVisibility()).map(it => +it.tagName[1])"""

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
    const shapes = "rect, circle, path, line, polyline, text";
    return [...document.querySelectorAll("main svg, main svg [data-mark]")]
        .filter(it => it.checkVisibility() && it.querySelector(shapes))
        .filter(it => ![...it.querySelectorAll(shapes)].some(isSeen))
        .map(it => it.outerHTML.slice(0, 160));
}"""


@every_page
def test_keyboard_reaches_every_control_with_a_visible_focus(page, address):
    visit(page, address)
    unfold(page)
    stops = []
    while not stops or not stops[-1]["again"]:
        page.keyboard.press("Tab")
        stops += filter(None, [page.evaluate(FOCUSED)])

    assert [stop["name"] for stop in stops if not stop["hasRing"]] == []
    assert [stop["name"] for stop in stops if not stop["isFree"]] == []
    assert page.evaluate(UNREACHED) == []


@pytest.mark.parametrize("address", ["/", "/missions/kfor/", "/search/?q=kosovo", MISSING])
def test_first_tab_stop_is_a_link_that_skips_to_the_content(page, address):
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


@pytest.mark.parametrize("address", ALL.values(), ids=ALL)
def test_page_does_not_scroll_sideways_on_a_small_screen_or_with_large_text(page, address):
    visit(page, address)
    unfold(page)
    excess = {}
    for setting, (width, font_size) in TEXT_SIZES.items():
        page.set_viewport_size({"width": width, "height": 512})
        page.evaluate("size => document.documentElement.style.fontSize = size", font_size)
        excess[setting] = page.evaluate(SIDEWAYS)

    assert excess == dict.fromkeys(TEXT_SIZES, 0)


@every_page
def test_page_has_one_h1_nested_headings_and_landmarks(page, address):
    visit(page, address)
    unfold(page)
    levels = page.evaluate(HEADINGS)

    assert levels.index(1) == 0
    assert levels.count(1) == 1
    assert [(above, below) for above, below in zip(levels, levels[1:], strict=False) if below > above + 1] == []
    for landmark in ["banner", "main", "contentinfo"]:
        expect(page.get_by_role(landmark)).to_have_count(1)
    expect(page.get_by_role("banner").get_by_role("navigation", name="Main")).to_have_count(1)
    expect(page.get_by_role("banner").get_by_role("search")).to_have_count(1)


@pytest.mark.parametrize(
    "address", ["/", "/missions/", "/missions/kfor/", "/contributions/", "/countries/ITA/", "/search/"]
)
def test_nothing_moves_with_reduced_motion(page, address):
    page.emulate_media(reduced_motion="reduce")
    visit(page, address)

    assert page.evaluate(MOVING) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestForcedColours:
    @pytest.fixture(autouse=True)
    def force_colours(self, page, scheme):
        page.emulate_media(forced_colors="active", color_scheme=scheme)

    @pytest.mark.parametrize("address", ["/", "/missions/", "/search/"])
    def test_fields_and_buttons_keep_an_edge(self, page, address):
        visit(page, address)

        assert page.evaluate(EDGELESS) == []

    def test_focus_is_visible(self, page):
        visit(page, "/missions/kfor/")
        for stop in [page.get_by_role("searchbox").or_(page.get_by_role("combobox")), page.locator("svg a")]:
            stop.first.focus()

            assert stop.first.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"

    def test_current_page_number_differs_from_the_others(self, page):
        visit(page, "/contributions/")
        pages = page.get_by_role("navigation", name="Pages")

        assert border_of(pages.get_by_text("1", exact=True)) != border_of(pages.get_by_role("link", name="Page 2"))

    @pytest.mark.parametrize("address", ["/", "/missions/kfor/", "/countries/ITA/", "/mandates/unscr-1244-kfor/"])
    def test_every_chart_and_every_mark_is_visible(self, page, address):
        visit(page, address)

        assert page.evaluate(DRAWN)
        assert page.evaluate(INVISIBLE) == []


def border_of(locator):
    return locator.evaluate("it => getComputedStyle(it).border")
