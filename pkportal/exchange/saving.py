"""Save one record that comes from texts: validated by its model, refused in words."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from pkportal.content.plain_messages import CANNOT_BE_BLANK

from .invalid_values import database_error_message, missing_values, name_choices


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


def save_record(record: models.Model, is_new: bool) -> None:
    """Save a record; an error of the database becomes a validation error."""
    try:
        with transaction.atomic():
            record.save(force_insert=is_new)
    except IntegrityError as error:
        raise ValidationError(database_error_message(error, record)) from None
