"""Clean texts: what forms and files take out of a text before it is stored, because nobody can see it.

A short text stands on one line: no blanks around it, no line breaks, nothing of zero width. Part of a key has single
spaces besides, so that two keys which look alike are one. A long text keeps all but its line ends, unless all of it is
blank. Both are composed: é is one character, and not e and an accent (Unicode's NFC).
"""

import re
import unicodedata
from enum import Enum

from django.db import models

ZERO_WIDTH = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
DIRECTION_MARKS = "\u061c\u200e\u200f"
LINE_BREAKS = "\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029"  # as in the brackets of a regular expression, tabs among them
WIDE_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_line_breaks = re.compile(f"[ {WIDE_BLANKS}]*[{LINE_BREAKS}]+[ {LINE_BREAKS}{WIDE_BLANKS}]*")
_around = re.compile(rf"^[\s{DIRECTION_MARKS}]+|[\s{DIRECTION_MARKS}]+\Z")
_zero_width = re.compile(f"[{ZERO_WIDTH}]")
_blanks = re.compile(r"\s+")


class TextKind(Enum):
    """How much of a text is taken out."""

    SHORT = "short"
    KEY = "key"
    LONG = "long"


def text_kind(field: models.Field) -> TextKind | None:
    """Return the kind of text that a column holds; None for what is no free text."""
    if isinstance(field, models.TextField):
        return TextKind.LONG
    if not isinstance(field, models.CharField) or field.choices or not field.editable:
        return None
    is_key = field.unique or field.name in getattr(field.model, "key_fields", ())
    return TextKind.KEY if is_key else TextKind.SHORT


def clean_text(text: str, kind: TextKind) -> str:
    """Return a text without what is taken out of one of its kind."""
    if kind == TextKind.LONG:
        return "" if text.isspace() else unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.isascii() and text.isalnum():
        return text
    text = unicodedata.normalize("NFC", _zero_width.sub("", text))
    text = _blanks.sub(" ", text) if kind == TextKind.KEY else _line_breaks.sub(" ", text)
    return _around.sub("", text)
