"""What may be typed as a date, what comes back from the database, and which days a date reaches."""

import datetime

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError

from missions.models import Mandate, Mission
from pkportal.content.dates import PartialDate, PartialDateField
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
def test_a_date_reaches_from_its_first_day_to_its_last(text, first, last):
    date = PartialDate(text)

    assert (date.first, date.last) == (datetime.date(*first), datetime.date(*last))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None),
        ("   ", None),
        (" 1999-06 ", "1999-06"),
        ("1999-06-12", "1999-06-12"),
    ],
)
def test_a_box_takes_a_date_with_spaces_around_it_and_may_be_left_empty(typed, kept):
    box = PartialDateField(null=True, blank=True).formfield()

    assert box.clean(typed) == kept


@pytest.mark.parametrize("given", [None, ""])
def test_nothing_is_no_date_in_a_file_either(given):
    assert PartialDateField(null=True, blank=True).clean(given, None) is None


@pytest.mark.parametrize("given", [datetime.date(1999, 6, 12), datetime.datetime(1999, 6, 12, 23, 59)])  # noqa: DTZ001
def test_a_cell_of_a_spreadsheet_that_holds_a_day_is_that_day(given):
    assert PartialDateField().clean(given, None) == "1999-06-12"


def test_a_box_that_must_be_filled_says_so():
    with pytest.raises(ValidationError, match="This field is required"):
        PartialDateField().formfield().clean("")


@pytest.mark.django_db
def test_what_was_saved_comes_back_as_a_date_and_not_as_text():
    make.published_mission(start_date="1999-06", end_date=None)
    mission = Mission.objects.get()

    assert mission.start_date.in_words == "June 1999"
    assert mission.end_date is None


@pytest.mark.django_db
def test_a_date_is_dumped_as_exactly_as_it_is_known():
    mission = make.published_mission(start_date="1999-06", end_date=None)

    assert '"start_date": "1999-06", "end_date": null' in serializers.serialize("json", [mission])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "since", "until"),
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
def test_a_date_half_known_is_found_wherever_it_may_lie(asked, since, until):
    dates = ["1999", "1999-06", "1999-06-11", "1999-06-12", "1999-06-13"]
    mission = make.published_mission()
    for date in dates:
        make.mandate(mission=mission, adopted=date)
    date = PartialDate(asked)

    found = sorted(Mandate.objects.all().since(date).values_list("adopted", flat=True))
    assert found == since
    found = sorted(Mandate.objects.all().until(date).values_list("adopted", flat=True))
    assert found == (dates if until is None else until)
