"""The page about the site: what it is and how far it can be trusted, counted at each request."""

from django.conf import settings
from django.db.models import Count
from django.views.generic import TemplateView

from pkportal.content.check_counts import check_counts
from pkportal.sources.models import Grade, Source

from .apps import method_url


class AboutPage(TemplateView):
    """Page of the editorial policy, what is AI-assisted, what is checked, and the grades of the sources."""

    template_name = "website/about.html"

    def get_context_data(self, **kwargs):
        """Count what is checked in one query, and the sources by grade in another."""
        return super().get_context_data(
            check_counts=[count for count in check_counts() if count.total],
            grades=sources_by_grade(),
            host=settings.SITE.netloc,
            contact=settings.CONTACT,
            contact_name=settings.CONTACT.removeprefix("mailto:"),
            method_url=method_url(),
            **kwargs,
        )


def sources_by_grade() -> list[tuple[str, str, int]]:
    """Return value, label and number of sources of each grade, the best first and the ungraded last."""
    numbers = dict(Source.objects.order_by().values_list("grade").annotate(Count("pk")))
    graded = [(value, label, numbers.get(value, 0)) for value, label in Grade.choices]
    return [*graded, ("", "", numbers[""])] if "" in numbers else graded
