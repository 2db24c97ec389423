"""The nations: the list of them, and what the record holds of each."""

from itertools import chain

from django.db.models import F, Value
from django.db.models.functions import NullIf
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import DetailView

from missions.filters import CountryFilter
from missions.models import Country
from missions.rows import CountryRows
from pkportal.reading.lists import FilteredList
from pkportal.reading.notes import references_to, with_sources

GRADE = NullIf("source__grade", Value("")).asc(nulls_last=True)
LONG = [f"mission__{name}" for name in ["search", "summary", "outcome", "cited"]]


class CountryList(FilteredList):
    """The nations, narrowed by what the visitor asks; few enough for one page."""

    filterset_class = CountryFilter
    rows = CountryRows
    paginate_by = 100

    def get_queryset(self):
        """List every country that the record names."""
        return Country.objects.for_list()


class CountryPage(DetailView):
    """All that the record holds of one nation."""

    queryset = Country.objects.defer("search")

    def get(self, request, *args, **kwargs):
        """Send a code in small letters to the one address of the page."""
        self.object = self.get_object()
        if self.object.iso3 != self.kwargs["iso3"]:
            return redirect(self.object, permanent=True)
        return self.render_to_response(self.get_context_data())

    def get_object(self, queryset=None):
        """Find the nation by its code, however it is written."""
        return get_object_or_404(self.get_queryset(), iso3=self.kwargs["iso3"].upper())

    def get_context_data(self, **kwargs):
        """Load the parts of the page, count what was checked, and number the sources of them all."""
        parts = parts_of(self.object)
        records = [*chain(parts["figures"], parts["posts"], parts["losses"], parts["shares"])]
        return super().get_context_data(
            **kwargs,
            **parts,
            is_ally=self.object.is_ally_on(timezone.localdate()),
            figure_count=sum({it.mission_id: it.figure_count for it in parts["figures"]}.values()),
            references=references_to(*records),
            statement_count=len(records),
            checked_count=sum(it.is_checked for it in records),
        )


def parts_of(country):
    """Load what belongs to a nation and is public."""
    posts = with_sources(country.appointments.published().select_related("command__mission"))
    posts = posts.defer("command__search", *(f"command__{name}" for name in LONG))
    losses = country.fatalities.published().select_related("mission", "source").defer("source__search", *LONG)
    latest = losses.order_by("mission_id", "-as_of", GRADE, "pk").distinct("mission_id")
    shares = country.cost_shares.published().select_related("source").defer("source__search")
    return {
        "figures": [*country.contributions.published().for_list().headlines()],
        "hosted": [*country.hosted_missions.published().defer("search", "summary", "outcome", "cited")],
        "posts": [*posts.order_by(F("from_date").desc(nulls_last=True), "person", "pk")],
        "losses": sorted(latest, key=lambda it: it.mission.start_date, reverse=True),
        "shares": [*shares.order_by("-period_from", "source__code")],
    }
