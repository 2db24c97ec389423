"""Texts without what cannot be seen or was put beside them: stray blanks, zero-width characters, footnote marks."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from pkportal.content.clean_texts import DIRECTION_MARKS, ZERO_WIDTH

_unseen = re.compile(f"[{ZERO_WIDTH}{DIRECTION_MARKS}]")
_note = re.compile(r"\s*(?:\*+|[†‡§]+|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+|\[[^\[\]]{1,3}\]|\([0-9a-z*]\))$")
_no_value = re.compile(r": ?\(?[a-z]{1,2}\)?", re.IGNORECASE)  # with the flag why, as Eurostat writes it: “: c”
BLANK_WORDS = frozenset(
    ["n/a", "n.a.", "na", "#n/a", "..", ". .", "xxx", "...", "…", "-", "--", "–", "—", "null", "none"]
    + ["unknown", "not known", "not available", "not applicable", "n/k", "n.k.", "nd", "n.d.", "no data", "?", "tbd"]
    + ["tbc", "t.b.c.", "t.b.d.", "tba", "to be confirmed", "to be determined", "not stated", "pending", ".", ":"]
    + ["k.a.", "k. a.", "keine angabe", "unbekannt", "s.o.", "s/o", "néant", "inconnu", "brak", "brak danych", "b.d."]
    + ["bd", "yok", "bilinmiyor", "n.v.t.", "onbekend", "н/д", "нет данных"]
)


class UnclearText(ValueError):
    """A text that is refused for a reason of its own; the message has ``value`` for the text.

    ``readings`` are the values that it may have; what is not valid in its column was not meant. ``about`` is the
    question about its column that settles it, if there is one.
    """

    def __init__(self, message: Any, text: str, readings: Sequence[str] = (), about: str = "", **words: str):
        super().__init__(message % {"value": text, **words})
        self.readings, self.about = readings, about


def seen_text(text: str) -> str:
    """Return a text composed (NFC), with single spaces, and without what cannot be seen."""
    if text.isascii() and text.isalnum():
        return text
    return " ".join(_unseen.sub("", unicodedata.normalize("NFC", text)).split())


def remove_notes(text: str) -> str:
    """Return a text without the marks of footnotes behind it: 1200*, 1200 [1], 1200²."""
    while bare := _note.search(text):
        if not bare.start():
            break
        text = text[: bare.start()]
    return text


def is_blank_word(text: str) -> bool:
    """True for a word or a sign that says that there is nothing: n/a, .., –."""
    words = seen_text(text)
    return words.casefold() in BLANK_WORDS or _no_value.fullmatch(words) is not None


def blank_refusal(text: str) -> str:
    """Say that a cell which must have a value has a word for none."""
    return _("“%(value)s” says that there is no value, but this cannot be blank.") % {"value": text}
