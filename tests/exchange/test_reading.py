"""Reading a file: from its bytes to a table of texts, with what was left out and what must be asked."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkportal.exchange.reading import Undecided, read_table
from pkportal.exchange.reading.delimited import DelimitedRows, Dialect, sample_of
from pkportal.exchange.reading.line_source import LineSource
from pkportal.exchange.reading.tables import Notes, is_blank

KNOWN = ["mission", "country", "as_of", "quantity", "note"]


LINES = ["a,b", "é,ü", '"a, b",c', '"a""b",c', '"a', 'b"', 'a,"b" c', "", "  ", "\t,", "\ufeff", "a,b,c", "a\x0bb,c"]
LINES += ["Ã©clair,d", "x\ufffd,y", "\udc80,a", 'a\\",b', "a\rb,c", "a"]
TEXTS_OF_LINES = st.lists(
    st.tuples(st.sampled_from(["k,l", *LINES]), st.sampled_from(["\n", "\n", "\r\n", "\r", "\r\r\n"])), max_size=9
)


def read(content, name="figures.csv", **options):
    return read_table(io.BytesIO(content.encode() if isinstance(content, str) else content), name, KNOWN, **options)


def test_rows_keep_the_numbers_of_the_spreadsheet_and_what_is_left_out_is_named():
    table = read("Figures of 2031\n\nmission,country,quantity\nkfor,ITA,5\n\nkfor,FRA\nTotal,,5\n\nSource: a report\n")

    assert table.header == ["mission", "country", "quantity"]
    assert [(row.number, row.cells, row.fault) for row in table] == [
        (4, ["kfor", "ITA", "5"], ""),
        (6, ["kfor", "FRA"], "This row has 2 cells, the header has 3."),
    ]
    assert [str(note) for note in table.notes] == [
        "row 1: “Figures of 2031” is above the header and was left out.",
        "row 5: This row is blank.",
        "row 7: “Total · 5” is a total and was left out.",
        "row 9: “Source: a report” is below the table and was left out.",
    ]


def test_code_page_is_asked_for_with_samples():
    with pytest.raises(Undecided) as asked:
        read("mission,note\nkfor,Łódź\n".encode("cp1250"))

    first = asked.value.question.choices[0]
    assert (asked.value.question.name, first.value, first.samples) == ("encoding", "cp1250", ["Łódź"])


def rows_and_notes(blocks, line_by_line):
    lines, notes = LineSource(iter([*blocks, ""])), Notes()
    if line_by_line:
        sample_of(lines, sum(map(len, blocks)) + 1)
    rows = DelimitedRows(lines, Dialect(",", False, 2), False, notes)
    return [row for row in rows if row.fault or not is_blank(row.cells)], notes


@settings(max_examples=150)
@given(TEXTS_OF_LINES, TEXTS_OF_LINES)
def test_lines_that_are_read_together_give_the_rows_and_notes_of_those_read_one_by_one(first, second):
    blocks = ["k,l\n" + "".join(line + end for line, end in block) for block in (first, second)]

    assert rows_and_notes(blocks, line_by_line=False) == rows_and_notes(blocks, line_by_line=True)
