"""CSV files: writing, and escaping formulas."""

import datetime

import pytest

from pkportal.exchange.csv_file import cell_text, escape_formula, unescape_formula, write_line


@pytest.mark.parametrize("character", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_looks_like_a_formula_is_escaped_and_restored(character):
    for apostrophes in ["", "'", "''"]:
        text = f"{apostrophes}{character}1"
        assert escape_formula(text) == f"'{text}"
        assert unescape_formula(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "'", "''", "'x", "x", "x=1", "1-1", " =1", "’=1"])
def test_other_texts_are_not_changed(text):
    assert escape_formula(text) == unescape_formula(text) == text


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x"])
def test_unescaped_formula_is_read_unchanged(text):
    assert unescape_formula(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (" a ", " a "),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (1, "1"),
        (5.0, "5"),
        (5.5, "5.5"),
        (datetime.date(1999, 6, 12), "1999-06-12"),
        (datetime.datetime(1999, 6, 12), "1999-06-12"),
        (datetime.datetime(1999, 6, 12, 9, 30), "1999-06-12T09:30:00"),
        (datetime.datetime(1999, 6, 12, tzinfo=datetime.UTC), "1999-06-12T00:00:00+00:00"),
    ],
)
def test_spreadsheet_values_become_texts(value, text):
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["a", ""], "a,\n"),
        (["a,b", 'c"d'], '"a,b","c""d"\n'),
        (["a\rb", "c\nd"], '"a\rb","c\nd"\n'),
        (["a;b", "é"], "a;b,é\n"),
        ([""], '""\n'),
    ],
)
def test_cells_are_quoted_only_if_necessary(cells, line):
    assert write_line(cells) == line
