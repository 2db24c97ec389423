"""What a visitor may ask of the stated figures."""

from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from missions.models import Basis, Contribution, ContributionKind, Country, Mission, Unit
from pkportal.reading.filters import Choice, CodeFilter, Sort, YesNo

from .period import DateOf, End, PeriodQuestions

# numbers of different units do not compare: people come first, then all else
PEOPLE_FIRST = Case(When(unit=Unit.PERSONNEL, then=Value(0)), default=Value(1))


class ContributionFilter(PeriodQuestions):
    """What a visitor may ask of the list of contributions."""

    mission = CodeFilter(Mission, label=_("Mission"))
    country = CodeFilter(Country, label=_("Nation"))
    kind = Choice(label=_("Kind"), choices=ContributionKind.choices)
    basis = Choice(label=_("Basis"), choices=Basis.choices)
    unit = Choice(label=_("Unit"), choices=Unit.choices)
    date = DateOf("as_of", label=_("As of"))
    since = End(label=_("From"), method="ask")
    until = End(label=_("Until"), method="ask")
    checked = YesNo("is_checked", label=_("Checked"))
    sort = Sort(
        _("latest first"),
        {
            "date": (_("earliest first"), "as_of", "mission__code", "country__name"),
            "-quantity": (_("largest first"), PEOPLE_FIRST, "-quantity"),
            "mission": (_("mission"), "mission__name", "-as_of", "country__name"),
            "country": (_("nation"), "country__name", "-as_of", "mission__code"),
        },
    )

    class Meta(PeriodQuestions.Meta):
        model = Contribution
        fields = []
