"""HTML as it is sent: templates are indented for those who write them, pages need not be."""

import re

from django.utils.safestring import SafeString, mark_safe

INDENTATION = re.compile(r"\n\s+")


def strip_indentation(html: str) -> SafeString:
    """Return rendered HTML without the indentation of its lines, and without blank lines.

    Only for what repeats in long tables, lists and charts, where it is a tenth of the page, and never for ``<pre>``.
    """
    return mark_safe(INDENTATION.sub("\n", html))  # noqa: S308 - rendered by a template, and escaped there
