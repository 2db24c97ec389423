"""What a reader asks: the words of a query, the records that they name, and other words that mean the same."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Model

from pkportal.content.dates import PartialDate
from pkportal.content.names import fold_name
from pkportal.content.pages import Period, Searchable
from pkportal.content.registry import models_with
from pkportal.content.search_index import WORD_OR_PHRASE, query_term, query_text
from pkportal.content.written_forms import name_meant, words_meant

from .asked_dates import dates_in, is_only_date, with_dates_in_words, with_plain_dates, without_dates
from .named import look_up
from .spellings import Spelling, other_spelling, singular

MAX_GRAM = 8  # words of a name
MAX_ALTERNATIVES = 40  # ways to say the words of a list's box
SHORT = 3  # letters: such a name is taken as one only by its case, or as the whole query
LITTLE_WORDS = frozenset(  # no record is found by them
    ["a", "about", "an", "and", "are", "as", "at", "by", "for", "from", "has", "have", "how", "in", "is", "it", "not"]
    + ["of", "on", "or", "that", "the", "this", "to", "was", "were", "what", "when", "where", "which", "who", "with"]
)
FILLER_WORDS = frozenset(  # of a question in a sentence; beside other words no record need have them
    ["any", "can", "did", "do", "does", "explain", "find", "give", "happen", "happened", "happening", "i"]
    + ["info", "information", "list", "many", "me", "much", "now", "please", "show", "tell", "there"]
    + ["nato", "today", "us", "you"]
    + ["au", "aux", "dans", "das", "de", "del", "den", "der", "des", "du", "el", "en", "et", "im", "la", "las", "le"]
    + ["les", "los", "pour", "sur", "und", "von", "y"]
)


class NamedRecord(NamedTuple):
    """A record that some words of a query name: its model, code and title, and whether the name is its own."""

    model: type[Searchable]
    code: str
    title: str
    is_own_name: bool


class Meaning(NamedTuple):
    """Words of a query, from one to before another, with the records they name and the words that mean the same."""

    start: int
    stop: int
    records: tuple[NamedRecord, ...]
    words: tuple[str, ...]


class Question(NamedTuple):
    """A query without its field words: as typed, for full-text search, as the name it may be, and what it means.

    ``kind`` is the model that its first or last word names, “lessons on handover”, and ``code`` that of the record
    which it names, alone or with a date.
    """

    typed: str
    query: str
    name: str
    meanings: tuple[Meaning, ...] = ()
    tokens: tuple[str, ...] = ()
    kind: str = ""
    code: str = ""

    @property
    def dates(self) -> list[PartialDate]:
        """The dates that are asked for: years, months, days."""
        return [*dates_in(self.typed)]

    @property
    def said(self) -> str:
        """The words as typed, and those that mean the same as some of them."""
        return " ".join([self.typed, *(words for meaning in self.meanings for words in meaning.words)])

    @property
    def rest(self) -> str:
        """The words that name and mean nothing, without dates and little words."""
        taken = {at for meaning in self.meanings for at in range(meaning.start, meaning.stop)}
        words = " ".join(token for at, token in enumerate(self.tokens) if at not in taken)
        return " ".join(
            word for word in without_dates(words).split() if word.isalpha() and word.lower() not in LITTLE_WORDS
        )

    def records(self, model: type[Model]) -> list[NamedRecord]:
        """Return the records of a model that are named and cannot be mistaken for others of it.

        A code that is an abbreviation as well names none, if there are words beside it that are neither.
        """
        rest = self.rest
        plain = (it for it in self.meanings if not (rest and it.words and self._is_code(it)))
        named = ([it for it in meaning.records if it.model is model] for meaning in plain)
        return [records[0] for records in named if len(records) == 1]

    def _is_code(self, meaning: Meaning) -> bool:
        """True if the words of a meaning are the code of a record, in the same letters."""
        return self.tokens[meaning.start] in {record.code for record in meaning.records}


def plain_question(words: str) -> Question:
    """Return a question as it is typed, without looking names up."""
    return Question(words, query_text(words), name_meant(words))


def read_question(words: str) -> Question:
    """Look up in one query what the words of a question name and mean."""
    words = with_plain_dates(words)
    if not query_text(words):
        return plain_question(words)
    tokens = tuple(WORD_OR_PHRASE.findall(words_meant(with_dates_in_words(words))))
    grams = [typed for _start, _stop, typed in _grams(tokens)]
    meanings = tuple(_meanings(tokens, look_up(tokens, grams)))
    kind, at = kind_named(tokens)
    inside = {at for meaning in meanings for at in range(meaning.start, meaning.stop)}
    fillers = {at for at, token in enumerate(tokens) if token.lower() in FILLER_WORDS and at not in inside}
    query = _query(tokens, meanings, {at, *fillers}) or _query(tokens, meanings, {at}) or _query(tokens, meanings, ())
    named = _record_named(words, tokens, meanings)
    if not named:
        return Question(words, query, name_meant(words), meanings, tokens, kind)
    return Question(words, query, named.title, meanings, tokens, kind, named.code)


def kind_named(tokens: tuple[str, ...]) -> tuple[str, int | None]:
    """Return the model that the first or the last of several words names: lessons on handover.

    With it comes the place of that word, if the records themselves need not have it: it is the name of the model.
    """
    lower = [token.lower() for token in tokens]
    places = [at for at, token in enumerate(lower) if token not in FILLER_WORDS]
    for at in {places[0]: None, places[-1]: None} if places else ():
        kind, is_name = _kinds_by_word().get(lower[at], ("", False))
        if kind and not {*lower} - LITTLE_WORDS - FILLER_WORDS <= {lower[at]}:
            return kind, at if is_name else None
    return "", None


@cache
def _kinds_by_word() -> dict[str, tuple[str, bool]]:
    """Return the name of each model that search covers, by the words for its records, and if the word is its name."""
    kinds: dict[str, tuple[str, bool]] = {}
    for model in models_with(Searchable):
        meta = model._meta
        kinds |= {word: (str(meta.model_name), False) for word in model.kind_words}
        kinds |= {str(name): (str(meta.model_name), True) for name in [meta.verbose_name, meta.verbose_name_plural]}
    return kinds


def with_other_names(words: str) -> str:
    """Return words with what they mean beside them: ``ROE restraint or "rules of engagement" restraint``."""
    return ways_to_ask(read_question(words))


def ways_to_ask(question: Question) -> str:
    """Return the words of a question with what they mean beside them."""
    alternatives = [way for branch in _branches(question) for way in branch]
    return " or ".join(alternatives) if 1 < len(alternatives) <= MAX_ALTERNATIVES else question.typed


def _branches(question) -> Iterator[list[str]]:
    """Yield for each part of a question between “or” all ways to say it."""
    by_start = {meaning.start: meaning for meaning in question.meanings}
    inside = {index for meaning in question.meanings for index in range(meaning.start + 1, meaning.stop)}
    choices: list[list[str]] = []
    for index, token in enumerate((*question.tokens, "or")):
        if token.lower() == "or":
            yield [" ".join(way) for way in product(*choices)] if choices else []
            choices = []
        elif index in by_start:
            choices.append(_ways_to_say(by_start[index], question.tokens))
        elif index not in inside:
            spelling = _spelling(question.tokens, index, {*by_start, *inside})
            typed = " ".join(question.tokens[index : index + spelling.size])
            inside |= {*range(index, index + spelling.size)}
            choices.append([typed, f'"{spelling.other}"'] if spelling.other else [typed])


def _ways_to_say(meaning, tokens) -> list[str]:
    """Return a meaning as it was typed, and in quotation marks the titles of records and other words."""
    typed = " ".join(tokens[meaning.start : meaning.stop])
    titles = [it.title for it in meaning.records if not it.is_own_name]
    others = [text.replace('"', " ") for text in [fold_name(typed), *titles, *meaning.words]]
    return [typed, *(f'"{text}"' for text in dict.fromkeys(others) if text != typed.casefold())]


def _grams(tokens) -> Iterator[tuple[int, int, str]]:
    """Yield all words that follow each other, the longest first, but none that are quoted, excluded or “or”."""
    for size in range(min(MAX_GRAM, len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            part = tokens[start : start + size]
            if not any(token.startswith(("-", '"')) or token.lower() == "or" for token in part):
                yield start, start + size, " ".join(part)


def _meanings(tokens, found) -> Iterator[Meaning]:
    """Yield the meanings of the words, of longer names first; none overlap."""
    taken: set[int] = set()
    for start, stop, typed in _grams(tokens):
        if taken.isdisjoint(range(start, stop)):
            is_whole = stop - start == len(tokens)
            named = found.get(fold_name(typed)) or found.get(singular(fold_name(typed)), [])
            means = [it for it in named if is_whole or len(it.name) > SHORT or it.name in typed]
            if means:
                taken.update(range(start, stop))
                words = [word.strip() for it in means if it.model is None for word in it.code.split(";")]
                yield Meaning(start, stop, _records(means), tuple(words))


def _records(means) -> tuple[NamedRecord, ...]:
    """Return the records of each model that have a name as their own, or else all that are also called so."""
    records: dict[tuple, NamedRecord] = {}
    for it in sorted(means, key=attrgetter("is_own"), reverse=True):
        has_own = any(record.is_own_name for record in records.values() if record.model is it.model)
        if it.model and (it.is_own or not has_own):
            records.setdefault((it.model, it.code), NamedRecord(it.model, it.code, it.title, it.is_own))
    return tuple(records.values())


def _query(tokens, meanings, without) -> str:
    """Return the words as PostgreSQL writes a query, each meaning as its words or any that mean the same.

    ``without`` are the places of words that need not be in the text: the name of a kind of record.
    """
    by_start = {meaning.start: meaning for meaning in meanings if meaning.start not in without}
    inside = {index for meaning in meanings for index in range(meaning.start + 1, meaning.stop)}
    alternatives: list[list[str]] = [[]]
    for index, token in enumerate(tokens):
        if index in by_start:
            alternatives[-1].append(_any_of_same(by_start[index], tokens))
        elif token.lower() == "or":
            alternatives.append([])
        elif index not in inside and index not in without and query_term(token):
            spelling = _spelling(tokens, index, {*by_start, *inside, *without})
            inside |= {*range(index, index + spelling.size)}
            alternatives[-1].append(_either(" ".join(tokens[index : index + spelling.size]), spelling.other))
    return " | ".join(" & ".join(terms) for terms in alternatives if terms)


def _spelling(tokens, start, taken) -> Spelling:
    """Return the other way to write the word at a place, and the next if it is not taken; or the word alone."""
    spelling = other_spelling(tokens, start)
    return spelling if spelling and start + spelling.size - 1 not in taken else Spelling(1, "")


def _either(typed, other) -> str:
    """Return words as PostgreSQL writes them, as they were typed or written otherwise."""
    words = " & ".join(filter(None, map(query_term, typed.split()))) if other else query_term(typed)
    phrase = query_term(f'"{other}"')
    return f"(({words}) | ({phrase}))" if phrase else words


def _any_of_same(meaning, tokens):
    """Return a meaning as PostgreSQL writes it: the words typed, the titles of records, or other words."""
    words = tokens[meaning.start : meaning.stop]
    typed = " & ".join(filter(None, (query_term(f'"{word}"') for word in words)))  # 9/11 is no 9 and 11
    others = [fold_name(" ".join(tokens[meaning.start : meaning.stop])), *meaning.words]
    others += [it.title for it in meaning.records if not it.is_own_name]
    phrases = filter(None, (query_term(f'"{words}"') for words in others))
    return f"({' | '.join(dict.fromkeys([f'({typed})', *(f'({phrase})' for phrase in phrases)]))})"


def _record_named(words, tokens, meanings) -> NamedRecord | None:
    """Return the one record that all words name, or all but a date in the time of what lasted: a mission, 1995.

    Words of a sentence around it do not count: “what is …”.
    """
    if not meanings or name_meant(words) != words or len(meanings[0].records) != 1:
        return None
    first = meanings[0]
    (record,) = first.records
    around = [*tokens[: first.start], *tokens[first.stop :]]
    if not {token.lower() for token in around} - LITTLE_WORDS - FILLER_WORDS:
        return record
    rest = " ".join(around)
    has_time = any(isinstance(detail, Period) for detail in record.model.result_fields.details)
    return record if has_time and is_only_date(rest) else None
