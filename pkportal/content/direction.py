"""Direction of text: a short text holds no character that turns the direction of what stands after it.

Unicode has nine such characters (UAX #9): U+202A to U+202E and U+2066 to U+2069. They cannot be seen, and a name with
one of them can make a figure or another name on the same line read backwards.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

DIRECTION_CONTROLS = "\u202a-\u202e\u2066-\u2069"  # as in the brackets of a regular expression
_controls = re.compile(f"[{DIRECTION_CONTROLS}]")


def short_text_fields(model: type[models.Model]) -> list[models.CharField]:
    """Return the columns of a model's table that hold a short text which somebody writes: names, titles, notes."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField) and field.editable and not field.choices
    ]


def refuse_direction_controls(record: models.Model, exclude: set[str]) -> None:
    """Raise ``ValidationError`` for each short text with a character that turns the direction of text."""
    errors = {}
    for name in {field.name for field in short_text_fields(type(record))} - exclude:
        try:
            refuse_direction(str(getattr(record, name) or ""))
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)


def refuse_direction(text: str) -> None:
    """Raise ``ValidationError`` for a short text with a character that turns the direction of text."""
    if found := _controls.search(text):
        raise ValidationError(
            _("This has an invisible character that turns the direction of text (%(code)s): type it without."),
            code="direction",
            params={"code": f"U+{ord(found[0]):04X}"},
        )
