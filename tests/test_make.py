"""The functions of tests.make that make records."""

import inspect
import itertools

import pytest

from tests import make

OTHERS = {"made", "letters", "published", "withdrawn", "of_mission", "in_country", "from_source", "cache"}
MAKE_FUNCTIONS = [function for name, function in inspect.getmembers(make, inspect.isfunction) if name not in OTHERS]


@pytest.mark.django_db
@pytest.mark.parametrize("make_record", MAKE_FUNCTIONS, ids=lambda function: function.__name__)
def test_function_makes_several_different_records(make_record):
    records = [make_record() for _ in range(3)]

    (model,) = {type(record) for record in records}
    assert model.objects.filter(pk__in=[record.pk for record in records]).count() == 3


@pytest.mark.django_db
def test_made_country_has_the_code_of_none_on_record(monkeypatch):
    number = next(number for number in itertools.count() if make.letters(number, 2) == "GB")
    monkeypatch.setattr(make, "numbers", itertools.count(number))

    assert make.country().iso2 == "GC"
