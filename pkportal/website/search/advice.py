"""What helps when nothing answers: the nearest word, the word nothing has, and what a part less would find."""

from typing import NamedTuple

from pkportal.content.queries import count_each

from .query import QueryPart
from .results import SearchResults
from .spelling import count_each_word, known_words, nearest_word, strip_punctuation

MAX_PARTS = 6  # of a longer question, only the first parts are tried


class AlternativeQuery(NamedTuple):
    """Another question that does find something: what it leaves out or how it is written, and how much it finds."""

    part: QueryPart
    text: str
    number: int


class SearchAdvice(NamedTuple):
    """What to do about a question that nothing answers."""

    nearest: AlternativeQuery | None
    unheard: list
    without: list


def advise(question, asked):
    """Look for other questions that find something, in at most three queries."""
    plain = [part for part in question.parts if part.is_word and strip_punctuation(part.text)][:MAX_PARTS]
    numbers = count_each_word([strip_punctuation(part.text) for part in plain])
    unheard = [part for part, number in zip(plain, numbers, strict=True) if not number]
    known = known_words() if unheard else {}
    changes = {part: nearest_word(strip_punctuation(part.text), known) for part in unheard}
    changes = {
        part: word
        for part, word in changes.items()
        if word and word.casefold() != strip_punctuation(part.text).casefold()
    }
    # beside a word that nothing has, leaving out another part cannot help
    blamed = question.parts[:MAX_PARTS] if not unheard else unheard if len(unheard) == 1 else []
    others = {part: question.without(part) for part in blamed if len(question.parts) > 1}
    if changes:
        others[None] = question.with_instead(changes)
    numbers = _count_results(others, asked)
    tried = [AlternativeQuery(part, other.text, numbers[part]) for part, other in others.items() if numbers[part]]
    return SearchAdvice(
        next((it for it in tried if it.part is None), None),
        [strip_punctuation(part.text) for part in unheard if strip_punctuation(part.text).casefold() not in known],
        [it for it in tried if it.part],
    )


def _count_results(questions, asked):
    """Count what each of several questions finds, all in one query."""
    arms, numbers = {}, dict.fromkeys(questions, 0)
    for at, (part, question) in enumerate(questions.items()):
        kept = [meaning for meaning in asked.meanings if meaning.part in question.parts]
        # without the part that named the kind, any kind will do
        kind = "" if part and part.name == "kind" else asked.kind
        if question.words or kept:
            rows = SearchResults(question.words, kind, kept).rows()
            arms |= {f"{at} {name}": it for name, it in rows.items() if kind in {"", name}}
    counted = count_each(arms) if arms else {}
    keys = [*questions]
    for name, number in counted.items():
        numbers[keys[int(name.split()[0])]] += number
    return numbers
