"""Template tags that draw charts: each takes geometry and returns SVG whose marks are links with names."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

MAX_KEPT_BARS = 5000  # drawn bars that a process keeps, those used last

register = template.Library()


@register.simple_block_tag
def chart_frame(content, kind, name, note="", table="", hint=""):
    """Frame a chart: below it a line that names the mark in focus, a note, and a link to its table."""
    context = {"content": content, "kind": kind, "name": name}
    return render_to_string("charts/frame.html", {**context, "note": note, "table": table, "hint": hint})


@register.inclusion_tag("charts/timeline.html")
def timeline(chart, name, *, title, described="", note="", table="", legend=()):
    """Draw spans in lanes: ``{% timeline chart "years" title=_("Operations") table="/missions/" %}``.

    A legend is pairs of a class and words.
    """
    context = {"chart": chart, "name": name, "title": title, "described": described}
    return {**context, "note": note, "table": table, "legend": legend}


@register.inclusion_tag("charts/lines.html")
def lines(chart, name, *, title, described="", note="", table="", small=False, hint=""):
    """Draw values over time as lines with gaps, small where several stand side by side.

    The hint stands below the chart until the reader points at a value.
    """
    context = {"chart": chart, "name": name, "title": title, "described": described, "note": note, "table": table}
    plot = 130 if small else 220
    return {**context, "height": plot + 46, "plot": plot, "hint": hint}


@register.inclusion_tag("charts/grid.html")
def coverage(grid, name, *, title, described="", note="", table=""):
    """Draw what is known of each thing in each year."""
    rows, ticks = grid
    context = {"rows": rows, "ticks": ticks, "name": name, "title": title, "described": described}
    return {**context, "note": note, "table": table}


@register.simple_tag
@lru_cache(MAX_KEPT_BARS)
def bar(length, css_class=""):
    """Draw one bar in the row of a table, its length in per cent; the number stands beside it, without a space."""
    svg = render_to_string("charts/bar.html", {"length": length, "css_class": css_class})
    return mark_safe(svg.strip())  # noqa: S308 - escaped by the template


@register.inclusion_tag("charts/tree_lines.html")
def tree_lines(lines, css_class=""):
    """Draw the lines beside one row of a chain or a tree."""
    return {"lines": lines, "css_class": css_class}


@register.simple_block_tag(name="map")
def draw_map(content, chart, name, *, title, described="", about="", inset="", table=""):
    """Draw a map with its key; the block is the note below it: ``{% map chart "nations" title=… %}…{% endmap %}``.

    ``about`` says what the key counts, ``inset`` what the small map below shows. The note of a map whose dots were
    moved apart says so by itself.
    """
    context = {"chart": chart, "name": name, "title": title, "described": described, "inset": inset}
    return render_to_string("charts/map.html", {**context, "about": about, "note": content, "table": table})
