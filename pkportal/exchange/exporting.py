"""Streaming exports: files are written while they are sent, so memory holds one block of lines and never all."""

import logging
from collections.abc import Iterable, Iterator
from itertools import chain

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from pkportal.content.timeouts import long_statements

from .columns import ExportResource, FileColumn
from .copy_out import csv_blocks, json_blocks
from .csv_file import write_line
from .explaining import explaining_columns
from .xlsx_writing import check_fits, xlsx_file
from .zip_stream import PartTooLargeError

_log = logging.getLogger("pkportal.exchange")
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/jsonl",
}
CONTENT_TYPES = {**FORMATS, "zip": "application/zip"}
BYTE_ORDER_MARK = "\ufeff"


def columns_of(resource_class: type[ExportResource], public: bool, is_explained: bool = False) -> list[FileColumn]:
    """Return the columns of a public file, or of one that holds what is stored; both may be explained."""
    resource = resource_class()
    columns = resource.public_columns() if public else resource.columns()
    return [*columns, *explaining_columns(resource)] if is_explained else columns


def csv_lines(
    resource_class: type[ExportResource], records: QuerySet, public: bool, is_explained: bool = False
) -> Iterator[str]:
    """Yield a CSV file: a header, then blocks of lines, one record a line, safe to open in a spreadsheet."""
    columns = columns_of(resource_class, public, is_explained)
    yield write_line([column.column_name for column in columns])
    yield from csv_blocks(columns, records, public)


def json_lines(
    resource_class: type[ExportResource], records: QuerySet, public: bool, is_explained: bool = False
) -> Iterator[str]:
    """Yield a JSON array of objects, one record a line; numbers, booleans and lists keep their types."""
    yield "["
    separator = "\n"
    for block in json_blocks(columns_of(resource_class, public, is_explained), records, public):
        yield separator + block.removesuffix("\n").replace("\n", ",\n")  # within JSON no line breaks
        separator = ",\n"
    yield "\n]\n"


def marked_csv(
    resource_class: type[ExportResource], records: QuerySet, public: bool, is_explained: bool = False
) -> Iterator[str]:
    """Yield a CSV file that begins with the mark by which Excel knows UTF-8."""
    return chain([BYTE_ORDER_MARK], csv_lines(resource_class, records, public, is_explained))


def file_blocks(
    resource_class: type[ExportResource],
    records: QuerySet,
    file_format: str,
    public: bool = True,
    is_explained: bool = False,
) -> Iterator[str] | Iterator[bytes]:
    """Yield a file to save in one of ``FORMATS``."""
    match file_format:
        case "csv":
            return marked_csv(resource_class, records, public, is_explained)
        case "json":
            return json_lines(resource_class, records, public, is_explained)
    columns = columns_of(resource_class, public, is_explained)
    if file_format == "jsonl":
        return json_blocks(columns, records, public)
    return xlsx_file(resource_class.name, columns, records, public)


def export_response(
    resource_class: type[ExportResource],
    records: QuerySet,
    format: str,
    name: str,
    public: bool = True,
    is_explained: bool = False,
) -> StreamingHttpResponse:
    """Respond with the file of these records, in their order. Raises ``TooLargeForWorkbook``."""
    # a database that fails must fail here, and not give a short file with status 200
    if format == "xlsx":
        with long_statements():
            check_fits(columns_of(resource_class, public, is_explained), records, public)
    else:
        records.exists()
    _log.info("export", {"file": f"{name}.{format}", "rows": "public" if public else "all"})
    return download_response(file_blocks(resource_class, records, format, public, is_explained), format, name)


def download_response(blocks: Iterable[str] | Iterable[bytes], format: str, name: str) -> StreamingHttpResponse:
    """Respond with a file to save, sent block by block."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{format}"'}
    return StreamingHttpResponse(_report_failure(blocks), content_type=CONTENT_TYPES[format], headers=headers)


def _report_failure(blocks: Iterable[str] | Iterable[bytes]) -> Iterator[str | bytes]:
    """End an incomplete file with a line that is not a row, so that it cannot be taken for a complete one.

    A workbook and an archive have their end missing too, without which no program opens them.
    """
    try:
        with long_statements():
            yield from blocks
    except PartTooLargeError:
        yield (
            "\n" + _("The file is incomplete, because a workbook takes 2 GB and these rows are more. Take CSV.") + "\n"
        )
        raise
    except Exception:  # mostly the database's
        yield "\n" + _("The file is incomplete, because the database failed. Download it again.") + "\n"
        raise
