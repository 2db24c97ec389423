"""Filter set of the list of contributions."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from missions.models import PEOPLE_FIRST, Basis, Contribution, ContributionKind, Country, Mission, Unit
from pkportal.website.filters import (
    ChoiceFilter,
    OrderingFilter,
    RecordChoiceFilter,
    TextFilter,
    WholeNumberFilter,
    YesNoFilter,
)

from .period import DateBoundFilter, ListedDateFilter, PeriodFilterSet


class ContributionFilter(PeriodFilterSet):
    """Filters of the list of contributions."""

    mission = RecordChoiceFilter(Mission, label=_("Mission"))
    country = RecordChoiceFilter(Country, label=_("Nation"))
    kind = ChoiceFilter(label=_("Kind"), choices=ContributionKind.choices)
    basis = ChoiceFilter(label=_("Counted as"), choices=Basis.choices)
    unit = ChoiceFilter(label=_("Unit"), choices=Unit.choices)
    date = ListedDateFilter("as_of", label=_("As of"))
    since = DateBoundFilter(label=_("From"), method="queryset_method")
    until = DateBoundFilter(label=_("Until"), method="queryset_method")
    place = TextFilter(label=_("Place"), without=Q(location=""))
    source = TextFilter(label=_("Source"))
    min = WholeNumberFilter("quantity", "gte", label=_("Figure at least"))
    max = WholeNumberFilter("quantity", "lte", label=_("Figure at most"))
    checked = YesNoFilter("is_checked", label=_("Checked"))
    sort = OrderingFilter(
        _("latest first"),
        {
            "date": (_("earliest first"), "as_of", "mission__code", "country__name"),
            "-quantity": (_("largest first"), PEOPLE_FIRST, "-quantity"),
            "mission": (_("mission"), "mission__name", "-as_of", "country__name"),
            "country": (_("nation"), "country__name", "-as_of", "mission__code"),
        },
    )

    class Meta:
        model = Contribution
        fields = ()
