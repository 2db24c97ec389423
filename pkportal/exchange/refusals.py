"""What is wrong with a file, in the words of the person who made it."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Refusal:
    """One thing wrong in one file: the row as a spreadsheet counts, the column, the value, the reason."""

    file: str
    reason: str
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self):
        place, value = [self.file], shorten(self.value, 300)
        if self.row:
            place.append(_("row %(row)d") % {"row": self.row})
        if self.column:
            place.append(_("column %(column)s, “%(value)s”") % {"column": self.column, "value": value})
        return f"{', '.join(place)}: {shorten(self.reason.replace(self.value, value), 900)}"


def collect_refusals(file, rows, result, header):
    """List everything that is wrong, in the order of the rows; what is missing may be a column that is not there."""
    found = [Refusal(file, str(base.error)) for base in result.base_errors]
    for bad in result.error_rows:
        found += [Refusal(file, str(error.error), bad.number + 1) for error in bad.errors]
    columns = {column.attribute: name for name, column in rows.fields.items()}
    for bad in result.invalid_rows:
        values = dict(zip(result.diff_headers, bad.values, strict=True))
        for attribute, reasons in bad.error_dict.items():
            column = columns.get(attribute, "")
            if column and column not in header:
                absent = _("the file has no column %(column)s: ") % {"column": column}
                found += [Refusal(file, absent + reason, bad.number + 1) for reason in reasons]
            else:
                found += [Refusal(file, reason, bad.number + 1, column, values.get(column, "")) for reason in reasons]
    return sorted(found, key=lambda refusal: refusal.row or 0)


def shorten(text, most):
    """Give the beginning of a text: one cell may hold a book."""
    return text if len(text) <= most else f"{text[:most]}…"


def refuse_file(dataset, reason):
    """Stop before the first row: a file that is wrong as a whole has no rows worth reading."""
    dataset.wipe()
    raise ValueError(reason)


def cell_diff(before, after):
    """Mark in HTML what a cell was and what it becomes."""
    if before == after:
        return format_html("{}", after)
    return format_html("<del>{}</del> <ins>{}</ins>", before, after) if before else format_html("<ins>{}</ins>", after)


def database_error_message(error, record):
    """Say why the database refused a record: by the rule's own message, or by the value that is taken."""
    diagnosis = error.__cause__.diag
    for rule in record._meta.constraints:
        has_words = rule.violation_error_message != rule.default_violation_error_message
        if rule.name == diagnosis.constraint_name and has_words:
            return rule.get_violation_error_message()
    if diagnosis.sqlstate == "23505":
        return _("Another record has the same value: %(detail)s") % {"detail": diagnosis.message_detail}
    return diagnosis.message_primary
