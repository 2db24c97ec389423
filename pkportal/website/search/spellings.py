"""Words that people write in several ways: airstrikes, air strikes; defense, defence; Canadians, Canadian."""

import re
from typing import NamedTuple

FIRST_PARTS = re.compile(
    r"(air|anti|battle|cease|counter|cross|cyber|land|multi|non|over|peace|post|pre|sea|sub|under|war|co(?=[aeo]))"
    r"(?=[a-z]{4})"
)
AMERICAN_AND_BRITISH = [  # how a word ends, or a known part of it with its ending, in each
    (
        r"(?P<of>\w{3,}i)z(?P<end>es?|ed|ing|ers?|ations?)",
        r"(?P<of>\w{3,}i)s(?P<end>es?|ed|ing|ers?|ations?)",
        "z",
        "s",
    ),
    *(
        (rf"(?P<of>{of}){american}(?P<end>{end})", rf"(?P<of>{of}){british}(?P<end>{end})", american, british)
        for of, american, british, end in [
            ("arm|behavi|clam|col|endeav|fav|harb|hon|hum|lab|neighb|rum|vig", "or", "our", "s?|ed|ing|able|al"),
            ("cent|fib|lit|manoeuv|met|spect|theat", "er", "re", "s?"),
            ("def|lic|off|pret", "ense", "ence", "s?"),
            ("anal|catal|dial", "og", "ogue", "s?"),
            ("cancel|channel|fuel|label|level|model|refuel|signal|travel|tunnel", "", "l", "ed|ing|ers?"),
            ("program", "", "me", "s?"),
            ("anal|paral", "yz", "ys", "es?|ed|ing"),
        ]
    ),
]
SHORTEST_PLURAL = 5  # letters


class Spelling(NamedTuple):
    """Words of a query that may be written otherwise: how many they are, and the other way to write them."""

    size: int
    other: str


def other_spelling(tokens: tuple[str, ...], start: int) -> Spelling | None:
    """Return the other way to write the word at a place, or it and the next; None if there is none."""
    word = tokens[start].lower()
    following = tokens[start + 1].lower() if start + 1 < len(tokens) else ""
    parts = word.split("-")
    if len(parts) > 1 and all(part.isalpha() for part in parts) and FIRST_PARTS.match("".join(parts)):
        return Spelling(1, "".join(parts))
    if not word.isalpha():
        return None
    if following.isalpha() and (first := FIRST_PARTS.match(word + following)) and first[1] == word:
        return Spelling(2, word + following)
    if first := FIRST_PARTS.match(word):
        return Spelling(1, f"{first[1]} {word.removeprefix(first[1])}")
    return Spelling(1, other) if (other := across_the_atlantic(word)) else None


def across_the_atlantic(word: str) -> str:
    """Return a word as it is spelt in Britain if it is spelt as in America, and the other way round; or nothing."""
    for american, british, american_letters, british_letters in AMERICAN_AND_BRITISH:
        for pattern, letters in [(american, british_letters), (british, american_letters)]:
            if found := re.fullmatch(pattern, word):
                return f"{found['of']}{letters}{found['end']}"
    return ""


def singular(name: str) -> str:
    """Return the singular of a name, or the name if it is no plural: Canadians are called as Canadian is."""
    is_plural = name.endswith("s") and not name.endswith("ss") and len(name) >= SHORTEST_PLURAL
    return name.removesuffix("s") if is_plural else name
