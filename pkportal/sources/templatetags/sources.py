"""Texts and their sources in templates; a built-in, so no page loads it."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string

from pkportal.sources import markdown

register = template.Library()


@register.filter
def cite(text, references):
    """Show a text with its notes numbered for this page: ``{{ mission.summary|cite:references }}``."""
    return markdown.render_markdown(text, references)


@register.filter
def plain(text):
    """Give the bare words, for a description, a row or a snippet: ``{{ text|plain|truncatewords:30 }}``."""
    return markdown.plain_text(text)


@register.inclusion_tag("components/reference_list.html")
def reference_list(references):
    """List what the notes of this page lead to; stands below the last cited text."""
    return {"references": references}


@register.simple_block_tag
def sources_section(content):
    """Head what a page cites: ``{% sources_section %}{% reference_list references %}{% endsources_section %}``."""
    return render_to_string("sources/section.html", {"content": content})


@register.inclusion_tag("components/cite_this.html")
def cite_this(record, title, kind, day=None):
    """Say how to cite the page of a published record: ``{% cite_this topic topic.title _("topic") %}``.

    The day is that of its publication, unless the page knows when it was last changed.
    """
    address = f"{settings.SITE_URL}{record.get_absolute_url()}"
    return {"title": title, "kind": kind, "day": day or record.published_at, "address": address}
