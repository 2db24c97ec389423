"""Second pass of an import: links between rows of the same file, set after all rows are saved.

This lets the rows of a file be in any order. It covers foreign keys and many-to-many fields to the model itself.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from import_export.results import Result, RowResult
from tablib import Dataset

from .columns import ExportResource, FileColumn, cell_diff
from .csv_file import cell_text, unescape_formula


def set_links(resource: ExportResource, column: FileColumn, dataset: Dataset, result: Result) -> None:
    """Set the links of one column, then validate the changed records: ``clean`` must see all links at once."""
    column.widget.load_records()
    queryset = resource._meta.model._base_manager.prefetch_related(column.attribute)
    records = queryset.in_bulk([*resource.saved_pks.values()])
    diffs = {}
    for number, cell in enumerate(dataset[column.column_name], 1):
        record = records.get(resource.saved_pks.get(number))
        if record is None:
            continue  # the row was refused for another reason
        try:
            value = column.widget.clean(unescape_formula(cell_text(cell)))
        except ValueError as error:
            refuse_cell(column, number, error, dataset, result)
            continue
        before, after = column.widget.render(column.get_value(record)), column.widget.render(value)
        if before != after:
            save_link(column, record, value)
            diffs[number] = cell_diff(before, after)
            result.rows[number - 1].cells[column.attribute] = (before, after)
    for number, diff in diffs.items():
        try:
            queryset.get(pk=resource.saved_pks[number]).clean()
        except ValidationError as error:
            refuse_cell(column, number, error, dataset, result)
        count_as_changed(result, number)
        result.rows[number - 1].diff[resource.columns().index(column)] = diff


def save_link(column: FileColumn, record: Model, value: Any) -> None:
    """Save the link or the links of one record."""
    with transaction.atomic():
        if column.is_many_to_many:
            getattr(record, column.attribute).set(value)
        else:
            setattr(record, column.attribute, value)
            record.save(update_fields=[column.attribute])


def count_as_changed(result: Result, number: int) -> None:
    """Count a row as changed that was skipped because its other cells change nothing."""
    row = result.rows[number - 1]
    if row.import_type == RowResult.IMPORT_TYPE_SKIP:
        row.import_type = RowResult.IMPORT_TYPE_UPDATE
        result.totals[RowResult.IMPORT_TYPE_SKIP] -= 1
        result.totals[RowResult.IMPORT_TYPE_UPDATE] += 1


def refuse_cell(column: FileColumn, number: int, error: Exception, dataset: Dataset, result: Result) -> None:
    """Add a validation error for a row's cell in this column."""
    reasons = error.messages if isinstance(error, ValidationError) else [str(error)]
    row = dict(zip(dataset.headers, dataset[number - 1], strict=True))
    result.append_invalid_row(number, row, ValidationError({column.attribute: reasons}))
