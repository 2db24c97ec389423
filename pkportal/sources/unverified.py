"""Records whose only source is AI-assisted and unverified: such a source is not enough to call a record checked."""

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from .models import Grade, Source

NOT_ENOUGH = _("An AI-assisted and unverified source alone is not enough to call a record checked.")


def rests_on_unverified(model: type[Model]) -> Q | None:
    """Return the condition that the one source of a record is of grade X, or None for a model without such a field."""
    fields = [field.name for field in model._meta.fields if field.related_model is Source and not field.null]
    return Q(**{f"{fields[0]}__grade": Grade.X}) if fields else None
