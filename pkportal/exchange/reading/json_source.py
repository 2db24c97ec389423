"""Values of JSON, decoded one by one from a text that comes in blocks; what no row of a table has is not decoded.

An object is a tuple of pairs, a number the text that it is written as.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from .line_source import MAX_CELL

SOURCE_PIECE = 65_536  # characters; most rows are shorter
MOST_VALUES = 30_000  # in an object that is larger: else a short text could fill the memory
_blank = re.compile(r"[ \t\r\n]*+")


class NotJsonError(ValueError):
    """There is no whole value of JSON."""


class TooDenseError(ValueError):
    """There is a value with more parts than any row has."""


class JsonSource:
    """Takes one value after the other from a text."""

    def __init__(self, blocks: Iterator[str]):
        self.pieces = pieces_of(blocks)
        self.text, self.place = "", 0

    def peek(self) -> str:
        """Pass over blanks, and return the next character; nothing at the end."""
        while True:
            if blank := _blank.match(self.text, self.place):
                self.place = blank.end()
            if self.place < len(self.text) or not self.fill():
                return self.text[self.place : self.place + 1]

    def take_value(self) -> Any:
        """Return the next value. Raises ``NotJsonError`` or ``TooDenseError``."""
        while True:
            try:
                value, end = decode(self.text, self.place)
            except NotJsonError:
                if len(self.text) - self.place > MAX_CELL or not self.fill():
                    raise
                refuse_dense(self.text[self.place :])
                continue
            self.place = end
            return value

    def following(self) -> str:
        """Return what follows in the piece that is being read."""
        return self.text[self.place : self.place + SOURCE_PIECE]

    def rest(self) -> Iterator[str]:
        """Yield the text that was not taken yet."""
        yield self.text[self.place :]
        yield from self.pieces

    def fill(self) -> bool:
        """Add one more piece of text; false at its end."""
        piece = next(self.pieces, None)
        if piece is None:
            return False
        self.text, self.place = self.text[self.place :] + piece, 0
        return True


def pieces_of(blocks: Iterator[str]) -> Iterator[str]:
    """Yield a text in smaller pieces."""
    for block in blocks:
        for start in range(0, len(block), SOURCE_PIECE):
            yield block[start : start + SOURCE_PIECE]


def value_of_line(line: str) -> Any:
    """Return the one value in a line. Raises ``NotJsonError`` or ``TooDenseError``."""
    refuse_dense(line)
    start = line.strip(" \t\r\n\ufeff")
    value, end = decode(start, 0)
    if end < len(start):
        raise NotJsonError
    return value


def refuse_dense(text: str) -> None:
    """Raise ``TooDenseError`` for a large text that would make very many values."""
    if is_dense(text):
        raise TooDenseError


def is_dense(text: str) -> bool:
    """True for a large text that would make very many values."""
    return len(text) > SOURCE_PIECE and sum(map(text.count, ",[{")) > MOST_VALUES


def decode(text: str, place: int) -> tuple[Any, int]:
    """Return the value at a place of a text, and where it ends. Raises ``NotJsonError``."""
    try:
        return _decoder.raw_decode(text, place)
    except (json.JSONDecodeError, RecursionError):
        raise NotJsonError from None


def whole_number_text(text: str) -> str:
    """Return a number as it is written; programs write whole numbers as 12.0 where a column has blanks."""
    whole, _point, fraction = text.partition(".")
    return text if fraction.strip("0") else whole


_decoder = json.JSONDecoder(object_pairs_hook=tuple, parse_int=str, parse_float=whole_number_text, parse_constant=str)
