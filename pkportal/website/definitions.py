"""What an app says of its words: terms and abbreviations, for the glossary and for links in texts."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Definition(NamedTuple):
    """A term: what an abbreviation stands for, what it means, and the codes of the sources that say so.

    A definition without a source is our own explanation. The address is of the page that says more.
    """

    term: str | Promise
    text: str | Promise = ""
    stands_for: str | Promise = ""
    sources: tuple[str, ...] = ()
    address: str = ""


def abbreviations(lines: str) -> Iterator[Definition]:
    """Yield the abbreviations of lines like ``UN = United Nations``."""
    for line in filter(None, map(str.strip, lines.splitlines())):
        term, stands_for = line.split(" = ")
        yield Definition(term, stands_for=stands_for)


WEBSITE_TERMS = [
    Definition(_("source"), _("A document from which a figure or a claim is taken.")),
    Definition(
        _("grade"), _("What kind of source it is, from A, official text, to X, written with AI and not verified.")
    ),
    Definition(
        _("checked"),
        _("Somebody compared the central claim with its source, and the record has not been edited since."),
    ),
    Definition("AI", stands_for=_("artificial intelligence")),
    Definition(_("AI-assisted"), _("The text was drafted or compiled with the help of an AI system.")),
    Definition("CSV", _("A file of rows with commas between the values."), _("comma-separated values")),
    Definition("JSON", _("A file format for programs."), _("JavaScript Object Notation")),
    Definition("XLSX", _("The file format of spreadsheets.")),
    Definition("CC BY", _("A licence to share and adapt, if the author is named."), _("Creative Commons Attribution")),
    Definition("ISO", stands_for=_("International Organization for Standardization")),
]
