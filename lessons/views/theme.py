"""The themes, and the challenges and lessons that meet under them."""

from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView

from lessons.filters import ChallengeFilter
from lessons.models import Challenge, Family, Maturity, Theme, missions_under
from lessons.resources import ChallengeResource
from missions.charts.mission_timeline import mission_timeline, timeline_legend
from pkportal.charts.bars import bar_lengths
from pkportal.sources.footnotes import references_to, with_sources
from pkportal.website.lists import FilteredList

OTHERS = 6


class ChallengeList(FilteredList):
    """The challenges, narrowed by what the visitor asks."""

    filterset_class = ChallengeFilter
    resource = ChallengeResource
    nouns = (_("challenge"), _("challenges"))

    def get_queryset(self):
        """List what the public may read."""
        return Challenge.objects.published().for_list()


class ThemeList(ListView):
    """All themes, by family: a code list that fits on one page."""

    def get_queryset(self):
        """List the themes with what the public may read under each."""
        return Theme.objects.for_list()

    def get_context_data(self, **kwargs):
        """Gather the themes under their families, in the order of the families, with bars that compare across them."""
        families = {family: [] for family in Family}
        bars = bar_lengths([theme.mission_count for theme in self.object_list])
        for theme, length in zip(self.object_list, bars, strict=True):
            families[theme.family].append((theme, length))
        shown = [(family, themes) for family, themes in families.items() if themes]
        return super().get_context_data(families=shown, **kwargs)


class ThemePage(DetailView):
    """One theme: what was hard under it, what was learned, and where and when it came back."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Every theme is public; what stands under it may not be."""
        return Theme.objects.defer("search")

    def get_context_data(self, **kwargs):
        """Load the missions in order of time, and under each the challenges and lessons that come from it."""
        theme = self.object
        challenges = [*with_sources(theme.challenges.published().for_list())]
        lessons = [*theme.lessons.published().for_list()]
        missions = [*missions_under(theme).for_timeline()]
        seen = [(it, *findings_in(it, challenges, lessons)) for it in missions]
        drawn = mission_timeline(missions, leads_to={it: finding_anchor(*found) for it, *found in seen})
        return super().get_context_data(
            challenges=challenges,
            lessons=lessons,
            parts=Maturity.parted(lessons),
            learned=sum(lesson.maturity == Maturity.LEARNED for lesson in lessons),
            missions=missions,
            seen=seen,
            drawn=drawn,
            legend=timeline_legend(drawn),
            others=Theme.objects.meeting(theme, missions)[:OTHERS],
            references=references_to(*challenges),
            **kwargs,
        )


def findings_in(mission, challenges, lessons):
    """Give what was hard in one mission, and the lessons that come from it."""
    hard = [challenge for challenge in challenges if challenge.mission_id == mission.pk]
    return hard, [lesson for lesson in lessons if mission in lesson.missions.all()]


def finding_anchor(challenges, lessons):
    """Give the place on this page where a reader finds the first of these."""
    return f"#{challenges[0].anchor if challenges else lessons[0].number}"
