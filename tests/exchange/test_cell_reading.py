"""Cells: each text of a file becomes the value that the model field accepts, or is refused in words."""

import pytest

from pkportal.exchange import cell_reading
from pkportal.exchange.cell_reading import CellReading, ColumnReader
from pkportal.exchange.registry import resources_by_name
from tests import make

pytestmark = pytest.mark.django_db


def reader(file, column):
    """Return the reader of one column of a file."""
    resource = resources_by_name()[file]()
    return ColumnReader(resource, resource.fields[column])


@pytest.mark.parametrize(
    ("file", "column", "text", "value"),
    [
        ("contributions", "quantity", "1200", 1200),
        ("contributions", "as_of", "1999-06", "1999-06"),
        ("contributions", "kind", "troops", "troops"),
        ("contributions", "location", "", ""),
        ("contributions", "checked", "yes", True),
        ("sources", "title", "'=1+1", "=1+1"),
        ("sources", "title", "'quoted'", "'quoted'"),
        ("missions", "end_date", "", None),
        ("lessons", "dotmlpfi", "", []),
    ],
)
def test_cell_is_read_as_the_value_of_the_field(file, column, text, value):
    assert reader(file, column).read(text) == CellReading(value)


@pytest.mark.parametrize(
    ("file", "column", "text", "refusal"),
    [
        ("contributions", "quantity", "many", "“many” is not a whole number."),
        ("contributions", "quantity", "-1", "This must be at least 0."),
        ("contributions", "quantity", "", "This cannot be blank."),
        ("contributions", "country", "", "This cannot be blank."),
        ("contributions", "kind", "", "This cannot be blank."),
        ("contributions", "as_of", "", "This cannot be blank."),
        ("sources", "title", " \t", "This cannot be blank."),
        ("contributions", "country", "XYZ", "No country has the code “XYZ”."),
        ("contributions", "as_of", "1999-13", "“1999-13” is not a date: write 1999, 1999-06 or 1999-06-12."),
        ("sources", "url", "no address", "Write a whole address on the web, such as https://www.example.org/report."),
        ("sources", "title", "\x00", "This cannot contain the character NUL."),
        ("missions", "summary", "It began [@nothing].", 'No source has the code "nothing".'),
    ],
)
def test_cell_that_is_no_value_of_the_field_is_refused_in_words(file, column, text, refusal):
    assert reader(file, column).read(text) == CellReading(refusal=refusal)


def test_refusal_of_a_choice_names_the_choices():
    assert (
        reader("contributions", "unit")
        .read("people")
        .refusal.startswith("“people” is not one of: personnel, teams, aircraft, ")
    )


def test_refusal_of_a_turned_direction_names_the_character():
    assert "(U+202E)" in reader("countries", "name").read("Ita\u202ely").refusal


def test_linked_records_are_found_by_code():
    mission, source = make.mission(), make.source()

    assert reader("contributions", "mission").read(mission.code) == CellReading(mission)
    assert reader("missions", "sources").read(f"{source.code};") == CellReading([source])


def test_each_distinct_text_is_read_once_and_no_more_are_remembered_than_fit(monkeypatch):
    monkeypatch.setattr(cell_reading, "MAX_REMEMBERED", 2)
    column = reader("contributions", "quantity")
    first, *_others = [column.read(text) for text in ["1", "2", "3"]]

    assert column.read("1") is first
    assert [*column.readings] == ["1", "2"]
    assert column.read("3") == CellReading(3)
