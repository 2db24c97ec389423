"""Why a record of a file is refused: what is missing, what is none of the choices, what breaks a constraint."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

UNIQUE_VIOLATION = "23505"  # PostgreSQL's documentation, appendix A
UNIQUE_COLUMNS = re.compile(r"Key \((.+?)\)=")  # in the detail of that error
NUL_CHARACTER = gettext_lazy("This cannot contain the character NUL.")


def name_choices(record: models.Model, name: str, reason: Any) -> Any:
    """Return why a value is refused; if it is none of the choices of its field, with the codes of these."""
    if not isinstance(reason, list) or [error.code for error in reason] != ["invalid_choice"]:
        return reason
    return ValidationError(not_a_choice_message(record._meta.get_field(name), getattr(record, name)))


def not_a_choice_message(field: models.Field, value: Any) -> str:
    """Say that a value is none of the choices of a field, with the codes of these."""
    known = ", ".join(str(code) for code, _label in field.flatchoices if code)
    return _("“%(value)s” is not one of: %(known)s.") % {"value": value, "known": known}


def missing_values(record: models.Model) -> list[str]:
    """Name the links and the texts that are required and missing; a text of white space alone counts as missing."""
    links = [field for field in record._meta.fields if field.is_relation and not field.null]
    texts = [
        field
        for field in record._meta.fields
        if isinstance(field, models.CharField | models.TextField) and not field.blank and field.editable
    ]
    missing = [field.name for field in links if getattr(record, field.attname) is None]
    return missing + [field.name for field in texts if getattr(record, field.name).isspace()]


def database_error_message(error: IntegrityError, record: models.Model) -> str:
    """Return the message of the constraint that was violated, or name the value that is not unique."""
    diagnosis = error.__cause__.diag
    for constraint in record._meta.constraints:
        has_message = constraint.violation_error_message != constraint.default_violation_error_message
        if constraint.name == diagnosis.constraint_name and has_message:
            return constraint.get_violation_error_message()
    if diagnosis.sqlstate == UNIQUE_VIOLATION:
        columns = UNIQUE_COLUMNS.match(diagnosis.message_detail or "")
        return taken_message(type(record), columns[1].replace('"', "").split(", ") if columns else [])
    return diagnosis.message_primary


def taken_message(model: type[models.Model], columns: list[str]) -> str:
    """Say that another record has the same values in some columns of the database, by the names of their fields."""
    names = [str(field.verbose_name) for field in model._meta.fields if field.column in columns]
    words = {"record": model._meta.verbose_name, "names": get_text_list(names or [_("value")], _("and"))}
    return _("Another %(record)s has the same %(names)s.") % words
