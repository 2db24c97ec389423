"""Cells that name records of the same file are linked when all rows are stored, so rows may stand in any order."""

from django.core.exceptions import ValidationError
from django.db import transaction
from import_export.results import RowResult

from .csv_file import cell_text
from .formulas import unescape_formula
from .refusals import cell_diff


def set_links(rows, column, dataset, result):
    """Set the links of one column, then refuse those that the model refuses now that all are set."""
    column.widget.prepare()
    stored = rows._meta.model._base_manager.prefetch_related(column.attribute)
    records = stored.in_bulk([*rows.stored.values()])
    changed = {}
    for number, cell in enumerate(dataset[column.column_name], 1):
        record = records.get(rows.stored.get(number))
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
            changed[number] = cell_diff(before, after)
    for number, shown in changed.items():
        try:
            stored.get(pk=rows.stored[number]).clean()
        except ValidationError as error:
            refuse_cell(column, number, error, dataset, result)
        count_as_changed(result, number)
        result.rows[number - 1].diff[rows.columns().index(column)] = shown


def save_link(column, record, value):
    """Store one record's link or links."""
    with transaction.atomic():
        if column.is_links:
            getattr(record, column.attribute).set(value)
        else:
            setattr(record, column.attribute, value)
            record.save(update_fields=[column.attribute])


def count_as_changed(result, number):
    """Say of a row that said nothing else new that it changes its record after all."""
    row = result.rows[number - 1]
    if row.import_type == RowResult.IMPORT_TYPE_SKIP:
        row.import_type = RowResult.IMPORT_TYPE_UPDATE
        result.totals[RowResult.IMPORT_TYPE_SKIP] -= 1
        result.totals[RowResult.IMPORT_TYPE_UPDATE] += 1


def refuse_cell(column, number, error, dataset, result):
    """Say of a row what is wrong with its cell in this column."""
    reasons = error.messages if isinstance(error, ValidationError) else [str(error)]
    row = dict(zip(dataset.headers, dataset[number - 1], strict=True))
    result.append_invalid_row(number, row, ValidationError({column.attribute: reasons}))
