"""The words that were asked for, marked in titles and in the passages where they stand."""

import unicodedata

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import Truncator

from pkportal.reading.folding import fold, fold_each
from pkportal.sourcing.markdown import plain

START, STOP, LESS = "\x02", "\x03", "\x04"  # taken out of every text before it is marked, so they can only be ours
UNMARKED = dict.fromkeys(map(ord, START + STOP + LESS))
WHOLE = f'HighlightAll=true, StartSel="{START}", StopSel="{STOP}"'
MOST = 28
BETWEEN = " … "
PARTS = (
    f'MaxFragments=2, MaxWords={MOST}, MinWords=14, FragmentDelimiter="{BETWEEN}", StartSel="{START}", StopSel="{STOP}"'
)
HEADLINES = """
SELECT ts_headline('english', title, query, %(whole)s), ts_headline('english', body, query, %(parts)s)
FROM unnest(%(titles)s::text[], %(bodies)s::text[]) WITH ORDINALITY AS hit (title, body, place),
    websearch_to_tsquery('english', %(words)s) AS query
ORDER BY place
"""


def marked(words, titles, texts):
    """Mark the words in titles and in the texts below each of them, in one query; both come back as safe HTML.

    Where there are no words to mark, the texts are shown from their beginning.
    """
    titles = [_clean(title) for title in titles]
    bodies = [_clean(BETWEEN.join(filter(None, map(plain, parts)))) for parts in texts]
    if not words:
        return [(title, Truncator(body).words(MOST)) for title, body in zip(titles, bodies, strict=True)]
    asked = {"titles": [*map(_read, titles)], "bodies": [*map(_read, bodies)], "words": fold(words)}
    with connection.cursor() as cursor:
        cursor.execute(HEADLINES, {"whole": WHOLE, "parts": PARTS, **asked})
        headlines = cursor.fetchall()
    return [
        (_html(restored(headline, title)), _html(passages(restored(passage, body), body)))
        for (headline, passage), title, body in zip(headlines, titles, bodies, strict=True)
    ]


def _clean(text):
    return unicodedata.normalize("NFC", text.translate(UNMARKED))


def _read(text):
    """Give a text to the database a letter for a letter, with nothing in it that looks like a tag and is dropped."""
    return fold_each(text).replace("<", LESS)


def restored(headline, text):
    """Put the letters of the text back into its headline, which was made without accents."""
    letters, at, pieces = fold_each(text), 0, []
    for piece in headline.replace(LESS, "<").split(BETWEEN):
        bare = piece.replace(START, "").replace(STOP, "")
        at = letters.find(bare, at)
        if at < 0:  # no piece of this text: better without accents than wrong
            return headline.replace(LESS, "<")
        own = iter(text[at : at + len(bare)])
        pieces.append("".join(letter if letter in START + STOP else next(own) for letter in piece))
        at += len(bare)
    return BETWEEN.join(pieces)


def passages(headline, body):
    """Show by dots where a passage leaves words out."""
    shown = headline.replace(START, "").replace(STOP, "").split(BETWEEN)
    before = "" if body.startswith(shown[0]) else "… "
    rest = body[body.rfind(shown[-1]) + len(shown[-1]) :]
    return f"{before}{headline}{' …' if len(rest) > 1 else rest}"  # a headline drops the last full stop


def _html(text):
    """Turn what the database marked into HTML in which nothing but the marks is markup."""
    html = escape(text).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(html)  # noqa: S308 - escaped in the line above
