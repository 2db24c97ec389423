"""Sentences of a Markdown text, each with the citations that stand in it; headings and code are none."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from .citations import Citation, parser

MARK = "\ue000"  # stands for a citation while a text is split; of the private use area, so that no text has it
LONG_WORD = 40  # characters that an abbreviation and what stands before it have at most
STARTERS = {  # words with which a sentence begins, but hardly a name: "in the U.S. The force", but "the U.S. Army"
    *["A", "After", "All", "An", "And", "As", "At", "Before", "But", "By", "For", "From", "He", "However", "If", "In"],
    *["Its", "It", "No", "None", "On", "One", "She", "Since", "So", "Some", "That", "The", "Their", "Then", "There"],
    *["These", "They", "This", "Those", "To", "Under", "Until", "We", "When", "Where", "While", "With"],
}
BEFORE_NAMES = {  # titles and the like: the next word belongs to them
    *["adm", "amb", "brig", "capt", "cdr", "cf", "cmdr", "col", "dr", "e.g", "ft", "gen", "hon", "i.e", "lt", "maj"],
    *["mr", "mrs", "ms", "mt", "prof", "rev", "sgt", "st", "vs"],
}
SHORT_MONTHS = {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
BEFORE_NUMBERS = SHORT_MONTHS | {
    *["approx", "art", "arts", "c", "ca", "ch", "fig", "figs", "no", "nos", "p", "para", "paras", "pp", "res", "sec"],
    "vol",
}
AT_ENDS_TOO = {"al", "co", "corp", "etc", "inc", "jr", "ltd", "sr"}

_end = re.compile(r"""([.!?…]+)["'”’»)\]]*(?=\s|$|MARK)""".replace("MARK", MARK))
_before_last_word = re.compile(r"""[\s("'“‘\[]""")
_first_word = re.compile(r"\W*(\w*)(?!\w|\.)")  # the initial of a name is none
_number_or_numeral = re.compile(r"\d|[IVXL]+\b")
_letters_with_stops = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")  # an initial, or as in U.S


class Sentence(NamedTuple):
    """A sentence in plain words, and the citations that stand in it or right behind it."""

    text: str
    citations: tuple[Citation, ...]


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a Markdown text in order; each row of a table is one."""
    found: list[Sentence] = []
    blocks = iter(parser.parse(text))
    for token in blocks:
        if token.type == "table_open":
            found += rows_of_table(blocks)
        elif token.type == "heading_open":
            next(blocks)  # its words
        elif token.type == "inline":
            found += split_sentences(*marked_words(token))
    return found


def rows_of_table(blocks: Iterator) -> Iterator[Sentence]:
    """Yield the rows of a table; a citation in its head is one of each row."""
    cells: list[str] = []
    citations: list[Citation] = []
    of_head: list[Citation] | None = None
    for token in blocks:
        if token.type == "tr_open":
            cells, citations = [], []
        elif token.type == "inline":
            words, brackets = marked_words(token)
            cells.append(plain(words))
            citations += chain.from_iterable(brackets)
        elif token.type == "thead_close":
            of_head = citations
        elif token.type == "tr_close" and of_head is not None:
            yield Sentence(" · ".join(filter(None, cells)), (*citations, *of_head))
        elif token.type == "table_close":
            return


def marked_words(block) -> tuple[str, list[list[Citation]]]:
    """Return the words of a block with a mark for each bracket of citations, and the citations of each bracket."""
    words, brackets = [], []
    for token in block.children or ():
        if token.type == "citation":
            words.append(MARK)
            brackets.append(token.meta["citations"])
        else:
            words.append(" " if token.type in {"softbreak", "hardbreak"} else token.content.replace(MARK, ""))
    return "".join(words).strip(), brackets


def plain(words: str) -> str:
    """Return words without marks and in one line."""
    return " ".join(words.replace(MARK, "").split())


def split_sentences(words: str, brackets: list[list[Citation]]) -> Iterator[Sentence]:
    """Yield the sentences of one block: a citation behind the full stop belongs to the sentence before it."""
    begin, left = 0, iter(brackets)
    for end in [*ends(words), len(words)]:
        part = words[begin:end]
        if part.strip():
            cited = (next(left) for _mark in range(part.count(MARK)))
            yield Sentence(plain(part), tuple(chain.from_iterable([*cited])))
        begin = end


def ends(words: str) -> Iterator[int]:
    """Yield the places in a block at which a sentence ends, before the last."""
    for match in _end.finditer(words):
        rest = words[match.end() :].lstrip(f" \u00a0\t{MARK}")
        is_end = rest and not rest[0].islower()
        before = words[max(0, match.start() - LONG_WORD) : match.start()]
        if is_end and not (match[1] == "." and is_abbreviation(before, rest)):
            yield len(words) - len(rest)


def is_abbreviation(before: str, rest: str) -> bool:
    """True if the full stop between two parts of a block ends no sentence."""
    *_others, word = _before_last_word.split(before)
    first = _first_word.match(rest)
    known, is_start = word.lower(), first is not None and first[1] in STARTERS
    if known in BEFORE_NAMES:
        return True
    if known in BEFORE_NUMBERS:
        return bool(_number_or_numeral.match(rest)) or (known in SHORT_MONTHS and not is_start)
    return not is_start and bool(known in AT_ENDS_TOO or _letters_with_stops.fullmatch(word))
