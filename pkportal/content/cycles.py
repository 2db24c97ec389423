"""Cycles in self-referencing foreign keys."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _


def refuse_cycle(record: Model, link: str) -> None:
    """Raise ``ValidationError`` for the field ``link`` if following it from a record leads back to the record."""
    seen, above = set(), getattr(record, link)
    while above is not None and above.pk not in seen:
        if above.pk == record.pk:
            raise ValidationError({link: _("This would make a circle: the record would be above itself.")})
        seen.add(above.pk)
        above = getattr(above, link)
