"""The pages of topics: overview articles."""

import html
import re
from collections.abc import Iterable

from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.views.generic import DetailView, ListView

from lessons.models import Challenge, Lesson, Maturity, Topic
from missions.charts.mission_timeline import mission_timeline, timeline_legend
from missions.models import Mission, State
from pkportal.changes.reader_notes import with_reader_notes
from pkportal.content.queries import count_each
from pkportal.sources.markdown import render_markdown
from pkportal.sources.references import references_to
from pkportal.website.checked_choice import checked_context

from .article_counts import CountedLink, counted_links, with_counts

HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
NOTE = re.compile(r'<sup class="note">.*?</sup>', re.DOTALL)


class TopicList(ListView):
    """All articles, in the order of their numbers."""

    def get_queryset(self):
        """List what the public may read."""
        return Topic.objects.published().for_links()

    def get_context_data(self, **kwargs):
        """Keep the articles that are checked, or those that are not, if that is asked for."""
        context = super().get_context_data(**kwargs)
        return {**context, **checked_context(self.request, "topic_list", [*self.object_list])}


class TopicPage(DetailView):
    """One article with its notes, its missions and its lessons."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Show what the public may read."""
        return with_reader_notes(Topic.objects.published().for_detail())

    def get_context_data(self, **kwargs):
        """Render the article once, and add its missions, its lessons and the counts of the whole record.

        A link of the article that counts, such as ``[90 challenges](/challenges/)``, has the number of today.
        """
        topic = self.object
        references = references_to(topic)
        article = render_markdown(topic.text, references)
        links = [*counted_links(article)]
        counts = record_counts(links)
        article = with_counts(article, links, counts)
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


def record_counts(links: Iterable[CountedLink] = ()) -> dict[str, int]:
    """Count, in one query, what the public may read of the whole record, and the rows of links that count."""
    missions = Mission.objects.published()
    rows = {
        "missions": missions,
        "running": missions.filter(state=State.ONGOING),
        "challenges": Challenge.objects.published(),
        "lessons": Lesson.objects.published(),
        **{link.address: link.rows for link in links},
    }
    return dict.fromkeys(rows, 0) | count_each(rows)


def page_contents(article: str) -> list[tuple[str, str]]:
    """Return pairs of the anchor and the plain text of each heading of rendered HTML, without its notes."""
    headings = HEADING.findall(article)
    return [(anchor, html.unescape(strip_tags(NOTE.sub("", heading))).strip()) for anchor, heading in headings]
