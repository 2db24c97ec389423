"""Widgets: values are read from cells and written to them without loss, and without formulas."""

import csv
import datetime
import decimal
import io

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.models import Lesson
from missions.models import Command, CostShare, Country, Mission
from pkportal.exchange.csv_file import escape_formula, unescape_formula, write_line
from pkportal.exchange.exporting import csv_lines
from pkportal.exchange.reading import read_table
from pkportal.exchange.reading.tables import is_blank
from pkportal.exchange.record_widgets import RecordsWidget, RecordWidget, widget_for
from pkportal.exchange.resources import SourceResource
from pkportal.exchange.staging.importing_in_sets import apply_stage
from pkportal.exchange.staging.stage import drop_tables
from pkportal.exchange.widgets import (
    BooleanWidget,
    ChoicesWidget,
    DateTimeWidget,
    DateWidget,
    NumberWidget,
    PartialDateWidget,
    TextWidget,
)
from pkportal.sources.models import Source
from tests import make
from tests.files import table_in

# all that UTF-8 can write and PostgreSQL can store
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@given(TEXT)
def test_escaped_text_is_restored_exactly(text):
    assert unescape_formula(escape_formula(text)) == text


@given(TEXT)
def test_escaped_text_does_not_begin_like_a_formula(text):
    assert not escape_formula(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2).filter(lambda row: not is_blank(row)), max_size=4))
def test_any_rows_are_read_as_they_were_written(rows):
    content = "".join(write_line(cells) for cells in [["code", "title"], *rows])

    assert table_in(content.encode(), ["code", "title"]) == (["code", "title"], rows)


@pytest.mark.django_db
@given(text=TEXT.filter(lambda text: text.strip() and len(text) <= 300))
@settings(max_examples=20)
def test_any_stored_text_survives_dump_and_load(text):
    Source.objects.all().delete()
    Source.objects.create(code="a", title=text, kind="news")
    dumped = "".join(csv_lines(SourceResource, Source.objects.all(), public=False))

    Source.objects.update(title="changed")
    table = read_table(io.BytesIO(dumped.encode()), "x", [])
    with transaction.atomic():
        stage = SourceResource().import_data(table.header, table)
        assert apply_stage(stage)
        drop_tables(stage.name)

    assert Source.objects.get().title == text


def test_formulas_and_texts_that_begin_with_a_minus_are_escaped_in_the_file(db):
    Source.objects.create(code="a", title='=HYPERLINK("x")', publisher="-5", kind="news")

    row = next(csv.DictReader(io.StringIO("".join(csv_lines(SourceResource, Source.objects.all(), public=False)))))

    assert (row["title"], row["publisher"]) == ('\'=HYPERLINK("x")', "'-5")


def test_numbers_are_written_in_the_shortest_form():
    widget = NumberWidget(decimal.Decimal, "a number")
    values = [None, 0, 5, 5.0, 2.5, decimal.Decimal("1.50"), decimal.Decimal("1E+3")]

    assert [widget.render(value) for value in values] == ["", "0", "5", "5", "2.5", "1.5", "1000"]
    assert [widget.to_json(value) for value in [None, 0, 2.5, decimal.Decimal("1.50")]] == [None, 0, 2.5, 1.5]
    assert isinstance(widget.to_json(decimal.Decimal("1.50")), float)


@pytest.mark.parametrize(
    ("parse", "text", "number"),
    [
        (int, " 12 ", 12),
        (int, "-3", -3),
        (int, "0", 0),
        (int, "", None),
        (int, "  ", None),
        (float, "2.5", 2.5),
        (float, "0.0", 0),
        (float, "1e29", 1e29),
        (float, "-1e-29", -1e-29),
        (decimal.Decimal, "0.0725", decimal.Decimal("0.0725")),
        (decimal.Decimal, "0", 0),
    ],
)
def test_finite_number_is_read(parse, text, number):
    assert NumberWidget(parse, "a number").clean(text) == number


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        *[(int, text) for text in ["x", "1.0", "1_000", "1,000", "1 000", "1" * 31, "1" * 400, "-1" + "0" * 31]],
        *[(float, text) for text in ["nan", "inf", "-inf", "1e31", "-1e31", "1e-31", "1e400", "1_0.5"]],
        *[(decimal.Decimal, text) for text in ["x", "NaN", "sNaN", "Infinity", "1E+999999", "1E-999999", "1_0"]],
    ],
)
def test_invalid_infinite_or_huge_number_is_refused(parse, text):
    with pytest.raises(ValueError, match="is not a number.") as error:
        NumberWidget(parse, "a number").clean(text)
    assert str(error.value) == f"“{text}” is not a number."


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), (" YES ", True), ("no", False), ("No", False), (" ", False)]
)
def test_yes_no_and_blank_are_read_in_upper_or_lower_case(text, value):
    assert BooleanWidget().clean(text) is value


@pytest.mark.parametrize("text", ["true", "1", "y", "yes no"])
def test_other_text_is_no_boolean(text):
    with pytest.raises(ValueError, match=f"“{text}” is neither yes nor no."):
        BooleanWidget().clean(text)


def test_boolean_is_written_as_yes_or_no_and_in_json_as_true_or_false():
    widget = BooleanWidget()
    assert [widget.render(value) for value in [True, False, None]] == ["yes", "no", "no"]
    assert [widget.to_json(value) for value in [True, False, None]] == [True, False, False]


def test_date_is_read_and_written_in_iso_8601():
    widget, day = DateWidget(), datetime.date(1999, 6, 12)
    assert [widget.clean(text) for text in ["1999-06-12", " 1999-06-12 ", "19990612", "", " "]] == [day] * 3 + [
        None
    ] * 2
    assert [widget.render(value) for value in [day, None]] == ["1999-06-12", ""]
    assert [widget.to_json(value) for value in [day, None]] == ["1999-06-12", None]
    with pytest.raises(ValueError, match="“1999-06” is not a day: write 1999-06-12 or 12 June 1999."):
        widget.clean("1999-06")


def test_date_and_time_is_read_with_its_offset_and_written_in_utc():
    widget, moment = DateTimeWidget(), datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)
    texts = ["2026-11-22T09:30:00Z", " 2026-11-22T11:30:00+02:00 ", "", " "]
    assert [widget.clean(text) for text in texts] == [moment, moment, None, None]
    assert widget.clean("2026-11-22T11:30:00+02:00").tzinfo is datetime.UTC
    assert [widget.render(value) for value in [moment, None]] == ["2026-11-22T09:30:00Z", ""]
    assert [widget.to_json(value) for value in [moment, None]] == ["2026-11-22T09:30:00Z", None]


@pytest.mark.parametrize("text", ["2026-11-22", "2026-11-22T09:30:00", "2026-13-22T09:30:00Z", "yesterday"])
def test_date_and_time_without_an_offset_is_refused(text):
    with pytest.raises(ValueError, match="is not a date and time: write 2026-11-22T09:30:00Z."):
        DateTimeWidget().clean(text)


def test_codes_are_read_in_the_order_of_the_choices_without_duplicates():
    widget = ChoicesWidget([("a", "A"), ("b", "B"), ("c", "C")])
    assert widget.clean(" c ;a;;c;") == ["a", "c"]
    assert widget.clean("") == []
    assert [widget.render(value) for value in [["a", "c"], [], None]] == ["a;c", "", ""]
    with pytest.raises(ValueError, match="“x”, “B” is not one of: a, b, c."):
        widget.clean("a;x;B")


def test_related_records_are_read_and_written_by_code(db):
    first, second = make.source(code="first"), make.source(code="second")
    single, several = RecordWidget(Source), RecordsWidget(Source)
    single.load_records()
    several.load_records()

    assert [single.clean(text) for text in [" first ", "", " "]] == [first, None, None]
    assert [single.render(value) for value in [first, None]] == [single.to_json(first), ""] == ["first", ""]
    assert single.to_json(None) is None
    assert several.clean("second; first;second;") == [second, first]
    assert several.render([second, first]) == "first;second"
    assert several.to_json([second, first]) == ["first", "second"]
    with pytest.raises(ValueError, match="No source has the code “third”."):
        single.clean("third")
    with pytest.raises(ValueError, match="No source has the code “third”."):
        several.clean("first;third")
    with pytest.raises(ValueError, match="No source has any of the codes “third”, “fourth”."):
        several.clean("third;first;fourth")


def test_text_is_read_unchanged_unless_it_has_a_null_character():
    assert TextWidget().clean(" =1\n\x1f ") == " =1\n\x1f "
    assert [TextWidget().render(value) for value in ["a", "", None]] == ["a", "", ""]
    with pytest.raises(ValueError, match="This cannot contain the character NUL."):
        TextWidget().clean("a\x00b")


def test_partial_date_is_trimmed_and_blank_is_null():
    assert [PartialDateWidget().clean(text) for text in [" 1999-06 ", "x", "", " "]] == ["1999-06", "x", None, None]


def test_equal_numbers_are_normalised_to_one_text():
    widget = NumberWidget(int, "a number")
    assert [widget.normalise(text) for text in ["01", " 1 ", "+1", "1", "", "x"]] == ["1", "1", "1", "1", "", "x"]


@pytest.mark.parametrize(
    ("model", "field", "widget_class"),
    [
        (Mission, "sources", RecordsWidget),
        (Command, "parent", RecordWidget),
        (Lesson, "dotmlpfi", ChoicesWidget),
        (Mission, "start_date", PartialDateWidget),
        (Mission, "ai_assisted", BooleanWidget),
        (Mission, "published_at", DateTimeWidget),
        (Country, "joined_on", DateWidget),
        (Mission, "peak_strength", NumberWidget),
        (CostShare, "share", NumberWidget),
        (Mission, "latitude", NumberWidget),
        (Mission, "name", TextWidget),
    ],
)
def test_each_type_of_field_has_its_widget(model, field, widget_class):
    widget = widget_for(model._meta.get_field(field))
    assert type(widget) is widget_class
    # a spreadsheet might run a text or a code, but no number, date or word of a fixed list
    assert widget.is_text is (widget_class in {TextWidget, RecordWidget, RecordsWidget})


@pytest.mark.parametrize(
    ("field", "parse", "expected"),
    [
        (Mission._meta.get_field("peak_strength"), int, "a whole number"),
        (CostShare._meta.get_field("share"), decimal.Decimal, "a number"),
        (Mission._meta.get_field("latitude"), float, "a number"),
    ],
)
def test_number_widget_parses_the_type_of_its_field(field, parse, expected):
    widget = widget_for(field)
    assert (widget.parse, widget.expected) == (parse, expected)


@pytest.mark.parametrize("widget", [PartialDateWidget(), DateWidget()])
def test_date_in_a_cell_is_read_as_people_write_it_and_refused_where_it_may_be_two(widget):
    assert widget.normalise("12 June 1999") == widget.normalise("12.6.1999") == "1999-06-12"
    with pytest.raises(ValueError, match="“01/07/2010” may be 1 July 2010 or 7 January 2010: write 2010-07-01 or 201"):
        widget.clean(" 01/07/2010 ")
