"""Text without accents, in Python as in the database: é is found by e, and ø by o."""

import re
import unicodedata

from django.db.models import CharField, TextField, Transform

COMBINING_MARKS = re.compile("[\u0300-\u036f]+")
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
    if text.isascii():
        return text
    return "".join(bare if len(bare := unaccent(letter)) == 1 else letter for letter in text)


class Unaccented(Transform):
    """Transform of a text column: ``name__unaccented__icontains=unaccent(words)``."""

    lookup_name = "unaccented"
    function = "pk_unaccent"
    output_field = TextField()


CharField.register_lookup(Unaccented)
TextField.register_lookup(Unaccented)
