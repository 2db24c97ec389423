"""Titles and snippets of search results as safe HTML, with the words of the query marked."""

import re
import unicodedata
from functools import lru_cache, partial

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from pkportal.content.unaccent import unaccent_letters
from pkportal.sources.markdown import plain_text

MARK_START, MARK_END, LESS_THAN = "\x02", "\x03", "\x04"  # control characters: removed from every text first
MARK_CHARACTERS = re.compile(f"[{MARK_START}{MARK_END}{LESS_THAN}]")
TITLE_OPTIONS = f'HighlightAll=true, StartSel="{MARK_START}", StopSel="{MARK_END}"'
MAX_WORDS = 28
FRAGMENT_GAP = " … "
LONG_TEXT = 1000  # letters
CONTEXT = 200  # letters before the first word that is marked
PASSAGE_OPTIONS = (
    f'MaxFragments=2, MaxWords={MAX_WORDS}, MinWords=14, FragmentDelimiter="{FRAGMENT_GAP}", '
    f'StartSel="{MARK_START}", StopSel="{MARK_END}"'
)
HIGHLIGHT_SQL = """
SELECT ts_headline('english', title, query, %(title_options)s), ts_headline('english', text, query, %(text_options)s)
FROM unnest(%(titles)s::text[], %(texts)s::text[]) WITH ORDINALITY AS result (title, text, position),
    to_tsquery('english', %(query)s) AS query
ORDER BY position
"""
JOINT = re.compile(r"[./\u2010-\u2015-](?<=\w.)(?=\w)")  # first what is rare, as every letter is tried
# a word that a record may have; PostgreSQL writes a word that it must not have as !'air'
STEM = re.compile(r"(?<!!)'([\w./-]+)'")


def highlight(query: str, stems: str, titles: list[str], texts: list[list[str]]) -> list[tuple[str, str]]:
    """Return each title, and a snippet of the best text below it, as safe HTML with the words marked, in one query.

    ``stems`` is the full-text query as PostgreSQL writes it: ``'rule' <2> 'engag'``. Without words to mark, a snippet
    is the beginning of the texts.
    """
    titles = [_normalise(title) for title in titles]
    choose = _joined if not query else partial(best_text, stems)
    texts_shown = [choose([*filter(None, (_normalise(plain_text(text)) for text in parts))]) for parts in texts]
    if not query:
        return [(title, Truncator(text).words(MAX_WORDS)) for title, text in zip(titles, texts_shown, strict=True)]
    passages = [part_with_words(stems, text) for text in texts_shown]
    parameters = {
        "titles": [*map(_database_text, titles)],
        "texts": [*map(_database_text, passages)],
        "query": query,
    }
    with connection.cursor() as cursor:
        cursor.execute(HIGHLIGHT_SQL, {"title_options": TITLE_OPTIONS, "text_options": PASSAGE_OPTIONS, **parameters})
        headlines = cursor.fetchall()
    return [
        (
            _highlighted_html(restore_accents(headline, title)),
            _highlighted_html(mark_omissions(restore_accents(snippet, passage), text)),
        )
        for (headline, snippet), title, passage, text in zip(headlines, titles, passages, texts_shown, strict=True)
    ]


def best_text(stems: str, texts: list[str]) -> str:
    """Return the first of the texts with the most words of the query, or all in one where none seems to have any."""
    word = _any_of_words(stems)
    numbers = [len({*word.findall(unaccent_letters(text).lower())}) if word else 0 for text in texts]
    return texts[numbers.index(max(numbers))] if any(numbers) else _joined(texts)


def part_with_words(stems: str, text: str) -> str:
    """Return the part of a long text in which each word of the query stands first, as PostgreSQL reads all it is given.

    Where words must follow each other, they may do so anywhere.
    """
    if len(text) <= LONG_TEXT or "<" in stems:
        return text
    bare = unaccent_letters(text).lower()
    beginnings = [match.start() for stem in STEM.findall(stems) if (match := _beginning_of(stem).search(bare))]
    if not beginnings or len(bare) != len(text):
        return text
    start = text.rfind(" ", 0, max(min(beginnings) - CONTEXT, 0)) + 1
    end = text.find(" ", max(beginnings) + LONG_TEXT)
    return text[start:] if end < 0 else text[start:end]


@lru_cache(100)
def _any_of_words(stems: str) -> re.Pattern | None:
    patterns = [_beginning_of(stem).pattern for stem in STEM.findall(stems)]
    return re.compile("|".join(patterns)) if patterns else None


@lru_cache(1000)
def _beginning_of(stem: str) -> re.Pattern:
    """Return the pattern of words with a stem: countri stands for country and countries.

    Letters are found faster than the beginning of a word, so they come first.
    """
    letters = re.escape(stem.removesuffix("i"))
    return re.compile(rf"{letters}(?<=\b{letters})")


def _joined(texts):
    return FRAGMENT_GAP.join(texts)


def _normalise(text: str) -> str:
    return unicodedata.normalize("NFC", MARK_CHARACTERS.sub("", text))


def _database_text(text: str) -> str:
    """Return a text of the same length without “<”: PostgreSQL would drop a tag."""
    return _letters_searched(text).replace("<", LESS_THAN)


def _letters_searched(text: str) -> str:
    """Return a text of the same length without accents, with spaces for what joins its words: S/RES/1244."""
    return JOINT.sub(" ", unaccent_letters(text))


def restore_accents(headline: str, text: str) -> str:
    """Return a headline that was made without accents with the letters of its text, accents included."""
    unaccented, start, pieces = _letters_searched(text), 0, []
    for piece in headline.replace(LESS_THAN, "<").split(FRAGMENT_GAP):
        bare = piece.replace(MARK_START, "").replace(MARK_END, "")
        start = unaccented.find(bare, start)
        if start < 0:  # not found in the text: better without accents than wrong
            return headline.replace(LESS_THAN, "<")
        accented = text[start : start + len(bare)]
        pieces.append(piece if accented == bare else _with_marks_of(piece, accented))
        start += len(bare)
    return FRAGMENT_GAP.join(pieces)


def _with_marks_of(piece: str, text: str) -> str:
    """Return a text with the marks of the same text without accents."""
    letters = iter(text)
    return "".join(letter if letter in MARK_START + MARK_END else next(letters) for letter in piece)


def mark_omissions(headline: str, body: str) -> str:
    """Return a headline with an ellipsis where it leaves words of its text out."""
    first, *_others = fragments = headline.replace(MARK_START, "").replace(MARK_END, "").split(FRAGMENT_GAP)
    last = fragments[-1]
    before = "" if body.startswith(first) else "… "
    rest = body[body.rfind(last) + len(last) :]
    return f"{before}{headline}{' …' if len(rest) > 1 else rest}"  # a headline drops the last full stop


def _highlighted_html(text: str) -> SafeString:
    """Return safe HTML in which nothing but the marks is markup."""
    html = escape(text).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")
    return mark_safe(html)  # noqa: S308 - escaped in the line above
