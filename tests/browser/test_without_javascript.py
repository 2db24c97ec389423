"""What a visitor can do does not depend on a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.hands import HANDS
from tests.browser.journeys import JOURNEYS
from tests.browser.pages import READ, visit


@pytest.fixture
def page(new_context):
    return new_context(java_script_enabled=False).new_page()


@pytest.mark.parametrize("hand", HANDS.values(), ids=HANDS)
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda it: it.__name__)
def test_a_visitor_arrives(page, journey, hand):
    journey(page, hand)


def test_no_page_says_that_it_needs_a_script(page):
    for address in READ.values():
        visit(page, address)

        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("main")).not_to_contain_text("JavaScript")
