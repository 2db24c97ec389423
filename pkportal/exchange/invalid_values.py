"""Why a record of a file is refused: what is missing, what is none of the choices, what breaks a constraint."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    if diagnosis.sqlstate == "23505":
        return _("Another record has the same value: %(detail)s") % {"detail": diagnosis.message_detail}
    return diagnosis.message_primary
