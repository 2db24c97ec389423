"""Template tag by which readers report an error; a built-in, so no template loads it."""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _

from pkportal.website.isolation import isolate_text

register = template.Library()


def report_url(row: str) -> str:
    """Return the address to which an error in a row is reported, with the row in its subject."""
    mark = "&" if "?" in settings.CONTACT else "?"
    subject = _("Error in %(row)s") % {"row": isolate_text(row)}
    return f"{settings.CONTACT}{mark}subject={quote(subject)}"


@register.simple_tag
def report_address():
    """Return the attributes from which js/site.js links a report of an error in any row; ``#`` stands for the row."""
    if not settings.CONTACT:
        return ""
    return format_html('data-report="{}" data-report-address="{}"', _("report an error"), report_url("#"))


@register.simple_tag
def report_error(*names, without_script=False):
    """Link a report of an error in one row, or nothing where the site has no contact.

    ``{% report_error event.mission event.date event.title %}``: what names the row becomes the subject of the mail.
    A row that js/site.js gives such a link has this one only ``without_script``.
    """
    if not settings.CONTACT:
        return ""
    row = ", ".join(str(name) for name in names if name)
    spoken = _("Report an error in %(row)s") % {"row": row}
    link = '<a class="report" href="{}" aria-label="{}">{}</a>'
    report = format_html(link, report_url(row), spoken, _("report an error"))
    return format_html("<noscript>{}</noscript>", report) if without_script else report
