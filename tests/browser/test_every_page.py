"""Every page of the browser tests: keyboard, small screens, large text, outline of headings, and axe-core."""

from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.pages import KINDS, READ, SIGN_IN, STATES


def opened(pages):
    """Return a mark that lends each of these pages to a test, by its name."""
    return pytest.mark.parametrize("opened", pages.values(), ids=pages, indirect=True)


# Playwright's own key also goes up, and takes twice as long.
TAB_DOWN = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}

# At each key: the focused element, whether it was the first, whether the focus is visible, what covers it.
NOTE_STOPS = """() => {
    const reached = new Set();
    Object.assign(window, {reached, stops: [], cameRound: false, first: null});
    window.addEventListener("keydown", () => {
        const element = document.activeElement;
        if (element === document.body || cameRound) return;
        cameRound = element === first;
        first ??= element;
        reached.add(element);
        const {outlineStyle, outlineWidth} = getComputedStyle(element);
        const shapes = element.querySelectorAll(":scope :is(rect, circle, path, use)");
        const styles = [...shapes].map(it => getComputedStyle(it));
        const isDrawn = styles.some(({stroke, strokeWidth}) => stroke !== "none" && parseFloat(strokeWidth) >= 2);
        const boxes = [...element.getClientRects()];
        const box = boxes.find(it => it.width && it.height) ?? element.getBoundingClientRect();
        const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
        const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
        const top = document.elementFromPoint(x, y);
        const hasOutline = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
        stops.push({
            name: element.outerHTML.slice(0, 120),
            hasRing: hasOutline || "ownerSVGElement" in element && isDrawn,
            isFree: top !== null
                && (element.contains(top) || top.contains(element) || !!element.ownerSVGElement?.contains(top)),
        });
    }, true);
}"""

# Controls that have not had the focus.
UNREACHED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.disabled && it.tabIndex >= 0)
    .filter(it => !reached.has(it) && it.type !== "radio")
    .map(it => it.outerHTML.slice(0, 120))"""

SCREENS = {"small phone": (320, "100%"), "zoom 200 %": (640, "100%"), "text twice as large": (1280, "200%")}
EXCESS_WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

HEADINGS = """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(it => it.checkVisibility()).map(it => +it.tagName[1])"""

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"type": "tag", "values": STANDARDS}
# The rules that look at more than the document, which is the same in every view.
RULES_OF_LOOK = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
}


class View(NamedTuple):
    """How a page is looked at, and by which rules of axe."""

    scheme: str
    width: int
    rules: dict


VIEWS = {"light and wide": View("light", 1280, RULES), "dark and narrow": View("dark", 320, RULES_OF_LOOK)}


@opened(KINDS)
def test_keyboard_reaches_every_control_with_a_visible_focus(read_page):
    read_page.evaluate(NOTE_STOPS)
    keyboard = read_page.context.new_cdp_session(read_page)
    while not read_page.evaluate("cameRound"):
        for _ in range(20):
            keyboard.send("Input.dispatchKeyEvent", TAB_DOWN)
    stops = read_page.evaluate("stops")

    assert [stop["name"] for stop in stops if not stop["hasRing"]] == []
    assert [stop["name"] for stop in stops if not stop["isFree"]] == []
    assert read_page.evaluate(UNREACHED) == []


@opened(READ | SIGN_IN)
def test_page_does_not_scroll_sideways_on_a_small_screen_or_with_large_text(read_page):
    excess = {}
    for screen, (width, font_size) in SCREENS.items():
        read_page.set_viewport_size({"width": width, "height": 512})
        read_page.evaluate("size => document.documentElement.style.fontSize = size", font_size)
        excess[screen] = read_page.evaluate(EXCESS_WIDTH)

    assert excess == dict.fromkeys(SCREENS, 0)


@opened(READ)
def test_page_has_one_h1_nested_headings_and_landmarks(read_page):
    levels = read_page.evaluate(HEADINGS)

    assert levels.index(1) == 0
    assert levels.count(1) == 1
    assert [(above, below) for above, below in zip(levels, levels[1:], strict=False) if below > above + 1] == []
    for landmark in ["banner", "main", "contentinfo"]:
        expect(read_page.get_by_role(landmark)).to_have_count(1)
    banner = read_page.get_by_role("banner")
    expect(banner.get_by_role("navigation", name="Main")).to_have_count(1)
    expect(banner.get_by_role("search")).to_have_count(1)


@opened(KINDS | SIGN_IN)
def test_axe_finds_no_faults_light_and_wide_or_dark_and_narrow(read_page):
    load_axe(read_page)

    assert {name: axe_faults(read_page, view) for name, view in VIEWS.items()} == dict.fromkeys(VIEWS, {})


@opened(STATES)
def test_axe_finds_no_faults_in_other_states(read_page):
    load_axe(read_page)

    assert axe_faults(read_page, View("dark", 320, RULES)) == {}


@pytest.mark.parametrize("opened", ["/about/"], indirect=True)
def test_axe_finds_faults_that_are_there(read_page):
    load_axe(read_page)
    faulty = "<h6>Low</h6><img src='data:,'><p id='pale'>Pale</p>"
    read_page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", faulty)
    read_page.evaluate("pale.style.color = 'color-mix(in srgb, currentColor 10%, transparent)'")

    assert axe_faults(read_page, View("light", 1280, RULES)).keys() == {"heading-order", "image-alt", "color-contrast"}
    assert axe_faults(read_page, View("light", 1280, RULES_OF_LOOK)).keys() == {"color-contrast"}


def load_axe(page):
    page.evaluate(Axe().axe_script)  # not as a script of the page, which the page's own rules would refuse


def axe_faults(page, view):
    """Return the faults that axe finds in a view, each with the first elements that have it."""
    page.emulate_media(color_scheme=view.scheme)
    page.set_viewport_size({"width": view.width, "height": 800})
    page.evaluate("Promise.all(document.getAnimations().map(it => it.finished))")  # in the admin colours fade
    options = {"runOnly": view.rules, "resultTypes": ["violations"], "preload": False}
    faults = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return {fault["id"]: [node["target"] for node in fault["nodes"][:5]] for fault in faults}
