"""The topics: overview articles, each sentence with its source."""

import html
import re

from django.utils.html import strip_tags
from django.views.generic import DetailView, ListView

from lessons.models import Topic
from pkportal.reading.notes import references_to
from pkportal.sourcing.markdown import render

HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
NOTE = re.compile(r'<sup class="note">.*?</sup>', re.DOTALL)


class TopicList(ListView):
    """All articles, in the order in which they are best read."""

    def get_queryset(self):
        """List what the public may read."""
        return Topic.objects.published().for_list()


class TopicPage(DetailView):
    """One article with its notes, and the missions, lessons and articles it is tied to."""

    slug_field = slug_url_kwarg = "code"

    def get_queryset(self):
        """Show what the public may read."""
        return Topic.objects.published().for_detail()

    def get_context_data(self, **kwargs):
        """Render the article once: its contents and its list of references are made from it."""
        references = references_to(self.object)
        article = render(self.object.text, references)
        return super().get_context_data(references=references, article=article, contents=contents(article), **kwargs)


def contents(article):
    """Pair the anchor and the words of each section of rendered HTML."""
    found = HEADING.findall(article)
    return [(anchor, html.unescape(strip_tags(NOTE.sub("", heading))).strip()) for anchor, heading in found]
