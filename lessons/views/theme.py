"""The themes, and the challenges and lessons that meet under them."""

from django.views.generic import DetailView, ListView

from lessons.filters import ChallengeFilter
from lessons.models import Challenge, Family, Theme
from lessons.rows import ChallengeRows
from pkportal.reading.lists import FilteredList
from pkportal.reading.notes import references_to, with_sources


class ChallengeList(FilteredList):
    """The challenges, narrowed by what the visitor asks."""

    filterset_class = ChallengeFilter
    rows = ChallengeRows

    def get_queryset(self):
        """List what the public may read."""
        return Challenge.objects.published().for_list()


class ThemeList(ListView):
    """All themes, by family: a code list that fits on one page."""

    def get_queryset(self):
        """List the themes with what the public may read under each."""
        return Theme.objects.for_list()

    def get_context_data(self, **kwargs):
        """Gather the themes under their families, in the order of the families."""
        families = {family: [] for family in Family}
        for theme in self.object_list:
            families[theme.family].append(theme)
        shown = [(family, themes) for family, themes in families.items() if themes]
        return super().get_context_data(families=shown, **kwargs)


class ThemePage(DetailView):
    """One theme: what was hard under it, what was learned, and in which missions."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Every theme is public; what stands under it may not be."""
        return Theme.objects.defer("search")

    def get_context_data(self, **kwargs):
        """Load the challenges and lessons, and name the missions of both."""
        challenges = self.object.challenges.published().for_list().order_by("mission__name", "title")
        challenges = [*with_sources(challenges)]
        lessons = [*self.object.lessons.published().for_list()]
        missions = {it.mission for it in challenges} | {it for lesson in lessons for it in lesson.missions.all()}
        return super().get_context_data(
            challenges=challenges,
            lessons=lessons,
            missions=sorted(missions, key=lambda it: it.name),
            references=references_to(*challenges),
            **kwargs,
        )
