"""Dates of the record are plausible, and nothing is deployed on a date to come."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from pkportal.content.dates import PartialDateField, validate_plausible
from pkportal.content.models import Record
from pkportal.content.registry import models_with
from tests import make

pytestmark = pytest.mark.django_db
TO_COME = f"{datetime.date.today().year + 1}"


def date_fields():
    """Yield every column of days or partial dates of every model; times of the clock are another kind."""
    for model in models_with(Record):
        for field in model._meta.concrete_fields:
            is_day = isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
            if is_day or isinstance(field, PartialDateField):
                yield field


@pytest.mark.parametrize("field", [*date_fields()], ids=str)
def test_every_date_column_refuses_what_is_not_plausible(field):
    assert validate_plausible in field.validators
    with pytest.raises(ValidationError, match="is not a plausible date"):
        field.run_validators(field.to_python("1215-06-15"))


@pytest.mark.parametrize("day", ["1899-12-31", "2999-01-01"])
def test_database_refuses_implausible_days(day):
    country, share = make.country(), make.cost_share()

    with pytest.raises(IntegrityError, match="country_joined_on_is_plausible"), transaction.atomic():
        type(country).objects.filter(pk=country.pk).update(joined_on=day)
    with pytest.raises(IntegrityError, match="cost_share_"), transaction.atomic():
        type(share).objects.filter(pk=share.pk).update(period_from=day, period_to=day)


def test_figure_of_a_date_to_come_is_promised_and_not_deployed():
    make.contribution(as_of=TO_COME, basis="pledged")
    make.contribution(as_of=datetime.date.today().isoformat(), basis="deployed")
    make.contribution(as_of=datetime.date.today().isoformat()[:7], basis="deployed")

    with pytest.raises(IntegrityError, match="contribution_deployed_has_come"):
        make.contribution(as_of=TO_COME, basis="deployed")
