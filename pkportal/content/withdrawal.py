"""Withdrawal of a record: what readers are told where it was, and where they find now what took its place."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

_reference = re.compile(r"[A-Z]+(-[A-Z]+)*-[0-9]{1,12}")


def is_reference(text: str) -> bool:
    """True if a text is written like a permanent reference: M-0012."""
    return bool(_reference.fullmatch(text))


def validate_moved_to(value: str) -> None:
    """Raise ``ValidationError`` unless a value is a permanent reference or an address, of this site or another."""
    is_here = re.fullmatch(r"/([^/\\\s][^\\\s]*)?", value)
    if is_reference(value) or is_here:
        return
    try:
        URLValidator(schemes=["https", "http"])(value)
    except ValidationError:
        text = _("Write a permanent reference, such as M-0012, or an address that begins with https:// or /.")
        raise ValidationError(text) from None


def withdrawal_reason_field() -> models.TextField:
    """Return the column that says why a record was withdrawn."""
    return models.TextField(
        _("why it was withdrawn"),
        blank=True,
        db_default="",
        default="",
        help_text=_("Readers see it where the record was."),
    )


class MovedToField(models.CharField):
    """A column of permanent references and addresses, to which readers of a withdrawn record are led."""

    default_validators = [validate_moved_to]


def moved_to_field() -> MovedToField:
    """Return the column that says where readers of a withdrawn record are led."""
    return MovedToField(
        _("moved to"),
        max_length=300,
        blank=True,
        db_default="",
        default="",
        help_text=_(
            "Where readers are led from then on: the permanent reference of a record, such as M-0012, or an address. "
            "Empty if nothing took its place."
        ),
    )
