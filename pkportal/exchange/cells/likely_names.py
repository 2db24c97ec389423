"""Likely names: what somebody who misspelt a name may have meant."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import NamedTuple

from pkportal.content.names import fold_name

MAX_SEARCHES = 200  # of one column: a file of nothing but wrong names is answered without likely ones in the end
SHORTEST, LONGEST = 4, 60  # letters of a name
LIKE, VERY_LIKE, APART = 0.75, 0.8, 0.1  # of 1, which is equal; the next likely one is so much less alike


class Likely(NamedTuple):
    """The codes of what a misspelt name may mean, the likeliest first; ``is_near`` if there is one, most likely."""

    codes: Sequence[str] = ()
    is_near: bool = False


class LikelyNames:
    """Finds the likely codes of misspelt names among the codes by folded name."""

    def __init__(self, codes_by_folded_name: Mapping[str, Sequence[str]]):
        self.codes, self.searches = codes_by_folded_name, 0

    def find(self, text: str) -> Likely:
        """Return what a name that is none may mean."""
        name = fold_name(text)
        if not SHORTEST <= len(name) <= LONGEST or self.searches >= MAX_SEARCHES:
            return Likely()
        self.searches += 1
        alike = get_close_matches(name, self.codes, n=6, cutoff=LIKE)
        alike += [known for known in self.codes if known.startswith(f"{name} ")]
        likeness: dict[str, float] = {}
        for known in alike:
            ratio = SequenceMatcher(None, known, name).ratio()
            for code in self.codes[known]:
                likeness[code] = max(ratio, likeness.get(code, 0))
        best, second = ([*sorted(likeness.values(), reverse=True), 0, 0])[:2]
        return Likely([*likeness][:3], best >= VERY_LIKE and best - second > APART)
