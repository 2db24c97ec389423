"""Help texts that several admins show above their fields."""

from django.utils.translation import gettext_lazy as _

PARTIAL_DATE_HELP = _("A date is as exact as its source: 1999, June 1999 or 12 June 1999.")
CITATION_HELP = _("Markdown. Cite the source beside each claim: [@code, para. 7].")
