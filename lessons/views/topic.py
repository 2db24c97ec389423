"""The pages of topics: overview articles."""

import html
import re
from collections.abc import Iterable

from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import ngettext
from django.views.generic import DetailView, ListView

from lessons.models import Challenge, Lesson, Maturity, Topic
from missions.charts.mission_timeline import mission_timeline, timeline_legend
from missions.models import Command, Contribution, Event, Mandate, Mission, State
from pkportal.changes.reader_notes import with_reader_notes
from pkportal.content.queries import count_each
from pkportal.sources.markdown import render_markdown
from pkportal.sources.references import references_to

HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
KINDS_BY_NAME = {
    str(model._meta.verbose_name_plural): model for model in [Challenge, Command, Contribution, Event, Lesson, Mandate]
}
COUNTED_LINK = re.compile(rf'(<a href="/[a-z]+/">)[\d,]+ ({"|".join(KINDS_BY_NAME)})(?=</a>)')
NOTE = re.compile(r'<sup class="note">.*?</sup>', re.DOTALL)


class TopicList(ListView):
    """All articles, in the order of their numbers."""

    def get_queryset(self):
        """List what the public may read."""
        return Topic.objects.published().for_links()


class TopicPage(DetailView):
    """One article with its notes, its missions and its lessons."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Show what the public may read."""
        return with_reader_notes(Topic.objects.published().for_detail())

    def get_context_data(self, **kwargs):
        """Render the article once, and add its missions, its lessons and the counts of the whole record.

        A link of the article such as ``[90 challenges](/challenges/)`` has their number of today.
        """
        topic = self.object
        references = references_to(topic)
        article = render_markdown(topic.text, references)
        counts = record_counts({name for _link, name in COUNTED_LINK.findall(article)})
        article = COUNTED_LINK.sub(lambda link: f"{link[1]}{number_of_records(link[2], counts[link[2]])}", article)
        before, after = Topic.objects.published().neighbours_of(topic)
        return super().get_context_data(
            references=references,
            article=mark_safe(article),  # noqa: S308 - render_markdown made it so
            contents=page_contents(article),
            before=before,
            after=after,
            on_record=counts,
            **linked_records(topic.missions.all(), topic.lessons.all()),
            **kwargs,
        )


def linked_records(missions, lessons):
    """Return the context for the missions and lessons that an article is tied to, in their state of today."""
    timeline = mission_timeline(missions)
    running = [mission for mission in missions if mission.state == State.ONGOING]
    return {
        "missions": missions,
        "running": running,
        "ended": [mission for mission in missions if mission not in running],
        "lesson_groups": Maturity.group(lessons),
        "learned_count": sum(lesson.maturity == Maturity.LEARNED for lesson in lessons),
        "timeline": timeline,
        "legend": timeline_legend(timeline),
    }


def record_counts(names: Iterable[str] = ()) -> dict[str, int]:
    """Count, in one query, what the public may read of the whole record, and of the kinds with these plural names."""
    missions = Mission.objects.published()
    rows = {
        "missions": missions,
        "running": missions.filter(state=State.ONGOING),
        "challenges": Challenge.objects.published(),
        "lessons": Lesson.objects.published(),
        **{name: KINDS_BY_NAME[name].objects.published() for name in names},
    }
    return dict.fromkeys(rows, 0) | count_each(rows)


def number_of_records(name: str, number: int) -> str:
    """Return a number of records of a kind in words: ``90 challenges``."""
    return f"{number:,} {ngettext(str(KINDS_BY_NAME[name]._meta.verbose_name), name, number)}"


def page_contents(article: str) -> list[tuple[str, str]]:
    """Return pairs of the anchor and the plain text of each heading of rendered HTML, without its notes."""
    headings = HEADING.findall(article)
    return [(anchor, html.unescape(strip_tags(NOTE.sub("", heading))).strip()) for anchor, heading in headings]
