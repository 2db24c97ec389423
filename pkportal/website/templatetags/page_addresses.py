"""Template tags of the address of a page, and of what it was asked; a built-in, so no template loads it."""

from django import template
from django.conf import settings
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from pkportal.website.notices import is_tracking, page_notices

register = template.Library()


@register.simple_tag(takes_context=True)
def canonical_address(context):
    """Return the link by which search engines know a page, and ``noindex`` for an answer to a question.

    A question is any parameter that has a value, but ``page`` and what only counts visits: filters, orders, display
    modes and dates show again what the page without them leads to. Each page of a list is an address of its own, or
    else its records would be found nowhere.
    """
    request = context.get("request")
    if request is None:
        return ""
    asked = any(any(values) for name, values in request.GET.lists() if name != "page" and not is_tracking(name))
    number = getattr(context.get("page_obj"), "number", 1)
    address = f"{settings.SITE_URL}{escape_uri_path(request.path)}"
    page = f"?page={number}" if number > 1 and not asked else ""
    robots = mark_safe('<meta name="robots" content="noindex">') if asked else ""
    return format_html('<link rel="canonical" href="{}{}">{}', address, page, robots)


@register.inclusion_tag("components/notices.html", takes_context=True)
def notices(context):
    """Say which parameters of the request the page does not understand; a page that understands some says it itself."""
    if "notices" in context or "request" not in context:
        return {"notices": context.get("notices")}
    return {"notices": page_notices(context["request"])}


@register.simple_tag(takes_context=True)
def page_address(context):
    """Return the address of this page with all that it was asked, for the printed page."""
    return f"{settings.SITE_URL}{context['request'].get_full_path()}" if "request" in context else ""
