"""Partial dates: input in forms and files, values from the database, and the days that a date covers."""

import datetime

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError

from missions.models import Mandate, Mission
from pkportal.content.dates import DayFormField, PartialDateField
from pkportal.content.partial_date import PartialDate
from tests import make


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1999-12", (1999, 12, 1), (1999, 12, 31)),
        ("1999-01", (1999, 1, 1), (1999, 1, 31)),
        ("1900-02", (1900, 2, 1), (1900, 2, 28)),
        ("1999-12-31", (1999, 12, 31), (1999, 12, 31)),
        ("2000-02-29", (2000, 2, 29), (2000, 2, 29)),
        ("0001", (1, 1, 1), (1, 12, 31)),
    ],
)
def test_date_covers_its_first_to_its_last_day(text, first, last):
    date = PartialDate(text)

    assert (date.first, date.last) == (datetime.date(*first), datetime.date(*last))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("   ", None),
        (" 1999-06 ", "1999-06"),
        ("1999-06-12", "1999-06-12"),
    ],
)
def test_form_field_trims_spaces_and_can_be_empty(text, value):
    form_field = PartialDateField(null=True, blank=True).formfield()

    assert form_field.clean(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("12 June 1999", "1999-06-12"), ("June 1999", "1999-06"), ("12.6.1999", "1999-06-12"), ("Sept. 1999", "1999-09")],
)
def test_form_field_reads_a_date_as_people_write_it(text, value):
    assert PartialDateField().formfield().clean(text) == value


def test_form_field_asks_which_of_two_dates_was_meant():
    message = "“01/07/2010” may be 1 July 2010 or 7 January 2010: write 2010-07-01 or 2010-01-07."
    for field in [PartialDateField().formfield(), DayFormField()]:
        with pytest.raises(ValidationError) as refused:
            field.clean("01/07/2010")
        assert refused.value.messages == [message]
        with pytest.raises(ValidationError) as refused:
            field.clean("1 July '10")
        assert refused.value.messages == ["“1 July '10” may be 1 July 2010: write 2010-07-01."]


def test_form_field_of_a_day_reads_it_as_people_write_it_and_takes_no_month():
    field = DayFormField()

    assert field.clean("4 April 1949") == field.clean("1949-04-04") == datetime.date(1949, 4, 4)
    with pytest.raises(ValidationError, match="“April 1949” is not a day: write 1999-06-12 or 12 June 1999."):
        field.clean("April 1949")


@pytest.mark.parametrize("value", [None, ""])
def test_model_field_cleans_null_and_empty_text_to_null(value):
    assert PartialDateField(null=True, blank=True).clean(value, None) is None


@pytest.mark.parametrize("value", [datetime.date(1999, 6, 12), datetime.datetime(1999, 6, 12, 23, 59)])
def test_model_field_cleans_a_python_date_to_a_day(value):
    assert PartialDateField().clean(value, None) == "1999-06-12"


def test_required_form_field_is_an_error_if_empty():
    with pytest.raises(ValidationError, match="This cannot be blank"):
        PartialDateField().formfield().clean("")


@pytest.mark.django_db
def test_saved_date_is_loaded_as_a_partial_date():
    make.published_mission(start_date="1999-06", end_date=None)
    mission = Mission.objects.get()

    assert mission.start_date.in_words == "June 1999"
    assert mission.end_date is None


@pytest.mark.django_db
def test_date_is_serialised_as_exactly_as_it_is_known():
    mission = make.published_mission(start_date="1999-06", end_date=None)

    assert '"start_date": "1999-06", "end_date": null' in serializers.serialize("json", [mission])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        (
            "1999-06-12",
            ["1999", "1999-06", "1999-06-12", "1999-06-13"],
            ["1999", "1999-06", "1999-06-11", "1999-06-12"],
        ),
        ("1999-06", ["1999", "1999-06", "1999-06-11", "1999-06-12", "1999-06-13"], None),
        ("2000", [], ["1999", "1999-06", "1999-06-11", "1999-06-12", "1999-06-13"]),
    ],
)
def test_partial_date_is_found_wherever_it_may_fall(text, since, until):
    dates = ["1999", "1999-06", "1999-06-11", "1999-06-12", "1999-06-13"]
    mission = make.published_mission()
    for date in dates:
        make.mandate(mission=mission, adopted=date)
    date = PartialDate(text)

    assert sorted(Mandate.objects.all().since(date).values_list("adopted", flat=True)) == since
    found_until = sorted(Mandate.objects.all().until(date).values_list("adopted", flat=True))
    assert found_until == (dates if until is None else until)
