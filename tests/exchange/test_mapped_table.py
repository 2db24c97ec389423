"""Mapped tables: the rows of a file under the names of columns, a wide table row by row, and what was left out."""

import io

import pytest

from pkportal.exchange.mapped_table import AS_NAMED, ColumnMapping, mapped_table
from pkportal.exchange.reading import AS_THEY_ARE, ReadingOptions, Table, TableRow, UnreadableFile, read_table
from pkportal.exchange.reading.tables import Notes
from pkportal.exchange.registry import resources_by_name
from pkportal.exchange.row_names import row_name
from pkportal.exchange.unfolding import Unfolding, possible_unfoldings
from tests import make
from tests.exchange.messy_files import HEADER
from tests.exchange.workbooks import MERGED_ROWS, merged_ods, merged_xls, merged_xlsx

pytestmark = pytest.mark.django_db


def contributions():
    """Return the resource of contributions."""
    return resources_by_name()["contributions"]()


def mapped(header, *rows, **mapping):
    """Return the header, the rows and the notes of a mapped table; the rows are counted from 2."""
    rows = [row if isinstance(row, TableRow) else TableRow(number, row) for number, row in enumerate(rows, 2)]
    table = mapped_table(contributions(), Table(header, rows, Notes()), ColumnMapping(**mapping))
    return table.header, [*table], [note.text for note in table.notes]


def test_headers_become_columns_and_what_is_left_out_is_noted():
    header, rows, notes = mapped(
        ["Nation", "Page", "COUNT", "as_of"],
        ["ITA", "7", "551", "2017"],
        columns={"COUNT": "quantity", "Page": ""},
    )

    assert (header, rows[0].cells) == (["country", "quantity", "as_of"], ["ITA", "551", "2017"])
    assert notes == [
        "The column “Nation” was read as country.",
        "The column “Page” is left out.",
        "The column “COUNT” was read as quantity.",
    ]


@pytest.mark.parametrize("content", [merged_xlsx(), merged_xls(), merged_ods()], ids=["xlsx", "xls", "ods"])
def test_text_of_merged_cells_is_read_in_each_of_their_rows_but_no_figure_and_no_row_below_them(content):
    def read(**options):
        options = ReadingOptions(**options)
        table = mapped_table(contributions(), read_table(io.BytesIO(content), "figures", HEADER), AS_NAMED, options)
        return [row.cells for row in table], [(str(note), note.about) for note in table.notes]

    first, second, third = MERGED_ROWS
    below = "Column mission: cells are blank below a text. Do they have that text? Rows: 3{}."
    figure = "The cells D2:D3 are merged: “1200” was read in the first of their rows only, as it may count all of them."

    rows, notes = read()
    assert rows == [first, ["kfor", *second[1:]], third]
    assert notes[:2] == [
        ("row 2: The cells A2:A3 are merged: “kfor” was read in each of their rows.", "merged"),
        (f"row 2: {figure}", ""),
    ]
    assert notes[2:] == [(below.replace("3{}", "4"), "fill mission")]
    rows, notes = read(merged=AS_THEY_ARE)
    assert (rows, notes[2][0]) == (MERGED_ROWS, below.format("–4"))
    assert notes[0][0] == "row 2: The cells A2:A3 are merged: “kfor” was read in the first of their rows only."
    rows, notes = read(filled=["mission"])
    assert [row[0] for row in rows] == ["kfor"] * 3
    assert notes[2][1] == "do not fill mission"


def test_text_that_is_alone_in_its_row_is_a_heading_unless_it_can_be_a_row():
    make.country(iso3="ITA", name="Italy")
    make.mission(code="kfor")
    rows = [["Western Europe", "", "", ""], ["ITA", "kfor", "2031", "5"], ["ITA", "", "", ""], ["", "", "", "many"]]
    table = Table(["country", "mission", "as_of", "quantity"], [TableRow(*it) for it in enumerate(rows, 2)], Notes())
    read = mapped_table(contributions(), table, AS_NAMED)

    assert [row.cells for row in read] == rows[1:]
    assert [(str(note), note.about) for note in read.notes if note.row] == [
        ("row 2: “Western Europe” is alone in its row, and was left out as a heading.", "headings")
    ]


def test_column_that_the_file_lacks_has_one_text_in_all_rows():
    header, rows, notes = mapped(["country"], ["ITA"], ["DEU"], constants={"kind": "troops"})

    assert header == ["country", "kind"]
    assert [row.cells for row in rows] == [["ITA", "troops"], ["DEU", "troops"]]
    assert notes == ["All rows have “troops” in the column kind."]


def test_faults_of_cells_stay_with_their_columns():
    fault = TableRow(2, ["x", "#REF!", "2017"], "", {0: "left out", 1: "no result"})
    _header, (row, broken), _notes = mapped(
        ["a", "quantity", "as_of"], fault, TableRow(3, ["x"], "too short"), columns={"a": ""}
    )

    assert row.cell_faults == {0: "no result"}
    assert (broken.number, broken.fault) == (3, "too short")


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({"columns": {"Land": "country"}}, "The file has no column “Land”. It has: nation, number, x."),
        ({"columns": {"x": "nothing"}}, "Unknown column: nothing. This file may have: reference, mission, "),
        ({"constants": {"nothing": "1"}}, "Unknown column: nothing."),
        ({"columns": {"x": "country"}}, "More than one column of the file is country: leave out all but one."),
        ({"constants": {"country": "ITA"}}, "More than one column of the file is country"),
        ({"unfolding": Unfolding("as_of", "nothing")}, "There is no column nothing to unfold the table into."),
        ({"unfolding": Unfolding("as_of", "quantity")}, "No header can be a value of the column as_of"),
    ],
)
def test_answer_that_does_not_fit_the_file_is_refused(mapping, reason):
    with pytest.raises(UnreadableFile) as error:
        mapped(["nation", "number", "x"], **mapping)

    assert str(error.value).startswith(reason)


def test_table_of_nations_and_years_becomes_one_row_for_each_figure():
    header, rows, notes = mapped(
        ["Country", "2001", "June 2002", "Source", "Remarks?"],
        ["ITA", "1,200", "", "report", "a"],
        ["DEU", "650", "~700", "report", "b"],
        unfolding=Unfolding.from_text("as_of = quantity"),
        columns={"Remarks?": ""},
    )

    assert header == ["country", "source", "as_of", "quantity"]
    assert [(row_name(row.number), row.cells) for row in rows] == [
        ("B2", ["ITA", "report", "2001", "1,200"]),
        ("B3", ["DEU", "report", "2001", "650"]),
        ("C3", ["DEU", "report", "June 2002", "~700"]),
    ]
    assert notes[-1] == "1 blank cell makes no row."


def test_fault_of_an_unfolded_row_says_where_it_stands_in_the_file():
    _header, rows, _notes = mapped(
        ["Country", "2001", "2002"],
        TableRow(7, ["ITA"], "It has 1 cell."),
        TableRow(8, ["ITA", "1", "#REF!"], "", {2: "no result"}),
        unfolding=Unfolding("as_of", "quantity"),
    )

    assert [(row_name(row.number), row.fault) for row in rows] == [("7", "It has 1 cell."), ("B8", ""), ("C8", "")]
    assert rows[2].cell_faults == {2: "no result"}


def test_wide_table_is_recognised_by_headers_that_are_dates_or_records():
    make.mission(code="kfor")
    make.mission(code="ifor", name="Implementation Force")

    taken = ["country", "source"]
    assert possible_unfoldings(contributions(), ["2001", "2002", "x"], taken) == [Unfolding("as_of", "quantity")]
    assert possible_unfoldings(contributions(), ["KFOR", "Implementation Force"], taken) == [
        Unfolding("mission", "quantity")
    ]
    several = [["2004/05", "FY2005/06"], ["Q1 2004", "Q2 2004"], ["Jan 2004", "Feb 2004"], ["2004 · Q1", "2004 · Feb"]]
    for periods in [*several, ["troops · 2004"] * 2, ["troops · 2004 · Q1"] * 2]:
        (way,) = possible_unfoldings(contributions(), [*periods, "x"], taken)
        assert way.header_columns == (["kind", "as_of"] if "troops" in periods[0] else ["as_of"])
    (way,) = possible_unfoldings(contributions(), ["KFOR 2008", "ifor, 2009", "x"], taken)
    assert way == Unfolding("mission+as_of", "quantity")
    assert possible_unfoldings(contributions(), ["2001", "x"], taken) == []
    assert possible_unfoldings(contributions(), [], taken) == []
    assert possible_unfoldings(contributions(), ["2001", "2002"], [*taken, "quantity"]) == []
