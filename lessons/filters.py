"""What a visitor may ask of the lists of the analysis."""

from django.utils.translation import gettext_lazy as _

from missions.models import Mission
from pkportal.reading.filters import Choice, CodeFilter, Each, Questions, Sort, Words, YesNo

from .models import CapabilityLine, Challenge, Family, Lesson, LessonKind, Maturity, Theme


class LessonFilter(Questions):
    """What a visitor may ask of the list of lessons."""

    q = Words()
    theme = CodeFilter(Theme, "themes", label=_("Theme"))
    mission = CodeFilter(Mission, "missions", label=_("Mission"))
    maturity = Choice(label=_("Maturity"), choices=Maturity.choices)
    kind = Choice(label=_("Kind"), choices=LessonKind.choices)
    dotmlpfi = Choice(
        label=_("Line of remedy (DOTMLPFI)"), choices=CapabilityLine.choices, method="ask", by=Each("dotmlpfi")
    )
    checked = YesNo("is_checked", label=_("Checked"))
    sort = Sort(_("by number"), {"-number": (_("newest number first"), "-number"), "title": (_("by title"), "title")})

    class Meta:
        model = Lesson
        fields = []


class ChallengeFilter(Questions):
    """What a visitor may ask of the list of challenges."""

    q = Words()
    theme = CodeFilter(Theme, label=_("Theme"))
    family = Choice("theme__family", label=_("Family"), choices=Family.choices)
    mission = CodeFilter(Mission, label=_("Mission"))
    checked = YesNo("is_checked", label=_("Checked"))
    sort = Sort(
        _("by mission"),
        {"theme": (_("by theme"), "theme__name", "mission__code", "title"), "title": (_("by title"), "title")},
    )

    class Meta:
        model = Challenge
        fields = []
