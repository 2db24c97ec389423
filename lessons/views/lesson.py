"""The lessons: the list of them and the page of each."""

from django.shortcuts import redirect
from django.views.generic import DetailView

from lessons.filters import LessonFilter
from lessons.models import Lesson
from lessons.rows import LessonRows
from pkportal.reading.lists import FilteredList
from pkportal.sourcing.models import Source
from pkportal.sourcing.references import References


class LessonList(FilteredList):
    """The lessons, narrowed by what the visitor asks."""

    filterset_class = LessonFilter
    rows = LessonRows

    def get_queryset(self):
        """List what the public may read."""
        return Lesson.objects.published().for_list()


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
        return Lesson.objects.published().for_detail()

    def get_context_data(self, **kwargs):
        """Number the sources that the texts cite, then those of the lesson's own list."""
        lesson = self.object
        references = References(Source.objects.named_in(lesson))
        for source in [*filter(None, [lesson.maturity_source]), *lesson.sources.all()]:
            references.add(source)
        topics = lesson.topics.published().for_list()
        return super().get_context_data(references=references, topics=topics, **kwargs)
