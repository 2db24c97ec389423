"""The page of a lesson."""

from django.shortcuts import redirect
from django.views.generic import DetailView

from lessons.models import CapabilityLine, Lesson
from pkportal.sources.footnotes import references_to, with_sources

RELATED = 6


class LessonPage(DetailView):
    """One lesson, from what was seen to what should be done, with the proof of how far it has come."""

    slug_field = slug_url_kwarg = "number"

    def get(self, request, *args, **kwargs):
        """Send whoever types pk-l-0042 to the one address of the lesson."""
        number = kwargs["number"]
        if number != number.upper():
            return redirect("lesson", number.upper(), permanent=True)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """Show what the public may read."""
        return with_sources(Lesson.objects.published().for_detail())

    def get_context_data(self, **kwargs):
        """Gather what the texts cite, what the lesson lists, what proves it, and what its actions stand on."""
        lesson = self.object
        proof = [{"source": lesson.maturity_source.code}] if lesson.maturity_source else []
        return super().get_context_data(
            references=references_to(lesson, *proof, *lesson.remedial_actions.all()),
            topics=lesson.topics.published().for_list(),
            related=Lesson.objects.published().related_to(lesson).only("number", "title", "maturity")[:RELATED],
            lines=[(line, line in lesson.dotmlpfi) for line in CapabilityLine],
            **kwargs,
        )
