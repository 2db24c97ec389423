"""The front page of the admin on a phone: from a key to a record, and to what is linked to it."""

from playwright.sync_api import expect

from tests.browser.test_every_page import RULES, View, axe_faults, load_axe

PHONE = {"width": 390, "height": 844}
NARROW = """[...document.querySelectorAll(".tabular tr:not(.empty-form) .vTextField")]
    .filter(it => it.checkVisibility() && it.offsetWidth < 200).length"""


def test_publisher_finds_a_record_by_key_and_its_parts_from_its_form_on_a_phone(page_of):
    page = page_of("Publisher", viewport=PHONE)
    page.goto("/admin/")
    assert faults(page) == {}

    page.keyboard.press("/")
    expect(page.get_by_label("Search all kinds")).to_be_focused()
    page.keyboard.type("kfor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    assert faults(page) == {}
    page.get_by_role("link", name="Kosovo Force", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change mission")
    assert page.evaluate(NARROW) == 0

    page.get_by_role("navigation", name="Linked to this record").get_by_role("link", name="Mandates").first.click()
    kind = page.get_by_role("link", name="Security Council resolution")
    expect(kind).to_be_hidden()
    page.get_by_text("This list is filtered").click()
    expect(kind).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keyboard shortcuts")
    page.get_by_label("Use single keys in this browser").uncheck()
    page.keyboard.press("/")
    expect(page.get_by_label("Search all kinds")).not_to_be_focused()


def faults(page):
    load_axe(page)
    return axe_faults(page, View("light", PHONE["width"], RULES))
