"""What tests of contracts share."""

import pytest
from django.test.utils import isolate_apps


@pytest.fixture
def isolated_models():
    """Keep the models of a test out of the app registry."""
    with isolate_apps("missions"):
        yield
