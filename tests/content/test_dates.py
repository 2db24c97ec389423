"""Partial dates are as exact as they are known, in Python and in the database."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from pkportal.content.dates import PartialDate, PartialDateField, months_before

PLAUSIBLE_DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(datetime.date.today().year + 30, 12, 31))
DAYS = st.dates()
INVALID = [
    "",
    "99",
    "1999-6",
    "1999-13",
    "1999-02-29",
    "1999-06-31",
    "0000",
    "1999-06-12T00",
    " 1999",
    "١٩٩٩",
    "1999-00",
]


@pytest.mark.parametrize(
    ("text", "precision", "first", "last", "words", "short"),
    [
        ("1999", "year", (1999, 1, 1), (1999, 12, 31), "1999", "1999"),
        ("2000-02", "month", (2000, 2, 1), (2000, 2, 29), "February 2000", "Feb 2000"),
        ("1999-06-12", "day", (1999, 6, 12), (1999, 6, 12), "12 June 1999", "12\N{NO-BREAK SPACE}Jun 1999"),
    ],
)
def test_date_has_a_precision_and_a_first_and_a_last_day(text, precision, first, last, words, short):
    date = PartialDate(text)

    assert (date.precision, date.year, date.in_words) == (precision, int(text[:4]), words)
    assert date.in_short == short
    assert (date.first, date.last) == (datetime.date(*first), datetime.date(*last))


@pytest.mark.parametrize("text", INVALID)
def test_invalid_date_is_refused(text):
    with pytest.raises(ValueError, match="is not a date"):
        PartialDate(text)


@given(DAYS, DAYS)
def test_dates_sort_chronologically(first_day, second_day):
    first_date, second_date = PartialDate(first_day.isoformat()), PartialDate(second_day.isoformat())

    assert (first_date < second_date) == (first_day < second_day)


def test_error_of_the_field_says_what_to_write():
    with pytest.raises(ValidationError, match="“June 1999” is not a date: write 1999, 1999-06 or 1999-06-12."):
        PartialDateField().clean("June 1999", None)


@pytest.mark.django_db
@pytest.mark.parametrize("text", INVALID)
def test_database_refuses_invalid_dates(text):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::pk_date", [text])


@pytest.mark.django_db
@given(PLAUSIBLE_DAYS, st.sampled_from([4, 7, 10]))
def test_database_accepts_valid_dates(day, length):
    text = day.isoformat()[:length]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::pk_date", [PartialDate(text)])
        assert cursor.fetchone() == (text,)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2010-06-01", 18, "2008-12-01"),
        ("2010-01-31", 2, "2009-11-30"),
        ("2024-02-29", 24, "2022-02-28"),
        ("2010-12-15", 12, "2009-12-15"),
        ("0001-06-01", 18, "0001-01-01"),
    ],
)
def test_day_so_many_months_before_is_the_same_day_or_the_last_of_a_shorter_month(day, months, before):
    assert months_before(datetime.date.fromisoformat(day), months).isoformat() == before


@pytest.mark.parametrize(("date", "words"), [("1999-06-12", "on 12 June 1999"), ("1999-06", "in June 1999")])
def test_date_in_a_sentence_is_on_a_day_or_in_a_month(date, words):
    assert PartialDate(date).on_or_in == words


@pytest.mark.django_db
@pytest.mark.parametrize("year", [1066, 1899, datetime.date.today().year + 31, 9999])
def test_implausible_date_is_refused_by_the_field_and_by_the_database(year):
    with pytest.raises(ValidationError, match="is not a plausible date: write a year from 1900 to"):
        PartialDateField().clean(f"{year}-06", None)
    with pytest.raises(IntegrityError, match="is_plausible"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::pk_date", [f"{year}-06"])


@pytest.mark.parametrize("year", [1900, datetime.date.today().year + 30])
def test_first_and_last_plausible_year_are_accepted(year):
    assert PartialDateField().clean(f"{year}", None) == f"{year}"
