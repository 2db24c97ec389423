"""Template tags of filtered lists: links to their pages, and heads of columns that sort; a built-in."""

from django import template
from django.utils.html import format_html

register = template.Library()


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page):
    """Link the other pages of a list and keep its filters."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    query = context.get("query", context["request"].GET)
    return {"query": query, "page": page, "numbers": numbers}


@register.simple_tag(takes_context=True)
def column_head(context, label, value, default="", css_class=""):
    """Show the head of a column that sorts the list: ``{% column_head _("Date") "date" default="descending" %}``.

    A second click turns the order round. ``default`` is the direction of the column in the list's own order.
    """
    ascending = value.removeprefix("-")
    directions = {"": default, ascending: "ascending", f"-{ascending}": "descending"}
    present = directions.get(context["filter"].order, "")
    wanted = {"ascending": "descending", "descending": "ascending", "": directions[value]}[present]
    values = {direction: code for code, direction in reversed(directions.items()) if direction}
    view = context["view"]
    address = view.address(view.query_with(sort=values[wanted]))
    look = format_html(' class="{}"', css_class) if css_class else ""
    sort = format_html(' aria-sort="{}"', present) if present else ""
    return format_html('<th scope="col"{}{}><a href="{}">{}</a></th>', look, sort, address, label)
