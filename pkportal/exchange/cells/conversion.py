"""What all conversions have in common: a text goes in, and what a careful clerk would write instead comes out."""

from collections.abc import Sequence
from typing import NamedTuple

from .seen_texts import is_blank_word, seen_text


class Converted(NamedTuple):
    """What was read in a cell, as a dump would write it.

    ``remark`` says what was left out of it, ``question`` what a person must confirm first, and ``qualifier`` is the
    choice that belongs in the column which says how exactly a number is stated.
    """

    text: str
    remark: str = ""
    question: str = ""
    qualifier: str = ""


class Conversion:
    """What is common to all kinds of column: a word for nothing is a blank cell."""

    is_text = False
    tells_column = False  # True if its values tell a column from others; any value may be a text

    def convert(self, text: str) -> Converted | None:
        """Return what was read in a cell; None if nothing was. Raises ``ValueError`` with the reason why not."""
        if is_blank_word(text):
            return Converted("")
        plain = seen_text(text)
        return Converted(plain) if plain != text else None

    def can_tell(self, texts: Sequence[str]) -> bool:
        """True if some texts can tell that this is their column."""
        return self.tells_column and bool(texts)

    def rereads(self, text: str) -> bool:
        """True if a text that is written as a dump writes it is converted too."""
        return False

    def likely(self, text: str) -> str:
        """Return what a refused text may have meant, as the end of a sentence."""
        return ""
