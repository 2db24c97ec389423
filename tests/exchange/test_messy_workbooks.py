"""Messy workbooks, one by one: cells are read as they are shown, and what is hidden, merged or broken is named."""

import datetime
import io

import pytest
from openpyxl.comments import Comment

from pkportal.exchange.reading import LEFT_OUT, ReadingOptions, Undecided, UnreadableFile, read_table
from pkportal.exchange.reading.number_formats import kind_of_format
from pkportal.exchange.row_names import row_name
from tests.exchange.messy_files import HEADER, ROWS, zipped
from tests.exchange.workbooks import MONTH, ods, ods_row, ods_text, parts_of, shown, xls, xlsx


def read(content, **options):
    return read_table(io.BytesIO(content), "figures", HEADER, ReadingOptions(**options))


def cells_and_notes(content):
    table = read(content)
    cells = [row.cells for row in table]
    return cells, [str(note) for note in table.notes]


@pytest.mark.parametrize(
    ("number_format", "value", "text"),
    [
        *[("mmm-yy", MONTH, "2031-03"), ("mmmm yyyy", MONTH, "2031-03"), ("[$-409]mmm\\-yy;@", MONTH, "2031-03")],
        *[("yyyy", MONTH, "2031"), ('yyyy" (est.)"', MONTH, "2031"), ("dd/mm/yyyy", MONTH, "2031-03-15")],
        *[("d-mmm", MONTH, "2031-03-15"), ("yyyy-mm-dd hh:mm", MONTH, "2031-03-15"), ("[Red]mm.yy", MONTH, "2031-03")],
        ("yyyy-mm-dd hh:mm", datetime.datetime(2031, 3, 15, 9, 30), "2031-03-15T09:30:00"),
        *[
            ("h:mm", 0.5, "12:00"),
            ("[h]:mm:ss", 3, "72:00"),
            ("0%", 0.255, "25.5%"),
            ("0000", 12, "0012"),
            ("#,##0", 1234.5, "1234.5"),
        ],
        *[("General", 1234567890123, "1234567890123"), ("General", 0.1, "0.1"), ("General", True, "yes")],
        *[
            ("0.00E+00", 5.0, "5"),
            ("@", "  0012 ", "  0012 "),
            ("General", "'=1", "'=1"),
            ("General", "_x000D_a", "\ra"),
        ],
    ],
)
def test_cell_is_read_as_exactly_as_it_is_shown(number_format, value, text):
    cells, notes = cells_and_notes(xlsx(shown(number_format, value)))

    assert cells[0][2] == text
    less = {7: "months", 4: "years"}.get(len(text)) if isinstance(value, datetime.datetime) else None
    assert notes == ([f"row 2: Column C: 1 dates are shown as {less} and were read as {less}."] if less else [])
    if isinstance(value, datetime.datetime | float):
        assert cells_and_notes(xls(value, number_format))[0][0][2] == text


@pytest.mark.parametrize(
    "code", ["General", "@", "#,##0.00", "0.00E+00", '"Stand "0', "[>=100]0;0.0", "", "_-* #,##0_-", "x" * 500]
)
def test_format_of_a_number_is_none_of_a_date(code):
    assert kind_of_format(code) == ""


def fill_error(book):
    book.active["E3"].value = "#REF!"
    book.active["E3"].data_type = "e"


def write_formula(book):
    book.active["D3"].value = "=1+1"


@pytest.mark.parametrize(
    ("change", "place", "fault"),
    [
        (fill_error, 4, "The spreadsheet shows the error #REF! here"),
        (write_formula, 3, "It is a formula without a result"),
    ],
)
def test_error_and_formula_without_a_result_are_faults_of_their_cell(change, place, fault):
    rows = [*read(xlsx(change))]

    (found,) = [row for row in rows if row.cell_faults]
    assert (found.number, [*found.cell_faults]) == (3, [place])
    assert found.cell_faults[place].startswith(fault)
    assert [row.cells for row in rows if row is not found] == [ROWS[0], ROWS[2]]


def hide_rows(book):
    book.active.row_dimensions[3].hidden = True
    book.active.auto_filter.ref = "A1:E4"
    book.active.auto_filter.add_filter_column(1, ["ITA"])


def hide_column(book):
    book.active.column_dimensions["B"].hidden = True


def write_comment(book):
    book.active["E3"].comment = Comment("an estimate", "Somebody")


def add_notes_first(book):
    book.create_sheet("Notes", 0).append(["Figures of an office"])
    book.create_chartsheet("Chart", 0)


def add_title_and_spare_rows(book):
    book.active.insert_rows(1, 2)
    book.active["A1"].value = "Figures"
    book.active["G9"].number_format = "0.00"


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (hide_rows, "A filter hides rows of the sheet, which were read like the others: 3."),
        (hide_column, "Columns that are hidden in the sheet were read like the others: B."),
        (write_comment, "Comments beside cells were not read: E3."),
        (add_notes_first, "The sheet “Sheet” was read, and not: “Notes”, “Chart”."),
        (add_title_and_spare_rows, "row 1: “Figures” is above the header and was left out."),
    ],
)
def test_what_cannot_be_seen_in_the_rows_of_a_workbook_is_said(change, note):
    cells, notes = cells_and_notes(xlsx(change))

    assert note in notes
    assert cells == ROWS


def test_comments_of_an_open_document_are_said_and_in_no_cell():
    rows = [ods_row(*map(ods_text, row)) for row in ROWS]
    rows[1] = rows[1].replace(
        "<text:p>", "<office:annotation><text:p>an estimate</text:p></office:annotation><text:p>", 1
    )

    assert cells_and_notes(ods(*rows)) == (ROWS, ["Comments beside cells were not read: A3."])


@pytest.mark.parametrize(
    "content",
    [xlsx(lambda book: book.copy_worksheet(book.active)), xls(sheets=["Sheet", "Sheet Copy"])],
    ids=["xlsx", "xls"],
)
def test_sheet_is_asked_for_where_two_have_the_columns(content):
    with pytest.raises(Undecided) as asked:
        read(content)

    assert (asked.value.question.name, [it.value for it in asked.value.question.choices]) == (
        "sheet",
        ["Sheet", "Sheet Copy", "*"],
    )
    assert next(iter(read(content, sheet="Sheet Copy"))).cells == ROWS[0]
    every = [(row_name(row.number), row.cells) for row in read(content, sheet="*")]
    assert len(every) == 2 * (len(every) // 2) > 0
    assert every[0] == ("2 of sheet 1", [*ROWS[0], "Sheet"])
    assert every[len(every) // 2] == ("2 of sheet 2", [*ROWS[0], "Sheet Copy"])
    with pytest.raises(UnreadableFile, match="The workbook has no sheet “Other”, but: “Sheet”, “Sheet Copy”."):
        read(content, sheet="Other")


def test_hidden_rows_of_an_old_workbook_are_said():
    table = read(xls(sheets=["A", "B"]), sheet="A")

    assert [row.cells for row in table] == [ROWS[0]]
    assert "Rows that are hidden in the sheet were read like the others: 2." in [str(note) for note in table.notes]


FILTERED = "table:visibility='filter'"


@pytest.mark.parametrize(
    ("content", "rows", "note"),
    [
        (xlsx(hide_rows), [ROWS[0], ROWS[2]], "A filter hides rows of the sheet, which were left out: 3."),
        (xls(sheets=["A", "B"]), [], "Rows that are hidden in the sheet were left out: 2."),
        (
            ods(
                ods_row(*map(ods_text, ROWS[0])),
                ods_row(*map(ods_text, ROWS[1]), attributes="table:visibility='filter'"),
            ),
            [ROWS[0]],
            "A filter hides rows of the sheet, which were left out: 3.",
        ),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_hidden_rows_are_left_out_if_a_person_says_so(content, rows, note):
    table = read(content, hidden=LEFT_OUT, sheet="A" if content.startswith(b"\xd0") else "")

    assert [row.cells for row in table] == rows
    assert [it.about for it in table.notes if it.text == note] == ["hidden"]
    assert not [it for it in table.notes if "blank" in it.text]


def test_what_is_hidden_in_ods_is_said():
    first = "<table:table-column table:number-columns-repeated='3'/><table:table-column table:visibility='collapse'/>"
    rows = [ods_row(*map(ods_text, row)) for row in ROWS]
    content = parts_of(ods(*rows, sheets=2))["content.xml"].decode()
    hidden = '<style:style style:name="t2"><style:table-properties table:display="false"/></style:style><table:table'
    content = content.replace("<table:table", hidden, 1).replace('"S1">', '"S1" table:style-name="t2">')
    table = read(zipped({"content.xml": content.replace('"S0">', f'"S0">{first}').encode()}))

    assert [row.cells for row in table] == ROWS
    assert [str(note) for note in table.notes] == [
        "The sheet “S0” was read, and not: “S1”.",
        "Columns that are hidden in the sheet were read like the others: D.",
    ]


def test_cells_of_ods_are_read_as_they_are_shown():
    date = 'office:value-type="date" office:date-value="2031-03-15" table:style-name="{}"'
    blank = "<table:table-cell table:number-columns-repeated='16000'/>"
    rows = [
        ods_row(
            ods_text("kfor", 'office:value-type="string" table:number-columns-repeated="2"'),
            ods_text("Mar 31", date.format("month")),
            ods_text("1,200", 'office:value-type="float" office:value="1200"'),
            ods_text("a<text:s text:c='2'/>b</text:p><text:p>c"),
            blank,
        ),
        ods_row(blank, attributes="table:number-rows-repeated='1000'"),
        ods_row(
            *[ods_text("no", 'office:value-type="boolean" office:boolean-value="true"'), ods_text("x")],
            *[
                ods_text("15/03/31", date.format("")),
                ods_text("50%", 'office:value-type="percentage" office:value="0.5"'),
            ],
            ods_text("#REF!", 'table:formula="of:=A1" office:value-type="string"'),
            attributes="table:visibility='filter' table:number-rows-repeated='2'",
        ),
    ]
    table = read(ods(*rows))
    read_rows = [(row.number, row.cells, [*row.cell_faults]) for row in table]

    assert read_rows[0] == (2, ["kfor", "kfor", "2031-03", "1200", "a  b\nc"], [])
    assert read_rows[1:] == [(number, ["yes", "x", "2031-03-15", "50%", "#REF!"], [4]) for number in (1003, 1004)]
    assert [str(note) for note in table.notes] == [
        "row 2: Column C: 1 dates are shown as months and were read as months.",
        "row 3: Rows 3 to 1002 are blank.",
        "A filter hides rows of the sheet, which were read like the others: 1003–1004.",
    ]
