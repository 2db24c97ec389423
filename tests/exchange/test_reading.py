"""Reading a file: from its bytes to a table of texts, with what was left out and what must be asked."""

import io

import pytest

from pkportal.exchange.reading import Undecided, read_table

KNOWN = ["mission", "country", "as_of", "quantity", "note"]


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
