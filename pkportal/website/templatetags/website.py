"""Template tags and filters of every page: dates, marks of checks, tables, and the components pages are made of."""

import re
from functools import cache, lru_cache

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pkportal.content.dates import PartialDate
from pkportal.sources.claims import claims_of
from pkportal.website.presenters import one_line

MAX_KEPT_MARKS = 5000  # rendered notes and dates that a process keeps, those used last

register = template.Library()


@register.filter
def in_words(date):
    """Return a partial date in words: June 1999; blank when it is not known."""
    return PartialDate(date).in_words if date else ""


@register.filter
def when(date):
    """Return a partial date as a time element: ``<time datetime="1999-06">June 1999</time>``."""
    return _time_element(str(date), get_language()) if date else ""


@register.filter
def on_or_in(date):
    """Return a partial date as it stands in a sentence: ``on`` a day, ``in`` a month or a year; as a time element."""
    date = PartialDate(date)
    return format_html('<time datetime="{}">{}</time>', date, date.on_or_in)


@lru_cache(MAX_KEPT_MARKS)
def _time_element(date, _language):
    return format_html('<time datetime="{}">{}</time>', date, in_words(date))


@register.filter
def checked(is_checked):
    """Return the mark of a row, checked or not yet checked: ``{{ event.is_checked|checked }}``."""
    return _check_mark(bool(is_checked), get_language())


@lru_cache
def _check_mark(is_checked, _language):
    css_class, words = ("", _("checked")) if is_checked else (" warn", _("not yet checked"))
    return format_html('<span class="check{}">{}</span>', css_class, words)


@register.filter
def unchecked(is_checked):
    """Return the mark of a row that is not yet checked, else nothing: ``{{ event.is_checked|unchecked }}``."""
    return "" if is_checked else checked(is_checked)


@register.filter
def link(record, text=""):
    """Return a link to the page of a record, or nothing if there is no record: ``{{ post.country|link }}``.

    Its text is the record's name or another: ``{{ mandate|link:mandate.title }}``.
    """
    return _link(record.get_absolute_url(), text or str(record)) if record else ""


@lru_cache(MAX_KEPT_MARKS, typed=True)  # a text that is safe is not the same text unsafe
def _link(address, text):
    return format_html('<a href="{}">{}</a>', address, text)


@register.filter
def aside(text):
    """Return a remark below the words of a cell, or nothing: ``{{ figure.note|aside }}``."""
    return format_html('<span class="aside">{}</span>', text) if text else ""


@register.filter
def label(record, name):
    """Return the label of a choice: ``{{ mission|label:"type" }}``; faster than ``get_type_display``."""
    value = getattr(record, name)
    return _labels(record._meta.get_field(name)).get(value, value)


@cache
def _labels(field):
    return dict(field.flatchoices)


@register.simple_tag
def period(start, end):
    """Return a period in words; either end may be unknown, and an unknown end is not called open."""
    if start and end:
        return format_html("{} – {}", when(start), when(end))
    if start or end:
        return format_html("{} {}", _("from") if start else _("until"), when(start or end))
    return ""


@register.simple_tag
def notes(references, codes):
    """Return the note numbers of the sources of one row: ``{% notes references event.source_codes %}``.

    ``codes`` may be a single code, or nothing. The list of sources links back to the first row that names a source;
    js/site.js gives each number the title of its source, which would make a long page a tenth heavier.
    """
    codes = [codes] if isinstance(codes, str) else codes or []
    listed = {code: references.cited_entry(code) for code in codes}  # before any of these is cited
    return _note_marks(tuple(sorted(_note(references, listed[code], code) for code in codes)), get_language())


def _note(references, entry, code):
    mention = None if entry else references.cite(code)
    numbered = entry or mention
    if numbered is None:
        return 0, code, ""
    return numbered.number, numbered.source.reference, mention.anchor if mention else ""


@lru_cache(MAX_KEPT_MARKS)
def _note_marks(notes, _language):
    marks = [(_note_mark(*note) if note[0] else note[1],) for note in notes]
    return format_html('<sup class="note">{}</sup>', format_html_join(" ", "{}", marks)) if marks else ""


def _note_mark(number, reference, anchor):
    spoken = _("Note %(number)s") % {"number": number}
    id_of_note = format_html(' id="{}"', anchor) if anchor else ""
    return format_html('<a href="#{}"{} aria-label="{}">{}</a>', reference, id_of_note, spoken, number)


@cache
def _cached_url(name):
    return reverse(name)


@register.simple_tag(takes_context=True)
def nav_link(context, name, label):
    """Link a section of the site, marked on its own pages: ``{% nav_link "missions" _("Missions") %}``."""
    address = _cached_url(name)
    here = context["request"].path if "request" in context else ""
    current = ' aria-current="page"' if here == address else ' aria-current="true"' if here.startswith(address) else ""
    return format_html('<a href="{}"{}>{}</a>', address, mark_safe(current), label)  # noqa: S308 - one of ours


@register.inclusion_tag("components/search_field.html")
def search_field(id, value="", errors=(), is_labelled=False):
    """Show a search field: ``{% search_field "search" %}``, or a form's own with its value and errors."""
    return {"id": id, "value": value or "", "errors": errors, "is_labelled": is_labelled}


@register.inclusion_tag("components/check_mark.html")
def check_mark(record, form="chip"):
    """Show whether a record is AI-assisted and checked: as a chip, or in full as a ``"line"``.

    The line also says how many of the statements in its texts cite no source.
    """
    uncited = sum(not claim.is_cited for claim in claims_of(record)) if form == "line" else 0
    ai_assisted = getattr(record, "ai_assisted", False)
    return {"record": record, "form": form, "ai_assisted": ai_assisted, "uncited": uncited}


@register.simple_block_tag(takes_context=True)
def page_head(context, content, title, *crumbs, short="", lede=""):
    """Show the head of a page; the block has its chips. On the page of a record it has the record's reference as id.

    The breadcrumbs are URLs and labels in turn: ``{% page_head mission.name "missions" _("Missions") %}``.
    """
    way = [(resolve_url(address), label) for address, label in batched(crumbs)]
    reference = getattr(context.get("object"), "reference", "")
    values = {"title": title, "short": short, "lede": lede, "crumbs": way, "chips": content, "reference": reference}
    return render_to_string("components/page_head.html", values)


def batched(items):
    """Return items in pairs."""
    return zip(items[::2], items[1::2], strict=True)


@register.simple_block_tag
def facts(content, title=""):
    """Show the facts of a record; the block has ``{% fact %}`` blocks."""
    return render_to_string("components/facts.html", {"title": title, "content": content})


@register.simple_block_tag
def fact(content, label):
    """Show one fact, or nothing when it is not known."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, content) if content.strip() else ""


CELL_START = re.compile(r"(<td[^>]*>)\s+")
CAPTION = re.compile(r'<caption[^>]* id="([^"]+)"')


@register.simple_block_tag(name="table")
def framed_table(content, label="", labelled_by="", css_class="stack", id="", frame_id=""):
    """Frame a table that may be wider than the screen.

    ``{% table %}<caption id="totals">…</caption><thead>…</thead><tbody>…</tbody>{% endtable %}``: the caption names the
    frame by its id, or else a label does.
    """
    # on a small screen cells run on as one line, and an empty one is skipped
    *cells, rest = CELL_START.sub(r"\1", content).split("</td>")
    content = "</td>".join([*map(str.rstrip, cells), rest])
    caption = CAPTION.search(content)
    context = {"label": label, "labelled_by": labelled_by or (caption and caption[1]), "css_class": css_class, "id": id}
    content = mark_safe(content)  # noqa: S308 - rendered by the block, and escaped there
    return render_to_string("components/table.html", {**context, "content": content, "frame_id": frame_id})


@register.simple_tag(takes_context=True)
def inline(context, name):
    """Include a template inside a sentence, without line breaks and space around it: ``{% inline "a.html" %}``."""
    fragment = context.template.engine.get_template(name)
    with context.push():
        return one_line(fragment.render(context))


@register.simple_block_tag
def key_figure(content, number, address):
    """Show how many there are, large, with a link to them; the block has the words that follow the number."""
    figure = '<li><a href="{}"><b>{}</b>{}</a></li>'
    return format_html(figure, address, intcomma(number), mark_safe(content.strip()))  # noqa: S308 - as the block


@register.simple_block_tag
def meta_line(content):
    """Join the lines of the block with dots, as the small facts of a row: ``1999 · peacekeeping · checked``.

    A blank line is left out, so a fact that may be unknown stands in a line of its own. No dot begins a line of the
    page.
    """
    known = [line.strip() for line in content.split("\n") if line.strip()]  # not where a name has a separator
    joined = mark_safe("&nbsp;· ".join(known))  # noqa: S308 - rendered by the block, and escaped there
    return format_html('<span class="meta">{}</span>', joined) if known else ""


@register.simple_block_tag
def contents(content):
    """Show the contents of a long page; the block has the links to its parts."""
    return render_to_string("components/contents.html", {"content": content})


@register.simple_block_tag
def empty_state(content):
    """Say that there is nothing to show; the block says what to do about it."""
    return render_to_string("components/empty_state.html", {"content": content})
