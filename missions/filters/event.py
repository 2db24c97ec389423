"""Filter set of the list of events."""

from django.utils.translation import gettext_lazy as _

from missions.models import MISSION_ORDER, Event, EventKind, Mission, MissionType, Region
from pkportal.website.filters import ChoiceFilter, OrderingFilter, RecordChoiceFilter, SearchFilter, YesNoFilter
from pkportal.website.ordering import ListedOrder

from .period import DateBoundFilter, PeriodFilterSet


class EventFilter(PeriodFilterSet):
    """Filters of the list of events."""

    q = SearchFilter()
    mission = RecordChoiceFilter(Mission, label=_("Mission"))
    kind = ChoiceFilter(label=_("Kind"), choices=EventKind.choices)
    type = ChoiceFilter("mission__type", label=_("Type of mission"), choices=MissionType.choices)
    region = ChoiceFilter("mission__region", label=_("Region"), choices=Region.choices)
    since = DateBoundFilter(label=_("From"), method="queryset_method")
    until = DateBoundFilter(label=_("Until"), method="queryset_method")
    checked = YesNoFilter("is_checked", label=_("Checked"))
    sort = OrderingFilter(
        _("latest first"),
        {
            "date": (_("earliest first"), "date", "mission__code", "title__name_order"),
            "mission": (_("mission"), MISSION_ORDER, "date", "title__name_order"),
            "title": (_("title"), "title__name_order", "date"),
            "kind": (_("kind"), ListedOrder("kind", EventKind).asc(), "-date"),
            "checked": (_("unchecked first"), "is_checked", "-date"),
        },
    )

    class Meta:
        model = Event
        fields = ()
