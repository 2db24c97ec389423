"""Common tasks of visitors, with a mouse and with a keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.inputs import INPUTS
from tests.browser.journeys import JOURNEYS
from tests.browser.pages import visit


@pytest.mark.parametrize("input_device", INPUTS.values(), ids=INPUTS)
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_journey_works(page, journey, input_device):
    journey(page, input_device)


def test_reference_of_a_row_is_shown_on_focus_and_hover_and_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, "/missions/kfor/")
    event = page.locator("#events li").first
    reference = event.get_attribute("id")
    button = page.get_by_role("button", name=f"{reference}, copy link")
    expect(button).to_have_count(0)

    last_link = event.locator("a:not(.row-tools *)").last
    last_link.focus()
    page.keyboard.press("Tab")  # passes the row's own tools
    expect(page.locator("#events li").nth(1).get_by_role("link").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    expect(button).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="report an error")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(last_link).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(button).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name=f"{reference}, copied")).to_be_visible()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    page.wait_for_url(f"**/missions/kfor/#{reference}")
    row = page.locator("#contributions tbody tr[id]").first
    row.hover()
    shown = page.get_by_role("button", name="copy link")
    assert shown.evaluate("it => it.closest('td, th').tagName") == "TD"  # a header cell would be read with it
