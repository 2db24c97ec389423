"""Words beside a number that say how exactly it is stated: about 1200, up to 500, 300+.

A resource says where they belong: ``qualifiers`` names, for a column of numbers, the column of choices that says it,
and the choice for each sense.
"""

import re
from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Any, NamedTuple


class Sense(Enum):
    """How exactly a number is stated."""

    ABOUT = "about"
    AT_LEAST = "at least"
    UP_TO = "up to"
    ESTIMATED = "estimated"


class Counting(StrEnum):
    """What counts where the words beside a number contradict the column which says how exactly it is stated."""

    MARK = "mark"
    COLUMN = "column"


class Qualifier(NamedTuple):
    """The column that says how exactly a number is stated, and its choice for each sense."""

    column: str
    choices: Mapping[Sense, Any]


BEFORE = {
    Sense.ABOUT: ["~", "≈", "∼", "～", "about", "approx.", "approx", "approximately", "around", "roughly"]
    + ["circa", "ca.", "ca", "c.", "c", "some", "nearly", "almost"]
    + [
        "rund",
        "etwa",
        "ungefähr",
        "environ",
        "env.",
        "około",
        "ok.",
        "yaklaşık",
        "около",
        "ongeveer",
        "unos",
        "circa.",
        "rd.",
        "rd",
        "cca.",
        "cca",
        "kb.",
        "asi",
        "περίπου",
    ],
    Sense.AT_LEAST: ["≥", ">=", ">", "at least", "more than", "over", "min.", "min", "minimum", "no fewer than"]
    + ["mehr als", "über", "mindestens", "plus de", "au moins", "ponad", "co najmniej", "en az", "более", "свыше"],
    Sense.UP_TO: ["≤", "<=", "<", "up to", "at most", "less than", "fewer than", "under", "no more than"]
    + ["max.", "max", "maximum", "bis zu", "höchstens", "jusqu'à", "moins de", "au plus", "najwyżej", "en fazla", "до"],
    Sense.ESTIMATED: ["est.", "est", "estimated", "an estimated", "(est.)", "(estimated)", "(e)"],
}
BEHIND = {
    Sense.ABOUT: ["approx.", "approx", "ca.", "approximately"],
    Sense.AT_LEAST: ["+", "or more", "and more", "min.", "min"],
    Sense.UP_TO: ["or fewer", "or less", "max.", "max"],
    Sense.ESTIMATED: ["est.", "est", "estimated", "estimate"],
}


def _pattern(words: Mapping[Sense, list[str]]) -> str:
    ordered = sorted((word for forms in words.values() for word in forms), key=len, reverse=True)
    return "|".join(re.escape(word) + (r"(?![^\W\d])" if word[-1].isalpha() else "") for word in ordered)


_before = re.compile(rf"(?P<word>{_pattern(BEFORE)}) ?(?P<rest>[0-9+-].*)", re.IGNORECASE)
_behind = re.compile(rf"(?P<rest>.*[0-9])(?P<notes>[^\w(+]*) ?\(?(?P<word>{_pattern(BEHIND)})\)?", re.IGNORECASE)
_senses_before = {word: sense for sense, words in BEFORE.items() for word in words}
_senses_behind = {word: sense for sense, words in BEHIND.items() for word in words}


def without_sense(text: str) -> tuple[str, Sense | None]:
    """Return a text without the words beside its number, and the sense of these; None if there are none."""
    if match := _before.fullmatch(text):
        return match["rest"], _senses_before[match["word"].casefold()]
    if match := _behind.fullmatch(text):
        return match["rest"] + match["notes"].strip(), _senses_behind[match["word"].casefold()]
    return text, None
