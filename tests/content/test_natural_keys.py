"""A natural key finds the record it was read from, whatever the key is made of."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("maker", "fields"),
    [
        (make.appointment, {"from_date": None}),
        (make.appointment, {"from_date": "1999-06"}),
        (make.contribution, {}),
        (make.command, {}),
    ],
)
def test_a_record_is_found_by_its_natural_key(maker, fields):
    maker()
    record = maker(**fields)

    assert type(record).objects.get_by_natural_key(*record.natural_key()) == record
