"""Keyboard shortcuts of the admin: one list for the page that names them and for the scripts that obey them."""

from typing import NamedTuple

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Shortcut(NamedTuple):
    """A key, what it does, and the first of these elements that it is for.

    With Alt and Shift no key means anything to a field of text, and few mean anything to a browser.
    """

    key: str
    meaning: object
    selector: str


# pressed with Alt and Shift, on the page of a form (js/form_page.js)
SHORTCUTS = [
    Shortcut("S", _("Save and continue editing"), "[name=_continue], [name=_save]"),
    Shortcut("N", _("Save and add another"), "[name=_addanother]"),
    Shortcut("P", _("Preview the text that is being written"), "[data-preview]"),
    Shortcut("C", _("Cite a source in the text that is being written"), "[data-cite]"),
    Shortcut("F", _("Search"), "#searchbar, #nav-filter"),
]
# pressed alone, while nobody is writing in a field (js/keys.js)
SINGLE_KEYS = [
    Shortcut("/", _("Search all kinds"), '[data-key="/"]'),
    Shortcut("?", _("Show the keyboard shortcuts"), '[data-key="?"]'),
    Shortcut("r", _("Say that a record beside its sources is right"), '[data-key="r"]'),
    Shortcut("w", _("Write why a record beside its sources is wrong"), '[data-key="w"]'),
    Shortcut("n", _("Go to the next record beside its sources, without a verdict"), '[data-key="n"]'),
]


def shortcuts_page(request):
    """Show all shortcuts."""
    context = {
        **admin.site.each_context(request),
        "title": gettext("Keyboard shortcuts"),
        "shortcuts": SHORTCUTS,
        "single_keys": SINGLE_KEYS,
    }
    return TemplateResponse(request, "admin/shortcuts.html", context)
