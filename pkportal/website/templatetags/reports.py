"""Template tag by which readers report an error; a built-in, so no template loads it."""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def report_error(*names):
    """Link a report of an error in one row, or nothing where the site has no contact.

    ``{% report_error event.mission event.date event.title %}``: what names the row becomes the subject of the mail.
    """
    if not settings.CONTACT:
        return ""
    row = ", ".join(str(name) for name in names if name)
    mark = "&" if "?" in settings.CONTACT else "?"
    address = f"{settings.CONTACT}{mark}subject={quote(_('Error in %(row)s') % {'row': row})}"
    spoken = _("Report an error in %(row)s") % {"row": row}
    link = '<a class="report" href="{}" aria-label="{}">{}<span> {}</span></a>'
    return format_html(link, address, spoken, _("report"), _("an error"))
