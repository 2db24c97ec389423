"""Suggestions by keyboard: arrow keys choose, Enter opens, Escape and Tab close the list."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import visit


@pytest.fixture
def field(page):
    visit(page, "/about/")
    return page.get_by_role("combobox", name="Search the record")


def open_suggestions(page, field, text):
    field.press_sequentially(text)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    return options


def test_arrow_keys_choose_a_suggestion_and_enter_opens_it(page, field):
    options = open_suggestions(page, field, "turki")

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
def test_escape_and_tab_close_the_suggestions(page, field, key):
    open_suggestions(page, field, "turki")

    field.press(key)

    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("turki")


def test_enter_without_a_chosen_suggestion_searches(page, field):
    open_suggestions(page, field, "kosovo")

    field.press("Enter")

    page.wait_for_url("**/search/?q=kosovo")


def test_without_javascript_the_field_is_a_plain_search_field(new_context):
    page = new_context(java_script_enabled=False).new_page()
    visit(page, "/about/")
    field = page.get_by_role("searchbox", name="Search the record")

    field.fill("kosovo")
    field.press("Enter")

    page.wait_for_url("**/search/?q=kosovo")
    expect(page.get_by_role("heading", name="Missions")).to_be_visible()
