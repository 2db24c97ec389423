"""What a visitor may ask of the mandates."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from missions.models import Chapter, Mandate, MandateKind, Mission
from pkportal.reading.filters import Choice, CodeFilter, Sort, Words, YesNo

from .period import End, PeriodQuestions


class MandateFilter(PeriodQuestions):
    """What a visitor may ask of the list of mandates."""

    q = Words()
    kind = Choice(label=_("Kind"), choices=MandateKind.choices)
    mission = CodeFilter(Mission, label=_("Mission"))
    chapter = Choice(label=_("Charter chapter"), choices=Chapter.choices)
    since = End(label=_("Adopted from"), method="ask")
    until = End(label=_("Adopted until"), method="ask")
    checked = YesNo("is_checked", label=_("Checked"))
    sort = Sort(
        _("latest first"),
        {
            "adopted": (_("earliest first"), F("adopted").asc(nulls_last=True)),
            "mission": (_("mission"), "mission__name", "adopted"),
            "symbol": (_("symbol"), "symbol"),
        },
    )

    class Meta(PeriodQuestions.Meta):
        model = Mandate
        fields = []
