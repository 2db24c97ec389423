"""Filter set of the list of missions."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from missions.models import (
    Command,
    Contribution,
    Country,
    MandateKind,
    Mission,
    MissionType,
    Region,
    State,
    WithSuperiors,
)
from pkportal.website.choices import ListForm
from pkportal.website.filters import (
    ChoiceFilter,
    ListFilterSet,
    OrderingFilter,
    RecordChoiceFilter,
    SearchFilter,
    YesNoFilter,
)
from pkportal.website.ordering import ListedOrder
from pkportal.website.years import YearsFilter

CONTRIBUTIONS_OF_MISSION = Contribution.objects.filter(mission=OuterRef("pk"))  # very many: asked for by the index


class YearsOfMissionsForm(ListForm):
    """Form whose field ``active_in`` begins with a year up to this one: nothing is on record of what is to come."""

    def clean(self):
        """Refuse a year to come."""
        super().clean()
        years = self.cleaned_data.get("active_in")
        if years and years.first and years.first > timezone.localdate().year:
            reason = _("%(year)s has not come yet.") % {"year": years.first}
            self.add_error("active_in", ValidationError(reason, "to_come"))


class MissionFilter(ListFilterSet):
    """Filters of the list of missions."""

    form_class = YearsOfMissionsForm

    q = SearchFilter()
    type = ChoiceFilter(label=_("Type"), choices=MissionType.choices)
    region = ChoiceFilter(label=_("Region"), choices=Region.choices)
    status = ChoiceFilter("state", label=_("Status"), choices=State.choices)
    host = RecordChoiceFilter(
        Country, label=_("Host country"), by="host_countries", without=Q(host_countries__isnull=True)
    )
    contributor = RecordChoiceFilter(
        Country, label=_("Contributor"), by="contributions__country", without=~Exists(CONTRIBUTIONS_OF_MISSION)
    )
    command = RecordChoiceFilter(
        Command, label=_("Command"), by=WithSuperiors("commands"), without=Q(commands__isnull=True)
    )
    mandate = ChoiceFilter(
        label=_("Legal basis"), choices=MandateKind.choices, by="mandates__kind", without=Q(mandates__isnull=True)
    )
    active_in = YearsFilter(label=_("Active in"), min_value=1949, max_value=2100)
    checked = YesNoFilter("is_checked", label=_("Checked"))
    sort = OrderingFilter(
        _("latest start first"),
        {
            "start": (_("earliest start first"), "start_date"),
            "name": (_("name"), "name__name_order"),
            "-end": (_("latest end first"), F("end_date").desc(nulls_last=True)),
            "type": (_("type"), ListedOrder("type", MissionType).asc(), "name__name_order"),
            "region": (_("region"), ListedOrder("region", Region).asc(), "name__name_order"),
            "status": (_("status"), ListedOrder("state", State).asc(), "name__name_order"),
            "checked": (_("unchecked first"), "is_checked", "name__name_order"),
        },
    )

    class Meta:
        model = Mission
        fields = ()
