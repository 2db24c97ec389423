"""Workbooks that come in: cells are read as texts."""

import datetime
import io

import pytest
from openpyxl import Workbook

from pkportal.exchange.csv_file import UnreadableFile
from pkportal.exchange.xlsx_file import _MOST_COLUMNS, read_xlsx


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.create_sheet().append(["another sheet"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_cells_of_the_first_sheet_are_read_as_texts():
    moment = datetime.datetime(1999, 6, 12)
    rows = [["a", " b ", "c", "d"], ["x", 1.0, True, moment], [" y ", None, 2.5, "_x000D__x0041_"], [None, "z"]]

    assert read_xlsx(workbook(*rows), 10) == (
        ["a", "b", "c", "d"],
        [["x", "1", "yes", "1999-06-12"], [" y ", "", "2.5", "\rA"], ["", "z", "", ""]],
    )


def test_blank_rows_and_columns_at_the_end_are_ignored():
    assert read_xlsx(workbook(["a", "b", None, ""], ["1", None, ""], [None], ["", ""]), 10) == (["a", "b"], [["1", ""]])


def test_cell_beyond_the_header_is_refused():
    with pytest.raises(UnreadableFile, match="Row 2 has 3 cells, the header has 2."):
        read_xlsx(workbook(["a", "b"], ["1", "2", "3"]), 10)


def test_empty_workbook_is_refused():
    with pytest.raises(UnreadableFile, match="The file has no header"):
        read_xlsx(workbook(), 10)


def test_formula_without_a_result_is_refused_with_its_row():
    with pytest.raises(UnreadableFile, match="Row 3 has a formula without a result"):
        read_xlsx(workbook(["a"], ["1"], ["=1+1"]), 10)


@pytest.mark.parametrize(("rows", "read"), [(3, 3), (4, 4), (5, 4)])
def test_at_most_one_row_more_than_the_limit_is_read(rows, read):
    assert len(read_xlsx(workbook(["a"], *[["1"]] * rows), 3).rows) == read


@pytest.mark.parametrize(("columns", "read"), [(_MOST_COLUMNS, _MOST_COLUMNS), (_MOST_COLUMNS + 5, _MOST_COLUMNS + 1)])
def test_at_most_one_column_more_than_the_limit_is_read(columns, read):
    assert len(read_xlsx(workbook([f"c{number}" for number in range(columns)]), 3).header) == read
