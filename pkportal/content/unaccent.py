"""Letters without their accents, in Python as in the database: Türkiye is found by Turkiye, and Pec by Peć."""

import re
import unicodedata

from django.db.models import CharField, TextField, Transform

COMBINING_MARKS = re.compile("[\u0300-\u036f]+")
UNDECOMPOSED, REPLACEMENTS = "øØđĐłŁıħĦŧŦ", "oOdDlLihHtT"  # letters that Unicode does not take apart
LETTERS = str.maketrans(UNDECOMPOSED, REPLACEMENTS)


def unaccent(text):
    """Take the accents from a text, as ``pk_unaccent`` does."""
    bare = COMBINING_MARKS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare).translate(LETTERS)


def unaccent_letters(text):
    """Take the accents from a composed text, a letter for a letter, so that each keeps its place."""
    if text.isascii():
        return text
    return "".join(bare if len(bare := unaccent(letter)) == 1 else letter for letter in text)


class Unaccented(Transform):
    """A column without its accents: ``name__unaccented__icontains=fold(words)``."""

    lookup_name = "unaccented"
    function = "pk_unaccent"
    output_field = TextField()


CharField.register_lookup(Unaccented)
TextField.register_lookup(Unaccented)
