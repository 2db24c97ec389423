"""The words that were asked for, marked in titles and in the passages where they stand."""

import unicodedata

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from pkportal.content.unaccent import unaccent, unaccent_letters
from pkportal.sources.markdown import plain_text

START, STOP, LESS_THAN = "\x02", "\x03", "\x04"  # taken out of every text before it is marked, so they can only be ours
MARK_CHARACTERS = dict.fromkeys(map(ord, START + STOP + LESS_THAN))
TITLE_OPTIONS = f'HighlightAll=true, StartSel="{START}", StopSel="{STOP}"'
MAX_WORDS = 28
FRAGMENT_GAP = " … "
PASSAGE_OPTIONS = (
    f'MaxFragments=2, MaxWords={MAX_WORDS}, MinWords=14, FragmentDelimiter="{FRAGMENT_GAP}", '
    f'StartSel="{START}", StopSel="{STOP}"'
)
HEADLINES = """
SELECT ts_headline('english', title, query, %(whole)s), ts_headline('english', body, query, %(parts)s)
FROM unnest(%(titles)s::text[], %(bodies)s::text[]) WITH ORDINALITY AS hit (title, body, place),
    websearch_to_tsquery('english', %(words)s) AS query
ORDER BY place
"""


def highlight(words, titles, texts):
    """Mark the words in titles and in the texts below each of them, in one query; both come back as safe HTML.

    Where there are no words to mark, the texts are shown from their beginning.
    """
    titles = [_normalise(title) for title in titles]
    bodies = [_normalise(FRAGMENT_GAP.join(filter(None, map(plain_text, parts)))) for parts in texts]
    if not words:
        return [(title, Truncator(body).words(MAX_WORDS)) for title, body in zip(titles, bodies, strict=True)]
    asked = {
        "titles": [*map(_database_text, titles)],
        "bodies": [*map(_database_text, bodies)],
        "words": unaccent(words),
    }
    with connection.cursor() as cursor:
        cursor.execute(HEADLINES, {"whole": TITLE_OPTIONS, "parts": PASSAGE_OPTIONS, **asked})
        headlines = cursor.fetchall()
    return [
        (
            _highlighted_html(restore_accents(headline, title)),
            _highlighted_html(mark_omissions(restore_accents(passage, body), body)),
        )
        for (headline, passage), title, body in zip(headlines, titles, bodies, strict=True)
    ]


def _normalise(text):
    return unicodedata.normalize("NFC", text.translate(MARK_CHARACTERS))


def _database_text(text):
    """Give a text to the database a letter for a letter, with nothing in it that looks like a tag and is dropped."""
    return unaccent_letters(text).replace("<", LESS_THAN)


def restore_accents(headline, text):
    """Put the letters of the text back into its headline, which was made without accents."""
    letters, at, pieces = unaccent_letters(text), 0, []
    for piece in headline.replace(LESS_THAN, "<").split(FRAGMENT_GAP):
        bare = piece.replace(START, "").replace(STOP, "")
        at = letters.find(bare, at)
        if at < 0:  # no piece of this text: better without accents than wrong
            return headline.replace(LESS_THAN, "<")
        own = iter(text[at : at + len(bare)])
        pieces.append("".join(letter if letter in START + STOP else next(own) for letter in piece))
        at += len(bare)
    return FRAGMENT_GAP.join(pieces)


def mark_omissions(headline, body):
    """Show by dots where a passage leaves words out."""
    shown = headline.replace(START, "").replace(STOP, "").split(FRAGMENT_GAP)
    before = "" if body.startswith(shown[0]) else "… "
    rest = body[body.rfind(shown[-1]) + len(shown[-1]) :]
    return f"{before}{headline}{' …' if len(rest) > 1 else rest}"  # a headline drops the last full stop


def _highlighted_html(text):
    """Turn what the database marked into HTML in which nothing but the marks is markup."""
    html = escape(text).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(html)  # noqa: S308 - escaped in the line above
