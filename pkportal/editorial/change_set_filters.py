"""Filters of the list of change sets: by the queues of an account, and by the kind of record."""

from django.contrib.admin import SimpleListFilter
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pkportal.changes.queues import QUEUES
from pkportal.content.registry import models_with_label


class QueueFilter(SimpleListFilter):
    """Filter by what the account of the request has to do with a change set."""

    title = _("what is to be done")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        """Offer the queues."""
        return [(name, queue.label) for name, queue in QUEUES.items()]

    def queryset(self, request, queryset):
        """Keep the change sets of a queue; a value that means nothing is no filter."""
        queue = QUEUES.get(self.value())
        return queryset.filter(queue.condition(request.user)) if queue else queryset


class KindFilter(SimpleListFilter):
    """Filter by the kind of the root record, as readers call it."""

    title = _("kind")
    parameter_name = "root_kind"

    def lookups(self, request, model_admin):
        """Offer the kinds of which there are change sets."""
        kinds = {*model_admin.get_queryset(request).order_by().values_list("root_kind", flat=True).distinct()}
        names = {kind: str(model._meta.verbose_name_plural) for kind, model in models_with_label().items()}
        return [(kind, capfirst(names[kind])) for kind in names if kind in kinds]

    def queryset(self, request, queryset):
        """Keep the change sets of one kind."""
        return queryset.filter(root_kind=self.value()) if self.value() else queryset
