"""Claims of a text: each sentence with a number, a date or a legal word, with its citations or without any."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from .citations import Citation
from .fields import MarkdownField
from .sentences import sentences

MAX_KEPT_CLAIMS = 2000  # texts whose claims a process keeps, those used last
_month = "January|February|March|April|May|June|July|August|September|October|November|December"

_date = re.compile(
    rf"(?:\b\d{{1,2}} )?\b(?:January|February|April|June|July|August|September|October|November|December)\b"
    rf"|\b(?:\d{{1,2}}|[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Tt]o|[Oo]f|early|late|mid) (?:March|May)\b"
    rf"|(?<!\d)(?:{_month})? ?\b(?:1[89]|20)\d\d\b"
)
# F-16 and AC-130 are names; thirty nations are a number
_number = re.compile(
    r"(?<![A-Za-z\d])(?<![A-Z]-)\d"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|half|per cent)\b",
    re.IGNORECASE,
)
_legal = re.compile(
    r"\b(?:shall|authori[sz]\w*|deci(?:de[sd]?|ding|sions?)|mandat\w*|demand(?:s|ed)|determin(?:es?|ed)"
    r"|resolutions?|charter|treat(?:y|ies)|ratif\w*|(?:un)?lawful|(?:il)?legal(?:ly)?|legally|binding)\b"
    r"|\b(?:chapter|article|annex) (?:[IVXL]+|\d+)\b",
    re.IGNORECASE,
)
PATTERNS = {"date": _date, "number": _number, "legal": _legal}


class Claim(NamedTuple):
    """A sentence that can be right or wrong: what makes it a claim, and the citations that stand in it."""

    text: str
    marks: tuple[str, ...]  # of "date", "number" and "legal"
    citations: tuple[Citation, ...]

    @property
    def is_cited(self) -> bool:
        """True if it names a source."""
        return bool(self.citations)


@lru_cache(MAX_KEPT_CLAIMS)
def claims(text: str) -> tuple[Claim, ...]:
    """Return the claims of a Markdown text, in order."""
    found = ((sentence, marks_of(sentence.text)) for sentence in sentences(text))
    return tuple(Claim(sentence.text, marks, sentence.citations) for sentence, marks in found if marks)


def marks_of(words: str) -> tuple[str, ...]:
    """Return what makes a sentence a claim: the day or the year in it is no number beside."""
    without_dates = _date.sub(" ", words)
    searched = {"date": words, "number": without_dates, "legal": words}
    return tuple(name for name, pattern in PATTERNS.items() if pattern.search(searched[name]))


def markdown_fields(model: Any) -> list[MarkdownField]:
    """Return the fields of a model that are Markdown with citations."""
    return [field for field in model._meta.fields if isinstance(field, MarkdownField)]


def claims_of(record: Any) -> list[Claim]:
    """Return the claims of all texts of a record."""
    return [claim for field in markdown_fields(type(record)) for claim in claims(getattr(record, field.name))]
