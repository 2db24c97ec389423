"""Filter set of the list of mandates."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from missions.models import MISSION_ORDER, Chapter, Mandate, MandateKind, Mission
from pkportal.website.filters import ChoiceFilter, OrderingFilter, RecordChoiceFilter, SearchFilter, YesNoFilter
from pkportal.website.ordering import ListedOrder

from .period import DateBoundFilter, PeriodFilterSet


class MandateFilter(PeriodFilterSet):
    """Filters of the list of mandates."""

    q = SearchFilter()
    kind = ChoiceFilter(label=_("Kind"), choices=MandateKind.choices)
    mission = RecordChoiceFilter(Mission, label=_("Mission"))
    chapter = ChoiceFilter(label=_("Chapter of the UN Charter"), choices=Chapter.choices)
    since = DateBoundFilter(label=_("Adopted from"), method="queryset_method")
    until = DateBoundFilter(label=_("Adopted until"), method="queryset_method")
    checked = YesNoFilter("is_checked", label=_("Checked"))
    sort = OrderingFilter(
        _("latest first"),
        {
            "adopted": (_("earliest first"), F("adopted").asc(nulls_last=True)),
            "mission": (_("mission"), MISSION_ORDER, "adopted"),
            "symbol": (_("symbol"), "symbol__name_order"),
            "kind": (_("kind"), ListedOrder("kind", MandateKind).asc(), "symbol__name_order"),
            "expires": (_("first to expire"), F("expires").asc(nulls_last=True)),
            "checked": (_("unchecked first"), "is_checked", "symbol__name_order"),
        },
    )

    class Meta:
        model = Mandate
        fields = ()
