"""Workbooks that go out: texts are neither changed nor cut off, and what does not fit is refused at once."""

import io

import pytest
from openpyxl import load_workbook

from lessons.models import Lesson
from lessons.resources import LessonResource
from pkportal.exchange import xlsx_writing, zip_stream
from pkportal.exchange.exporting import columns_of, export_response, file_blocks
from pkportal.exchange.resources import SourceResource
from pkportal.exchange.xlsx_writing import MAX_CELL_LENGTH, TooLargeForWorkbook, check_fits
from pkportal.exchange.zip_stream import PartTooLargeError
from pkportal.sources.models import Source
from tests import make
from tests.files import table_in

pytestmark = pytest.mark.django_db


def workbook_of(resource_class, records):
    return b"".join(file_blocks(resource_class, records, "xlsx", public=False))


def check(resource_class, records):
    check_fits(columns_of(resource_class, public=False), records, public=False)


@pytest.mark.parametrize(
    "text",
    [
        "_x000D_",
        "_x0041_",
        "_xD800_",
        "_x0041",
        "\x0b\x1f\r\n\t",
        "\ufffe\uffff",
        "=1",
        "''-",
        " a\n<b>&amp; ",
        "𝔘_x00e9_",
    ],
)
def test_text_is_read_from_a_workbook_as_it_was_written(text):
    Source.objects.create(code="a", title=text, kind="news")

    header, rows = table_in(workbook_of(SourceResource, Source.objects.all()))

    (title,) = [row[header.index("title")] for row in rows]
    assert SourceResource().fields["title"].widget.unescape(title)[0] == text


def test_text_of_the_longest_length_is_written_in_full():
    make.lesson(observation="x" * MAX_CELL_LENGTH)
    check(LessonResource, Lesson.objects.all())

    header, rows = table_in(workbook_of(LessonResource, Lesson.objects.all()))

    (row,) = rows
    assert row[header.index("observation")] == "x" * MAX_CELL_LENGTH


@pytest.mark.parametrize("text", ["x" * (MAX_CELL_LENGTH + 1), "=" + "x" * (MAX_CELL_LENGTH - 1), "𝔘" * 16_384])
def test_text_that_is_too_long_with_all_that_a_spreadsheet_counts_is_refused_with_its_record_and_column(text):
    make.lesson()
    lesson = make.lesson(observation=text)

    with pytest.raises(TooLargeForWorkbook, match=f"“{lesson}” has a text in the column observation that is too long"):
        check(LessonResource, Lesson.objects.order_by("pk"))


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx_writing, "MAX_SHEET_ROWS", 3)
    for code in ["a", "b"]:
        make.source(code=code)
    check(SourceResource, Source.objects.all())
    make.source(code="c")

    with pytest.raises(TooLargeForWorkbook, match="these are more: take CSV"):
        check(SourceResource, Source.objects.all())


def test_workbook_that_grows_too_large_on_its_way_says_so_and_blames_no_database(monkeypatch):
    make.source(title="x" * 200)
    monkeypatch.setattr(zip_stream, "MOST_BYTES", 900)
    response = export_response(SourceResource, Source.objects.all(), "xlsx", "sources")
    content = io.BytesIO()

    with pytest.raises(PartTooLargeError):
        content.writelines(response.streaming_content)

    words = "The file is incomplete, because a workbook takes 2 GB and these rows are more. Take CSV."
    assert content.getvalue().endswith(f"\n{words}\n".encode())


def test_sheet_is_named_and_its_header_is_frozen():
    sheet = load_workbook(io.BytesIO(workbook_of(SourceResource, Source.objects.all()))).active

    assert (sheet.title, sheet.freeze_panes, sheet["A1"].value) == ("sources", "A2", "reference")


def test_same_rows_give_the_same_bytes():
    make.source(code="a")

    assert workbook_of(SourceResource, Source.objects.all()) == workbook_of(SourceResource, Source.objects.all())
