"""A file is written while it is sent: memory never holds the whole set."""

import gc

import pytest

from missions.models import Contribution
from missions.rows import ContributionRows
from pkportal.exchange.files import CHUNK, file_response

pytestmark = pytest.mark.django_db


def alive():
    return sum(type(thing) is Contribution for thing in gc.get_objects())


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_file_of_all_contributions_holds_a_chunk_at_a_time(format):
    gc.collect()
    response = file_response(ContributionRows, Contribution.objects.order_by("pk"), format, "contributions")

    assert response.streaming
    held, lines = 0, 0
    for number, line in enumerate(response.streaming_content):
        lines += line.count(b"\n")
        if number % 100 == 0:
            held = max(held, alive())
    assert lines >= Contribution.objects.count()
    assert 0 < held <= 2 * CHUNK  # the chunk that is written and the one that is read
