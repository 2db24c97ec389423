"""Letters without their accents, in Python as in the database: Türkiye is found by Turkiye, and Pec by Peć."""

import re
import unicodedata

from django.db.models import CharField, TextField, Transform

MARKS = re.compile("[\u0300-\u036f]+")
ALONE, PLAIN = "øØđĐłŁıħĦŧŦ", "oOdDlLihHtT"  # letters that Unicode does not take apart
LETTERS = str.maketrans(ALONE, PLAIN)

# A text whose bytes are as many as its letters is ASCII and stays as it is.
FOLD_SQL = rf"""
CREATE FUNCTION pk_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN octet_length(value) = char_length(value) THEN value ELSE
    translate(normalize(regexp_replace(normalize(value, NFD), '[\u0300-\u036f]+', '', 'g'), NFC), '{ALONE}', '{PLAIN}')
END
"""
DROP_FOLD_SQL = "DROP FUNCTION pk_fold(text)"


def fold(text):
    """Take the accents from a text, as ``pk_fold`` does."""
    bare = MARKS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare).translate(LETTERS)


def fold_each(text):
    """Take the accents from a composed text, a letter for a letter, so that each keeps its place."""
    if text.isascii():
        return text
    return "".join(bare if len(bare := fold(letter)) == 1 else letter for letter in text)


class Folded(Transform):
    """A column without its accents: ``name__folded__icontains=fold(words)``."""

    lookup_name = "folded"
    function = "pk_fold"
    output_field = TextField()


CharField.register_lookup(Folded)
TextField.register_lookup(Folded)
