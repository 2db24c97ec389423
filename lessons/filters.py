"""Filter sets of the lists of lessons and challenges."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, OuterRef, Q, TextField
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


class OfMissions(Func):
    """Expand a lesson to one row for each of its public missions, with one column of it: ``OfMissions("type")``."""

    function = "unnest"
    set_returning = True
    output_field = TextField()

    def __init__(self, column):
        super().__init__(ArraySubquery(MISSIONS_OF_LESSON.values(column)))


class LessonFilter(ListFilterSet):
    """Filters of the list of lessons."""

    q = SearchFilter()
    theme = RecordChoiceFilter(Theme, "themes", label=_("Theme"), without=Q(themes__isnull=True))
    mission = RecordChoiceFilter(Mission, "missions", label=_("Mission"), without=~Exists(MISSIONS_OF_LESSON))
    type = ChoiceFilter(label=_("Type of mission"), choices=MissionType.choices, by=OfMissions("type"))
    region = ChoiceFilter(label=_("Region"), choices=Region.choices, by=OfMissions("region"))
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
