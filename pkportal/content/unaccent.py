"""Text without accents, in Python as in the database: é is found by e, and ø by o."""

import re
import unicodedata

from django.db.models import CharField, TextField, Transform

COMBINING_MARKS = re.compile("[\u0300-\u036f]+")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
UNDECOMPOSED, REPLACEMENTS = (
    "øØđĐłŁıħĦŧŦ",
    "oOdDlLihHtT",
)  # letters that NFD does not decompose
TRANSLITERATION = str.maketrans(UNDECOMPOSED, REPLACEMENTS)


def unaccent(text: str) -> str:
    """Return a text without its accents, as ``pk_unaccent`` does."""
    bare = COMBINING_MARKS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare).translate(TRANSLITERATION)


def unaccent_letters(text: str) -> str:
    """Return a composed text without its accents, letter by letter, so that every position stays the same."""
    return text if text.isascii() else NOT_ASCII.sub(_unaccent_letter, text)  # most letters of most texts are ASCII


def _unaccent_letter(match: re.Match) -> str:
    return _letters[match[0]]


class _Letters(dict):
    """Letters without their accents, each worked out once a process."""

    def __missing__(self, letter):
        bare = unaccent(letter)
        self[letter] = bare if len(bare) == 1 else letter
        return self[letter]


_letters = _Letters()


class Unaccented(Transform):
    """Transform of a text column: ``name__unaccented__icontains=unaccent(words)``."""

    lookup_name = "unaccented"
    function = "pk_unaccent"
    output_field = TextField()


CharField.register_lookup(Unaccented)
TextField.register_lookup(Unaccented)
