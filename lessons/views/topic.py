"""The pages of topics: overview articles."""

import html
import re

from django.utils.html import strip_tags
from django.views.generic import DetailView, ListView

from lessons.models import Challenge, Lesson, Maturity, Topic
from missions.charts.mission_timeline import mission_timeline, timeline_legend
from missions.models import Mission, State
from pkportal.content.queries import count_each
from pkportal.sources.markdown import render_markdown
from pkportal.sources.references import references_to

HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
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
        return Topic.objects.published().for_detail()

    def get_context_data(self, **kwargs):
        """Render the article once, and add its missions, its lessons and the counts of the whole record."""
        topic = self.object
        references = references_to(topic)
        article = render_markdown(topic.text, references)
        before, after = Topic.objects.published().beside(topic)
        return super().get_context_data(
            references=references,
            article=article,
            contents=contents(article),
            before=before,
            after=after,
            on_record=record_counts(),
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
        "parts": Maturity.group(lessons),
        "learned": sum(lesson.maturity == Maturity.LEARNED for lesson in lessons),
        "drawn": timeline,
        "legend": timeline_legend(timeline),
    }


def record_counts():
    """Count, in one query, what the public may read of the whole record."""
    missions = Mission.objects.published()
    return {
        "missions": 0,
        "running": 0,
        "challenges": 0,
        "lessons": 0,
        **count_each(
            {
                "missions": missions,
                "running": missions.filter(state=State.ONGOING),
                "challenges": Challenge.objects.published(),
                "lessons": Lesson.objects.published(),
            }
        ),
    }


def contents(article):
    """Return pairs of the anchor and the plain text of each heading of rendered HTML, without its notes."""
    headings = HEADING.findall(article)
    return [(anchor, html.unescape(strip_tags(NOTE.sub("", heading))).strip()) for anchor, heading in headings]
