"""What records need: to be published or checked, a source that exists, links that lead somewhere, newer evidence."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pkportal.content.checking import Checkable
from pkportal.content.last_stated import LastStated
from pkportal.content.models import Publishable, Status
from pkportal.sources.cited import Cites, cites_unknown_source, lacks_place
from pkportal.sources.links import has_invalid_link, may_have_links

NEEDS_PARAMETER = "needs"


class Need(NamedTuple):
    """One thing that a record may need: its name, the filter of the list, which kinds may need it, and which do."""

    label: Any
    query: str
    may_have: Callable[[Any], bool]
    condition: Callable[[Any], Q]


NEEDS = {
    "publication": Need(
        _("not published yet"),
        "status__exact=draft",
        lambda model: issubclass(model, Publishable),
        lambda model: Q(status=Status.DRAFT),
    ),
    "check": Need(
        _("not checked"),
        "is_checked__exact=0",
        lambda model: issubclass(model, Checkable),
        lambda model: Q(is_checked=False),
    ),
    "source": Need(
        _("citing a source that does not exist"),
        "needs=source",
        lambda model: issubclass(model, Cites),
        lambda model: cites_unknown_source(),
    ),
    "place": Need(
        _("with a citation that lacks its page"),
        "needs=place",
        lambda model: issubclass(model, Cites),
        lacks_place,
    ),
    "address": Need(_("with a link that is not an address"), "needs=address", may_have_links, has_invalid_link),
    "evidence": Need(
        _("last stated more than two years ago"),
        "needs=evidence",
        lambda model: issubclass(model, LastStated),
        lambda model: Q(pk__in=model._default_manager.stale().order_by().values("pk")),
    ),
}


def needs_of(model: Any) -> dict[str, Need]:
    """Return what records of a model may need."""
    return {name: need for name, need in NEEDS.items() if need.may_have(model)}


def filtered_needs(model: Any) -> dict[str, Need]:
    """Return those that no other filter of the list finds."""
    return {name: need for name, need in needs_of(model).items() if need.query == f"{NEEDS_PARAMETER}={name}"}


class NeedsFilter(SimpleListFilter):
    """Filter of a list by what its records need."""

    title = _("what it needs")
    parameter_name = NEEDS_PARAMETER

    def lookups(self, request, model_admin):
        """Offer what records of this kind may need."""
        return [(name, need.label) for name, need in filtered_needs(model_admin.model).items()]

    def queryset(self, request, queryset):
        """Keep the records that need it; a value that means nothing is no filter."""
        need = filtered_needs(queryset.model).get(self.value())
        return queryset.filter(need.condition(queryset.model)) if need else queryset
