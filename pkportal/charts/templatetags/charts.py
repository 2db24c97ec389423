"""The tags that draw figures: each takes geometry and gives SVG whose marks are links with names."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_block_tag
def figure(content, kind, name, note="", table="", hint=""):
    """Frame a figure: below it the line that says what the reader points at, a note, and the way to its table."""
    context = {"content": content, "kind": kind, "name": name, "note": note, "table": table, "hint": hint}
    return render_to_string("components/figure.html", context)


@register.inclusion_tag("charts/timeline.html")
def timeline(drawn, name, title, described="", note="", table="", legend=()):
    """Draw spans in lanes: ``{% timeline lanes "years" _("Operations since 1990") table="/missions/" %}``.

    A legend is pairs of a class and words.
    """
    context = {"drawn": drawn, "name": name, "title": title, "described": described}
    return {**context, "note": note, "table": table, "legend": legend}


@register.inclusion_tag("charts/lines.html")
def lines(drawn, name, title, described="", note="", table="", small=False, hint=""):
    """Draw values over time as lines with gaps, small where several stand side by side.

    The hint stands below the figure until the reader points at a value.
    """
    context = {"drawn": drawn, "name": name, "title": title, "described": described, "note": note, "table": table}
    height = 170 if small else 260
    return {**context, "height": height, "plot": height - 40, "hint": hint}


@register.inclusion_tag("charts/grid.html")
def coverage(drawn, name, title, described="", note="", table=""):
    """Draw what is known of each thing in each year."""
    rows, ticks = drawn
    context = {"rows": rows, "ticks": ticks, "name": name, "title": title, "described": described}
    return {**context, "note": note, "table": table}


@register.inclusion_tag("charts/bar.html")
def bar(length, look=""):
    """Draw one bar in the row of a table, its length in per cent; the number stands beside it."""
    return {"length": length, "look": look}


@register.inclusion_tag("charts/tree_lines.html")
def tree_lines(drawn, look=""):
    """Draw the lines beside one row of a chain or a tree."""
    return {"lines": drawn, "look": look}


@register.inclusion_tag("charts/map.html", name="map")
def map_of(drawn, name, title, described="", about="", note="", table=""):
    """Draw a map with its key: ``{% map drawn "nations" _("Who gave what") about=_("Personnel") table="#t" %}``."""
    note = format_html("{} {}", note, borders(drawn))
    context = {"drawn": drawn, "name": name, "title": title, "described": described}
    return {**context, "about": about, "note": note, "table": table}


def borders(drawn):
    """Say whose borders a map shows and what they do not mean, and that dots were set apart if they were."""
    said = _(
        "Borders are as in Natural Earth, which draws who holds the land, not who claims it; Crimea is drawn with "
        "Ukraine. Kosovo, Northern Cyprus, Western Sahara and Somaliland, where shown, are drawn apart. None of this "
        "is a judgement on status."
    )
    return f"{said} {_('Dots that would cover each other stand side by side.')}" if drawn.is_spread else said
