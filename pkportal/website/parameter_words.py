"""Other words for parameters: what people write for what a page asks, such as ``order`` for ``sort``.

An app has the words of its own subject in ``parameter_words`` of its config: ``location`` for ``place``.
"""

from collections.abc import Iterable
from functools import cache

from .apps import app_values
from .choices import folded

SITE_WORDS = [  # words, and the parameters that may be meant, the likeliest first; “from to” is both of them
    ("name query search word words text term keyword keywords s title", ["q"]),
    ("order order_by ordering sorting sorted sort_by", ["sort"]),
    ("column cols field fields select attributes", ["columns", "fields"]),
    ("rows per_page page_size size count top", ["limit"]),
    ("display mode layout", ["view"]),
    ("year years active active_in", ["year", "active_in", "on", "from to"]),
    ("date day month when time as_of at period dated on", ["on", "date", "year", "from to", "active_in"]),
    ("after since start begin start_date date_from from_date min_date earliest", ["from"]),
    ("before until till end end_date date_to to_date max_date latest", ["to"]),
    ("type category class", ["type", "kind"]),
    ("kind sort_of", ["kind", "type"]),
    ("author organisation organization issuer", ["publisher", "source"]),
    ("citation reference evidence", ["source"]),
    ("verified reviewed confirmed proven unchecked", ["checked"]),
    ("quality reliability", ["grade"]),
]
_WITHOUT = {"format", "output", "file", "download"}  # the file of a list has an address of its own


def parameter_meant(word: str, names: Iterable[str]) -> str | None:
    """Return the parameter, or both of a period, that a word means on a page with these names.

    It is an empty text where the page has none for it, however like another one looks, and None for an unknown word.
    """
    known, plain = {*names}, folded(word)
    meant = [names for words, several in _all_words() if {plain, plain.removesuffix("s")} & words for names in several]
    if not meant:
        return "" if plain in _WITHOUT else None
    return next((names for names in meant if known.issuperset(names.split())), "")


def other_words(names: Iterable[str]) -> dict[str, str]:
    """Return each single word that means one of some names, with the name."""
    known = [*names]
    found = {word: parameter_meant(word, known) for words, _meant in _all_words() for word in words if " " not in word}
    return {word: name for word, name in found.items() if name}


@cache
def _all_words() -> list[tuple[set[str], list[str]]]:
    every = [*app_values("parameter_words"), *SITE_WORDS]
    return [({folded(word) for word in words.split()}, meant) for words, meant in every]
