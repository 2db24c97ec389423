"""A visitor gets where visitors want to go, with a mouse or with a keyboard alone."""

import pytest

from tests.browser.hands import HANDS
from tests.browser.journeys import JOURNEYS


@pytest.mark.parametrize("hand", HANDS.values(), ids=HANDS)
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda it: it.__name__)
def test_a_visitor_arrives(page, journey, hand):
    journey(page, hand)
