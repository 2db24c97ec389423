"""Ranges of numbers: 100-120, 100 to 120, between 100 and 120. A figure is one number, so a person says which end."""

import re
from typing import NamedTuple

_number = r"[0-9][0-9.,' ]*"
_range = re.compile(
    rf"(?:(?:between|from|zwischen|von|entre|od|od około|de) )?(?P<lower>{_number}?) ?"
    rf"(?:-|–|—|\.\.|…|to|and|bis|und|à|a|et|do|i) ?(?P<upper>{_number})",
    re.IGNORECASE,
)


class WrittenRange(NamedTuple):
    """The two numbers of a range, as they are written."""

    lower: str
    upper: str


def written_range(text: str) -> WrittenRange | None:
    """Return the ends of a range; None if a text is none."""
    match = _range.fullmatch(text)
    return WrittenRange(match["lower"].strip(), match["upper"].strip()) if match else None
