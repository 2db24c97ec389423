"""Suggestions by keyboard alone: arrows choose, Enter goes there, Escape and Tab put them away."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import visit


@pytest.fixture
def field(page):
    visit(page, "/about/")
    return page.get_by_role("combobox", name="Search the record")


def begin(page, field, typed):
    field.press_sequentially(typed)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    return options


def test_arrows_choose_and_enter_goes_there(page, field):
    options = begin(page, field, "turki")

    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("banner").get_by_role("status")).to_contain_text("suggestions: choose with the arrow keys")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    field.press("ArrowUp")
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/countries/TUR/")


@pytest.mark.parametrize("key", ["Escape", "Tab"])
def test_a_key_puts_them_away(page, field, key):
    begin(page, field, "turki")

    field.press(key)

    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("turki")


def test_enter_without_a_choice_searches(page, field):
    begin(page, field, "kosovo")

    field.press("Enter")

    page.wait_for_url("**/search/?q=kosovo")


def test_without_script_the_field_is_a_plain_one(new_context):
    page = new_context(java_script_enabled=False).new_page()
    visit(page, "/about/")
    field = page.get_by_role("searchbox", name="Search the record")

    field.fill("kosovo")
    field.press("Enter")

    page.wait_for_url("**/search/?q=kosovo")
    expect(page.get_by_role("heading", name="Missions")).to_be_visible()
