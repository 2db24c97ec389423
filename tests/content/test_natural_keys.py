"""Natural keys: a record is found by its own key, whatever the key consists of."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make_record", "fields"),
    [
        (make.appointment, {"from_date": None}),
        (make.appointment, {"from_date": "1999-06"}),
        (make.contribution, {}),
        (make.command, {}),
    ],
)
def test_record_is_found_by_its_natural_key(make_record, fields):
    make_record()
    record = make_record(**fields)

    assert type(record).objects.get_by_natural_key(*record.natural_key()) == record
