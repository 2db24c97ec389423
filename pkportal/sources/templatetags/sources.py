"""Template tags and filters of texts and their sources; a built-in, so no template loads it."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language

from pkportal.sources import markdown
from pkportal.sources.models import Grade, Source
from pkportal.sources.references import Mention, ReferenceEntry

REFERENCE_FIELDS = ["code", "title", "authors", "publisher", "published", "url", "grade"]
MAX_KEPT_REFERENCES = 5000
MAX_UNFOLDED = 50  # sources that a narrow screen shows at once

register = template.Library()


@register.filter
def cite(text, references):
    """Return Markdown as HTML, its citations numbered for the page: ``{{ mission.summary|cite:references }}``."""
    return markdown.render_markdown(text, references)


@register.filter
def plain(text):
    """Return the words without markup, for a description or a snippet: ``{{ text|plain|truncatewords:30 }}``."""
    return markdown.plain_text(text)


@register.filter
def grade(source, form=""):
    """Return the grade of a source as a letter with its meaning beside it, or nothing if it has none.

    ``{{ source|grade }}``, or in a narrow column ``{{ source|grade:"short" }}``.
    """
    if not source.grade:
        return ""
    meaning = Grade(source.grade).short if form == "short" else source.get_grade_display()
    return format_html('<span class="grade">{}</span>&nbsp;<span class="meta">{}</span>', source.grade, meaning)


@register.filter
def reference(entry):
    """Return one numbered source of a page, with the notes that cite it: ``{{ entry|reference }}``."""
    values = tuple(getattr(entry.source, name) for name in REFERENCE_FIELDS)
    mentions = tuple((mention.pinpoint, mention.anchor) for mention in entry.mentions)
    return _reference(entry.number, values, mentions, get_language())


@lru_cache(MAX_KEPT_REFERENCES)
def _reference(number, values, mentions, _language):
    """Render a reference; most pages of a mission or a nation name the same sources in the same places each time."""
    source = Source(**dict(zip(REFERENCE_FIELDS, values, strict=True)))
    entry = ReferenceEntry(number, source, [Mention(number, source, *mention) for mention in mentions])
    return render_to_string("components/reference.html", {"entry": entry, "source": source})


@register.inclusion_tag("components/reference_list.html")
def reference_list(references):
    """Show the numbered sources of a page; use it after the last text that cites."""
    entries = [*references]
    return {"first": entries[:MAX_UNFOLDED], "more": entries[MAX_UNFOLDED:]}


@register.simple_block_tag
def sources_section(content):
    """Show the section of a page that lists its sources; the block has the list."""
    return render_to_string("sources/section.html", {"content": content})


@register.inclusion_tag("components/cite_this.html")
def cite_this(record, title, kind, day=None):
    """Show how to cite the page of a published record: ``{% cite_this topic topic.title _("topic") %}``.

    The day is that of its publication, unless the page gives another.
    """
    address = f"{settings.SITE_URL}{record.get_absolute_url()}"
    return {"title": title, "kind": kind, "day": day or record.published_at, "address": address}
