"""Filter of the list of change sets by the queues of an account."""

from django.contrib.admin import SimpleListFilter
from django.utils.translation import gettext_lazy as _

from pkportal.changes.queues import QUEUES


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
