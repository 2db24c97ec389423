"""Everything a visitor can do works without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.inputs import INPUTS
from tests.browser.journeys import JOURNEYS
from tests.browser.pages import READ, visit


@pytest.fixture
def page(new_context):
    return new_context(java_script_enabled=False).new_page()


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_journey_works_without_javascript(page, journey):
    journey(page, INPUTS["mouse"])


def test_no_page_requires_javascript(page):
    for address in READ.values():
        visit(page, address)

        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("main")).not_to_contain_text(re.compile("(needs?|requires?|enable|turn on) JavaScript"))
