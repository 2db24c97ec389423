"""CSV files: reading, writing, and escaping formulas."""

import datetime

import pytest

from pkportal.exchange.csv_file import (
    UnreadableFile,
    cell_text,
    decode,
    escape_formula,
    read_csv,
    unescape_formula,
    write_line,
)


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
    ("data", "text"),
    [
        (b"", ""),
        ("é".encode(), "é"),
        ("é".encode("utf-8-sig"), "é"),
        ("é".encode("utf-16"), "é"),
        (b"\xff\xfe" + "é".encode("utf-16-le"), "é"),
        (b"\xfe\xff" + "é".encode("utf-16-be"), "é"),
        (b"\xe9 \x80", "é €"),
    ],
)
def test_encoding_is_detected(data, text):
    assert decode(data) == text


@pytest.mark.parametrize("data", [b"\x81", b"\xff\xfe\x00", b"\xfe\xff\xd8\x00"])
def test_bytes_in_no_known_encoding_are_refused(data):
    with pytest.raises(UnreadableFile, match="neither UTF-8 nor UTF-16 nor Windows-1252"):
        decode(data)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_the_most_frequent_one_in_the_header(delimiter):
    other = "," if delimiter == ";" else ";"
    file = f"a{other}b{delimiter}c{delimiter}d\n1{other}1{other}1{other}{delimiter}2{delimiter}3\n"

    assert read_csv(file.encode()) == ([f"a{other}b", "c", "d"], [[f"1{other}1{other}1{other}", "2", "3"]])


def test_column_names_are_trimmed_and_cells_are_not():
    assert read_csv(b" a , b\n 1 , 2\n") == (["a", "b"], [[" 1 ", " 2"]])


def test_blank_lines_at_the_end_are_ignored():
    assert read_csv(b"a,b\n1,2\n\n\n") == (["a", "b"], [["1", "2"]])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ending_is_read(end):
    assert read_csv(f"a,b{end}1,2{end}3,4".encode()) == (["a", "b"], [["1", "2"], ["3", "4"]])


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"", "The file has no header: its first row must name the columns."),
        (b" , \n1,2\n", "The file has no header: its first row must name the columns."),
        (b"a,b,a,b\n", "The header names a column twice: a, b."),
        (b"a,,\n", "The header names a column twice: (blank)."),
        (b"a,b\n1,2\n1,2,3\n", "Row 3 has 3 cells, the header has 2."),
        (b"a,b\n1\n", "Row 2 has 1 cell, the header has 2."),
        (b"a\n\n1\n", "Row 2 has 0 cells, the header has 1."),
        (b'a,b\n1,"2\n', "Line 2 cannot be read: unexpected end of data."),
        (b'a,b\n1,"2"3\n', "Line 2 cannot be read: ',' expected after '\"'."),
        (b"a\n\x00\n", "The file contains the character NUL, so it is not text."),
    ],
)
def test_invalid_file_is_refused_with_its_line_or_row(file, reason):
    with pytest.raises(UnreadableFile) as error:
        read_csv(file)
    assert str(error.value) == reason


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
