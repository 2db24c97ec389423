"""What this site is, and how far it can be trusted, counted afresh each time."""

from django.conf import settings
from django.db.models import Count
from django.views.generic import TemplateView

from pkportal.content.check_counts import check_counts
from pkportal.sources.models import Grade, Source


class AboutPage(TemplateView):
    """The editorial policy, what is AI-assisted, what is checked, and what the sources are worth."""

    template_name = "website/about.html"

    def get_context_data(self, **kwargs):
        """Count what is checked in one query, and the sources by grade in another."""
        kinds = [kind for kind in check_counts() if kind.total]
        return super().get_context_data(
            kinds=kinds, grades=sources_by_grade(), host=settings.SITE.netloc, contact=settings.CONTACT, **kwargs
        )


def sources_by_grade():
    """Count the sources by grade, the best first and the ungraded last."""
    counted = dict(Source.objects.order_by().values_list("grade").annotate(Count("pk")))
    graded = [(grade.value, grade.label, counted.get(grade.value, 0)) for grade in Grade]
    return [*graded, ("", "", counted[""])] if "" in counted else graded
