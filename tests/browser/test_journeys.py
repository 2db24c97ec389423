"""Common tasks of visitors, with a mouse and with a keyboard alone."""

import pytest

from tests.browser.inputs import INPUTS
from tests.browser.journeys import JOURNEYS


@pytest.mark.parametrize("input_device", INPUTS.values(), ids=INPUTS)
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_journey_works(page, journey, input_device):
    journey(page, input_device)
