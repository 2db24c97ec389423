"""What is wrong with a permanent reference in a file: it is that of another record, or of none."""

from django.db.models import Model
from django.utils.translation import gettext as _

from pkportal.content.models import Record
from pkportal.content.registry import models_with


def other_reference_message(model: type[Model], reference: str) -> str:
    """Say which reference the record has whose key is in the row."""
    names = {"model": model._meta.verbose_name, "reference": reference}
    return _("The %(model)s with this key is %(reference)s.") % names


def unknown_reference_message(model: type[Model], reference: str, explanation: str = "") -> str:
    """Say that no record of a model has this reference, and what became of it, or what it is that has."""
    names = {"model": model._meta.verbose_name, "reference": reference}
    for other in models_with(Record):
        if other is not model and reference.rpartition("-")[0] == other.reference_prefix:
            names["other"] = other._meta.verbose_name
            return _("“%(reference)s” is the reference of another kind: %(other)s, not %(model)s.") % names
    if explanation:
        return f"{_('No %(model)s has the reference “%(reference)s”.') % names} {explanation}"
    return _("No %(model)s has the reference “%(reference)s”. Leave the cell blank to get the next one.") % names
