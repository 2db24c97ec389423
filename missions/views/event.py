"""The list of events; an event is read on the page of its mission."""

from django.utils.translation import gettext_lazy as _

from missions.filters import EventFilter
from missions.models import Event
from missions.resources import EventResource
from pkportal.website.lists import FilteredList


class EventList(FilteredList):
    """The list of events with its filters."""

    filterset_class = EventFilter
    resource = EventResource
    nouns = (_("event"), _("events"))

    def get_queryset(self):
        """List the events of public missions."""
        return Event.objects.published().for_list()
