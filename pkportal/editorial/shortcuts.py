"""Keyboard shortcuts of the admin: one list for the page that names them and for the script that obeys them."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Shortcut(NamedTuple):
    """A key that is pressed with Alt and Shift, what it does, and the first of these elements that it is for.

    With Alt and Shift no key means anything to a field of text, and few mean anything to a browser.
    """

    key: str
    meaning: object
    selector: str


SHORTCUTS = [
    Shortcut("S", _("Save and go on editing"), "[name=_continue], [name=_save]"),
    Shortcut("N", _("Save and add another"), "[name=_addanother]"),
    Shortcut("P", _("Preview the text that is being written"), "[data-preview]"),
    Shortcut("C", _("Cite a source in the text that is being written"), "[data-cite]"),
    Shortcut("F", _("Search"), "#searchbar, #nav-filter"),
]
