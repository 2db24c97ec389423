"""Filter sets of the lists of lessons and challenges."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from missions.models import MISSION_ORDER, Mission, MissionType, Region
from pkportal.website.filters import (
    ChoiceFilter,
    ListFilterSet,
    OrderingFilter,
    RecordChoiceFilter,
    SearchFilter,
    Unnest,
    YesNoFilter,
)
from pkportal.website.ordering import ListedOrder, turned_round

from .models import CapabilityLine, Challenge, Family, Lesson, LessonKind, Maturity, Theme

MISSIONS_OF_LESSON = Mission.objects.published().filter(lessons=OuterRef("pk"))


class LessonFilter(ListFilterSet):
    """Filters of the list of lessons."""

    q = SearchFilter()
    theme = RecordChoiceFilter(Theme, "themes", label=_("Theme"), without=Q(themes__isnull=True))
    mission = RecordChoiceFilter(Mission, "missions", label=_("Mission"), without=~Exists(MISSIONS_OF_LESSON))
    type = ChoiceFilter(label=_("Type of mission"), choices=MissionType.choices, by="missions__type")
    region = ChoiceFilter(label=_("Region"), choices=Region.choices, by="missions__region")
    maturity = ChoiceFilter(label=_("Stage"), choices=Maturity.choices)
    kind = ChoiceFilter(label=_("Kind"), choices=LessonKind.choices)
    dotmlpfi = ChoiceFilter(
        label=_("Capability area (DOTMLPFI)"),
        choices=CapabilityLine.choices,
        by=Unnest("dotmlpfi"),
        without=Q(dotmlpfi=[]),
    )
    checked = YesNoFilter("is_checked", label=_("Checked"))
    sort = OrderingFilter(
        _("by number"),
        {
            "-number": (_("newest number first"), "-number"),
            "title": (_("by title"), "title__name_order"),
            "stage": (_("by stage"), ListedOrder("maturity", Maturity).asc(), "number"),
            "checked": (_("unchecked first"), "is_checked", "number"),
        },
    )

    class Meta:
        model = Lesson
        fields = ()


class ChallengeFilter(ListFilterSet):
    """Filters of the list of challenges."""

    q = SearchFilter()
    theme = RecordChoiceFilter(Theme, label=_("Theme"))
    type = ChoiceFilter("mission__type", label=_("Type of mission"), choices=MissionType.choices)
    region = ChoiceFilter("mission__region", label=_("Region"), choices=Region.choices)
    family = ChoiceFilter("theme__family", label=_("Group of themes"), choices=Family.choices)
    mission = RecordChoiceFilter(Mission, label=_("Mission"))
    checked = YesNoFilter("is_checked", label=_("Checked"))
    sort = OrderingFilter(
        _("by mission"),
        {
            "-mission": (_("by mission, Z to A"), turned_round(MISSION_ORDER), "title__name_order"),
            "theme": (_("by theme"), "theme__name__name_order", MISSION_ORDER, "title__name_order"),
            "title": (_("by title"), "title__name_order"),
            "checked": (_("unchecked first"), "is_checked", MISSION_ORDER, "title__name_order"),
        },
    )

    class Meta:
        model = Challenge
        fields = ()
