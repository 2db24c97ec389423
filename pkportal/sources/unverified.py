"""Records that rest on AI-assisted and unverified sources alone, which are not enough to call a record checked."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from pkportal.content.queries import any_of

from .cited import Cites
from .models import Grade, Source
from .sourced import Sourced

NOT_ENOUGH = _("An AI-assisted and unverified source alone is not enough to call a record checked.")


def rests_on_unverified(model: type[Model]) -> Q:
    """Return the condition that a record has sources, in its fields or its texts, and all of them are of grade X."""
    fields = [field for field in model._meta.fields if field.related_model is Source]
    only_one = len(fields) == 1 and not fields[0].null and not issubclass(model, Sourced | Cites)
    unverified = has_source(model, Q(grade=Grade.X))
    return unverified if only_one else unverified & ~has_source(model, ~Q(grade=Grade.X))


def has_source(model: type[Model], condition: Q) -> Q:
    """Return the condition that a record names or cites a source that meets another."""
    sources = Source.objects.filter(condition).order_by()
    fields = [field for field in model._meta.fields if field.related_model is Source]
    ways = [Q(pk__in=[]), *(Q(**{f"{field.name}__in": sources}) for field in fields)]
    if issubclass(model, Sourced):
        field = model._meta.get_field("sources")
        links = field.remote_field.through.objects.filter(**{f"{field.m2m_reverse_field_name()}__in": sources})
        ways.append(Q(pk__in=links.values(field.m2m_field_name())))
    if issubclass(model, Cites):
        ways.append(Q(cited__overlap=ArraySubquery(sources.values("code"))))
    return any_of(ways)
