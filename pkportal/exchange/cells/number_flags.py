"""Flags behind numbers, as statistical offices write them: 120 b, 1 200 (p). Their meanings are those of SDMX.

https://ec.europa.eu/eurostat/data/database/information and the code list CL_OBS_STATUS.
"""

import re
from typing import NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .qualifiers import Sense

FLAGS = {
    "b": gettext_lazy("break in the series"),
    "d": gettext_lazy("definition differs"),
    "e": gettext_lazy("estimated"),
    "f": gettext_lazy("forecast"),
    "i": gettext_lazy("imputed, or see its notes"),
    "n": gettext_lazy("not significant"),
    "p": gettext_lazy("provisional"),
    "r": gettext_lazy("revised"),
    "s": gettext_lazy("estimated by the statistical office"),
    "u": gettext_lazy("of low reliability"),
}
_flag = re.compile(
    r"(?P<rest>[^\w]*[0-9][0-9.,' ]*?) ?(?:(?P<flags>b?d?e?p?r?|[finsu])|\((?P<inside>b?e?p?r?)\))(?<![0-9 ])",
    re.IGNORECASE,
)


class FlaggedNumber(NamedTuple):
    """A number without the flags behind it, what these mean, and how exactly they say it is stated."""

    text: str
    meaning: str = ""
    sense: Sense | None = None


def without_flags(text: str) -> FlaggedNumber:
    """Return a number without the flags behind it. One in brackets, such as (a), may be the mark of a footnote."""
    match = _flag.fullmatch(text)
    flags = (match["flags"] or match["inside"] or "").casefold() if match else ""
    if match is None or not flags or flags == "b" == (match["inside"] or "").casefold():
        return FlaggedNumber(text)
    words = get_text_list([f"{flag} ({FLAGS[flag]})" for flag in flags], _("and"))
    sense = Sense.ESTIMATED if {"e", "s"} & {*flags} else None
    return FlaggedNumber(match["rest"], words, sense)
