"""Save one record that comes from texts: validated by its model, refused in words."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from pkportal.content.plain_messages import CANNOT_BE_BLANK

from .invalid_values import UNIQUE_VIOLATION, database_error_message, missing_values, name_choices


def validate_record(record: models.Model) -> None:
    """Validate each value by the model; rules across rows or columns are left to the database."""
    missing = missing_values(record)
    errors = {name: ValidationError(CANNOT_BE_BLANK) for name in missing}
    relations = [field.name for field in record._meta.fields if field.is_relation]
    try:
        record.clean_fields(exclude=[*relations, *errors])
        record.clean()
    except ValidationError as error:
        errors = error.update_error_dict(errors)
    if errors:
        raise ValidationError({name: name_choices(record, name, reason) for name, reason in errors.items()})


class ValueTaken(ValidationError):
    """Another record has the same in columns that are unique."""


def save_record(record: models.Model, is_new: bool) -> None:
    """Save a record; an error of the database becomes a validation error."""
    try:
        with transaction.atomic():
            record.save(force_insert=is_new)
    except IntegrityError as error:
        is_taken = error.__cause__.diag.sqlstate == UNIQUE_VIOLATION
        raise (ValueTaken if is_taken else ValidationError)(database_error_message(error, record)) from None


def has_double(record: models.Model) -> bool:
    """True if another record has the same in columns that are unique, while the database puts up with it.

    What is unknown is not the same as what is unknown, unless a constraint says so (``nulls_distinct``).
    """
    meta, others = record._meta, type(record)._base_manager.exclude(pk=record.pk)
    unique = [([field.attname], True) for field in meta.concrete_fields if field.unique and not field.primary_key]
    for constraint in meta.total_unique_constraints:
        names = [meta.get_field(name).attname for name in constraint.fields]
        unique.append((names, constraint.nulls_distinct is not False))
    for names, are_distinct in unique:
        values = {name: getattr(record, name) for name in names}
        if not (are_distinct and None in values.values()) and others.filter(**values).exists():
            return True
    return False
