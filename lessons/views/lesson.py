"""The page of a lesson."""

from django.views.generic import DetailView

from lessons.models import CapabilityLine, Lesson
from pkportal.changes.reader_notes import with_reader_notes
from pkportal.sources.citations import cited_codes
from pkportal.sources.references import references_to, with_sources

MAX_RELATED = 6  # lessons


class LessonPage(DetailView):
    """One lesson, its remedial actions, and related lessons and topics."""

    slug_field = slug_url_kwarg = "number"

    def get_queryset(self):
        """Load only public lessons."""
        return with_reader_notes(with_sources(Lesson.objects.published().for_detail()))

    def get_context_data(self, **kwargs):
        """Collect the sources of the texts, of the lesson, of its maturity and of its actions."""
        lesson = self.object
        proof = [{"source": lesson.maturity_source.code}] if lesson.maturity_source else []
        return super().get_context_data(
            references=references_to(lesson, *proof, *lesson.remedial_actions.all()),
            topics=lesson.topics.published().for_links(),
            related=Lesson.objects.published().related_to(lesson).only("number", "title", "maturity")[:MAX_RELATED],
            has_later_proof=has_later_proof(lesson),
            capability_lines=[(line, line in lesson.dotmlpfi) for line in map(CapabilityLine, CapabilityLine.values)],
            **kwargs,
        )


def has_later_proof(lesson):
    """True if a source other than those of the lesson and its observation shows how far it has come."""
    own = {*lesson.source_codes, *cited_codes(lesson.observation)}
    return lesson.maturity_source is not None and lesson.maturity_source.code not in own
