"""The page of a long mission: how high it is, what comes first on a phone, what its notes say, and what is on paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import visit

MOST = {1440: 9000, 390: 13000}  # pixels: how high it may be at each width
HEIGHT = "document.documentElement.scrollHeight"

# Closed parts whose content is not visible.
HIDDEN = """[...document.querySelectorAll("main details:not(:has(> form)) > :not(summary)")]
    .filter(it => !it.checkVisibility()).map(it => it.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("address", ["/missions/kfor/", "/missions/kfor/?on=2010-06-01"])
def test_long_mission_is_not_too_high(page, address):
    visit(page, address)
    heights = {}
    for width in MOST:
        page.set_viewport_size({"width": width, "height": 900})
        heights[width] = page.evaluate(HEIGHT)

    assert {width: height for width, height in heights.items() if height > MOST[width]} == {}


def test_summary_comes_first_on_a_phone_notes_tell_their_source_and_paper_has_everything(page):
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, "/missions/kfor/?on=2010-06-01")
    summary, facts = page.locator("#summary"), page.get_by_role("complementary", name="Facts")
    assert summary.bounding_box()["y"] < facts.bounding_box()["y"]

    note = page.locator("sup.note a").first
    entry = page.locator(note.get_attribute("href"))
    assert note.get_attribute("title") == entry.locator("cite").inner_text()

    assert page.evaluate(HIDDEN) != []
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(HIDDEN) == []
    expect(page.get_by_role("contentinfo")).to_contain_text("/missions/kfor/?on=2010-06-01 printed on")
    expect(page.locator(".citation")).to_be_visible()
