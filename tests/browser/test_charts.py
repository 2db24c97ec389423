"""Marks of charts: a focus that can be seen on any colour, words beside the mark, and what a tap does."""

import re
from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.browser.pages import visit

CHARTS = {  # an address and a chart on it
    "map": ("/missions/kfor/", ".map"),
    "timeline": ("/missions/?view=timeline", ".timeline"),
    "grid": ("/coverage/", ".coverage"),
    "lines": ("/missions/kfor/", ".lines"),
}

# The colours of the rings around the mark in focus.
COLOURS = """mark => {
    const rings = [...mark.querySelectorAll("rect, circle, path, use")].map(it => getComputedStyle(it));
    const drawn = rings.filter(it => it.display !== "none" && it.stroke !== "none" && parseFloat(it.strokeWidth) >= 2);
    return [...new Set(drawn.map(it => it.stroke))];
}"""
DISTANCE = """mark => {
    const box = mark.getBoundingClientRect();
    const words = mark.closest("figure").querySelector(".readout").getBoundingClientRect();
    return Math.max(0, words.top - box.bottom, box.top - words.bottom, words.left - box.right, box.left - words.right);
}"""
LATER = 4  # one of the marks between the first and the last


@pytest.fixture(params=CHARTS)
def marks(page, request):
    """Open the page of a chart, and return the marks that are visible."""
    address, css = CHARTS[request.param]
    visit(page, address)
    return page.locator(f"{css} [data-mark]:visible")


def test_mark_in_focus_has_two_rings_one_of_which_stands_out_from_any_colour(page, marks):
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme)
        page.keyboard.press("Tab")  # from now on the focus is visible
        marks.first.focus()
        colours = marks.first.evaluate(COLOURS)

        assert max(contrast(first, second) for first, second in combinations(colours, 2)) > 12


def test_words_of_a_mark_are_beside_it_and_in_view(page, marks):
    for width in [1440, 390]:
        page.set_viewport_size({"width": width, "height": 600})
        for mark in [marks.first, marks.nth(LATER), marks.last]:
            mark.focus()
            words = page.locator(".readout:visible")
            expect(words).to_be_in_viewport(ratio=0.99)
            expect(words).to_have_text(mark.get_attribute("aria-label"))
            assert mark.evaluate(DISTANCE) <= 20


def test_first_tap_reads_a_mark_and_the_second_follows_it(new_context, base_url):
    page = new_context(has_touch=True, viewport={"width": 390, "height": 800}).new_page()
    visit(page, f"{base_url}/missions/kfor/")
    mark = page.locator(".lines [data-mark]").nth(2)
    mark.scroll_into_view_if_needed()

    mark.locator(".reach").tap()
    words = page.locator(".lines .readout").first
    expect(words).to_have_text(re.compile("Tap again to open"))
    assert page.url.endswith("/missions/kfor/")
    page.get_by_role("heading", level=2).first.tap()
    expect(words).to_be_hidden()
    mark.locator(".reach").tap()
    mark.locator(".reach").tap()

    page.wait_for_url("**/sources/*/")


def contrast(*colours):
    """Return the contrast of two colours, written as ``rgb(1, 2, 3)``."""
    dark, bright = sorted(luminance([int(part) / 255 for part in re.findall(r"\d+", it)[:3]]) for it in colours)
    return (bright + 0.05) / (dark + 0.05)


def luminance(parts):
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
