"""Whoever reads with a keyboard, by ear, in large print, in colours of their own or without motion reaches it all."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import ALL, MISSING, READ, unfold, visit

every_page = pytest.mark.parametrize("address", READ.values(), ids=READ)

# Where the keyboard is: whether it was there before, whether a ring shows it, and whether something lies over it.
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

# What a mouse can use, and the keyboard has not been on.
UNREACHED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.disabled && it.tabIndex >= 0)
    .filter(it => !reached.has(it) && it.type !== "radio")
    .map(it => it.outerHTML.slice(0, 120))"""

READERS = {"a small phone": (320, "100%"), "zoom 200 %": (640, "100%"), "letters twice as large": (1280, "200%")}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

HEADINGS = """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(it => it.checkVisibility()).map(it => +it.tagName[1])"""

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


@every_page
def test_the_keyboard_reaches_what_the_mouse_does_and_shows_where_it_is(page, address):
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


@pytest.mark.parametrize("address", ALL.values(), ids=ALL)
def test_no_page_moves_sideways_on_a_small_phone_or_in_large_print(page, address):
    visit(page, address)
    unfold(page)
    excess = {}
    for reader, (width, letters) in READERS.items():
        page.set_viewport_size({"width": width, "height": 512})
        page.evaluate("size => document.documentElement.style.fontSize = size", letters)
        excess[reader] = page.evaluate(SIDEWAYS)

    assert excess == dict.fromkeys(READERS, 0)


@every_page
def test_headings_and_landmarks_outline_the_page(page, address):
    visit(page, address)
    unfold(page)
    levels = page.evaluate(HEADINGS)

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(above, below) for above, below in zip(levels, levels[1:], strict=False) if below > above + 1] == []
    for landmark in ["banner", "main", "contentinfo"]:
        expect(page.get_by_role(landmark)).to_have_count(1)
    expect(page.get_by_role("banner").get_by_role("navigation", name="Main")).to_have_count(1)
    expect(page.get_by_role("banner").get_by_role("search")).to_have_count(1)


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
