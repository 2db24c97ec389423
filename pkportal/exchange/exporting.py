"""Streaming exports: files are written while they are sent, so memory holds one block of lines and never all."""

import logging
from collections.abc import Iterable, Iterator

from django import forms
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.content.timeouts import long_statements

from .columns import ExportResource
from .copy_out import columns_of, csv_blocks, json_blocks
from .csv_file import write_line

_log = logging.getLogger("pkportal.exchange")
FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


class ExportForm(forms.Form):
    """The format of an export in the admin."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[
            ("csv", gettext_lazy("CSV: the same bytes as the command dump writes")),
            ("xlsx", gettext_lazy("XLSX: for a spreadsheet")),
            ("json", gettext_lazy("JSON: for programs")),
        ],
        initial="csv",
        widget=forms.RadioSelect,
    )


def csv_lines(resource_class: type[ExportResource], records: QuerySet, public: bool) -> Iterator[str]:
    """Yield a CSV file: a header, then blocks of lines, one record a line, safe to open in a spreadsheet."""
    yield write_line([column.column_name for column in columns_of(resource_class, public)])
    yield from csv_blocks(resource_class, records, public)


def json_lines(resource_class: type[ExportResource], records: QuerySet, public: bool) -> Iterator[str]:
    """Yield a JSON array of objects, one record a line; numbers, booleans and lists keep their types."""
    yield "["
    separator = "\n"
    for block in json_blocks(resource_class, records, public):
        yield separator + block.removesuffix("\n").replace("\n", ",\n")  # within JSON no line breaks
        separator = ",\n"
    yield "\n]\n"


def export_response(
    resource_class: type[ExportResource], records: QuerySet, format: str, name: str
) -> StreamingHttpResponse:
    """Respond with the public file of these records, in their order; CSV has the byte order mark that Excel needs."""
    records.exists()  # a database that fails must fail here, and not give a short file with status 200
    _log.info("export", {"file": f"{name}.{format}", "rows": "public"})
    lines = {"csv": csv_lines, "json": json_lines}[format](resource_class, records, public=True)
    return download_response(_with_bom(lines) if format == "csv" else lines, format, name)


def download_response(lines: Iterable[str], format: str, name: str) -> StreamingHttpResponse:
    """Respond with a file to save, sent line by line."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{format}"'}
    return StreamingHttpResponse(_report_failure(lines), content_type=FORMATS[format], headers=headers)


def _with_bom(lines: Iterable[str]) -> Iterator[str]:
    yield "\ufeff"
    yield from lines


def _report_failure(lines: Iterable[str]) -> Iterator[str]:
    """End an incomplete file with a line that is not a row, so that it cannot be taken for a complete one."""
    try:
        with long_statements():
            yield from lines
    except DatabaseError:
        yield "\n" + _("The file is incomplete, because the database failed. Download it again.") + "\n"
        raise
