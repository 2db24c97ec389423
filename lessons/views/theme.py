"""The pages of themes, and the list of challenges."""

from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView

from lessons.filters import ChallengeFilter
from lessons.models import (
    Challenge,
    Family,
    Maturity,
    Theme,
    missions_by_theme,
    other_themes_in,
    themes_with_challenges_in,
    themes_with_counts,
    themes_with_lessons_in,
    with_lesson_counts,
)
from lessons.resources import ChallengeResource
from missions.charts.mission_timeline import mission_timeline, timeline_legend
from missions.models import MISSION_ORDER, Mission
from pkportal.charts.scales import bar_lengths
from pkportal.sources.references import references_to, with_sources
from pkportal.website.checked_choice import checked_context
from pkportal.website.lists import FilteredList

MAX_OTHERS = 6  # other themes, those of most missions
MAX_THEME_LESSONS = 100  # the newest


class ChallengeList(FilteredList):
    """The list of challenges with its filters."""

    filterset_class = ChallengeFilter
    resource = ChallengeResource
    nouns = (_("challenge"), _("challenges"))

    def get_queryset(self):
        """List the challenges of public missions."""
        return Challenge.objects.published().for_list().order_by(MISSION_ORDER, "title__name_order")


class ThemeList(ListView):
    """All themes by family, on one page."""

    template_name = "lessons/theme_list.html"

    def get_queryset(self):
        """Load the themes with the counts of what is public under each."""
        return themes_with_counts()

    def get_context_data(self, **kwargs):
        """Group the themes by family, each paired with the length of its bar; all bars have one scale."""
        families: dict[Family, list[tuple[Theme, float]]] = {family: [] for family in map(Family, Family.values)}
        context = checked_context(self.request, "themes", [*self.object_list])
        bars = bar_lengths([theme.mission_count for theme in context["themes"]])
        for theme, length in zip(context["themes"], bars, strict=True):
            families[theme.family].append((theme, length))
        with_themes = [(family, themes) for family, themes in families.items() if themes]
        return super().get_context_data(families=with_themes, **context, **kwargs)


class ThemePage(DetailView):
    """One theme: its challenges and lessons, and the missions in which it came up."""

    slug_field = slug_url_kwarg = "code"

    queryset = Theme.objects.defer("search")  # every theme is public; its challenges and lessons may not be

    def get_object(self, queryset=None):
        """Load the theme with the numbers of its lessons."""
        (theme,) = with_lesson_counts([super().get_object(queryset)])
        return theme

    def get_context_data(self, **kwargs):
        """Load the missions in order of time, and group the challenges and lessons by mission."""
        theme = self.object
        challenges = [*with_sources(theme.challenges.published().for_list())]
        lessons = [*theme.lessons.published().for_list().order_by("-number")[:MAX_THEME_LESSONS]][::-1]
        by_theme = missions_by_theme()
        missions = [*Mission.objects.filter(pk__in=by_theme.get(theme.pk, ())).for_timeline()]
        findings = [(mission, *findings_in(mission, challenges, lessons)) for mission in missions]
        anchors = {mission: finding_anchor(hard, learned) for mission, hard, learned in findings}
        timeline = mission_timeline(missions, anchors)
        return super().get_context_data(
            challenges=challenges,
            lessons=lessons,
            lesson_groups=Maturity.group(lessons),
            missions=missions,
            findings=findings,
            timeline=timeline,
            legend=timeline_legend(timeline),
            other_side=other_side(missions, challenges, lessons),
            other_themes=other_themes_in(missions, theme, by_theme)[:MAX_OTHERS],
            references=references_to(*challenges),
            **kwargs,
        )


def other_side(missions, challenges, lessons):
    """Return the themes that have the challenges or the lessons of these missions, if this theme has none of them."""
    if not challenges:
        return themes_with_challenges_in(missions)[:MAX_OTHERS]
    return [] if lessons else themes_with_lessons_in(missions)[:MAX_OTHERS]


def findings_in(mission, challenges, lessons):
    """Return the challenges of one mission and the lessons that come from it."""
    of_mission = [challenge for challenge in challenges if challenge.mission_id == mission.pk]
    return of_mission, [lesson for lesson in lessons if mission in lesson.missions.all()]


def finding_anchor(challenges, lessons):
    """Return the fragment of the page that leads to the first challenge, or else to the first lesson shown."""
    if challenges:
        return f"#{challenges[0].anchor}"
    return f"#{lessons[0].number}" if lessons else "#lessons"
