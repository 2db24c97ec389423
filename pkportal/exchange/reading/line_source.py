"""Lines of a text that is decoded block by block. Blank lines are counted together, since a file may have millions."""

import codecs
import re
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from .tables import UnreadableFile

READ_AT_ONCE = 1 << 18  # bytes
MAX_CELL = 4_000_000  # characters: no text of a record is a thousand pages long
LINE_BLANKS = " \t\r\n\ufeff"  # what a blank line has
BAD_BYTES = "bad bytes"  # the name of the way in which bytes are decoded that are no character
_line_end = re.compile(r"\r\r?\n|\r|\n")
_blank_lines = re.compile(r"(?:[ \t\ufeff]*+(?>\r\r?\n|\r(?!\r?\Z)|\n))++")


def mark_bad_bytes(error: UnicodeError) -> tuple[str, int]:
    """Decode each byte that is no character as a lone surrogate, so that it can be named where it is."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(BAD_BYTES, mark_bad_bytes)


def text_blocks(file: IO[bytes], codec: str, start: int) -> Iterator[str]:
    """Yield the text of a file from a byte on, decoded."""
    file.seek(start)
    decoder = codecs.getincrementaldecoder(codec)(errors=BAD_BYTES)
    try:
        while block := file.read(READ_AT_ONCE):
            yield decoder.decode(block)
        yield decoder.decode(b"", final=True)
    except UnicodeError as error:  # of an encoding that takes no mark for bad bytes
        raise UnreadableFile(_("The file is no text in the encoding %s.") % codec) from error


class LineSource:
    """The lines of a text with their ends, taken one by one; lines can be put back."""

    def __init__(self, blocks: Iterator[str]):
        self.blocks = blocks
        self.text, self.position = "", 0
        self.is_at_end = False
        self.has_bad_characters = False  # in what was decoded until now
        self.waiting: list[str] = []  # lines that were put back, the next one last

    def __iter__(self) -> Iterator[str]:
        """Return the source itself: it is an iterator."""
        return self

    def __next__(self) -> str:
        """Return the next line with its end."""
        if self.waiting:
            return self.waiting.pop()
        searched = self.position
        while True:
            end = _line_end.search(self.text, searched)
            if end and (end.end() < len(self.text) or self.is_at_end):
                stop = end.end()
                break
            if self.is_at_end:
                stop = len(self.text)
                break
            rest = len(self.text) - self.position
            if rest > MAX_CELL:
                raise UnreadableFile(_("A line has more than %d characters, so this is not a table.") % MAX_CELL)
            self._fill()
            searched = max(rest - 2, 0)
        line, self.position = self.text[self.position : stop], stop
        if not line:
            raise StopIteration
        return line

    def put_back(self, lines: list[str]) -> None:
        """Let these lines be the next ones."""
        self.waiting += reversed(lines)

    def whole_lines(self) -> str:
        """Return the lines that are decoded, without taking them; nothing if lines were put back before them."""
        return "" if self.waiting else self.text[self.position : self.text.rfind("\n") + 1]

    def pass_blank(self) -> int:
        """Pass over blank lines and return how many there were."""
        count = 0
        if not self.waiting and self.text[self.position : self.position + 1].strip(LINE_BLANKS):
            return count
        while self.waiting and not self.waiting[-1].strip(LINE_BLANKS):
            self.waiting.pop()
            count += 1
        if self.waiting:
            return count
        while True:
            if blank := _blank_lines.match(self.text, self.position):
                count += count_line_ends(blank[0])
                self.position = blank.end()
            if self.is_at_end or len(self.text) - self.position > READ_AT_ONCE // 4 or self._is_in_a_line():
                return count
            self._fill()

    def _is_in_a_line(self):
        """True if a character that is not blank follows: the blank lines are over."""
        rest = self.text[self.position : self.position + 200]
        return bool(rest.strip(LINE_BLANKS))

    def _fill(self):
        """Decode one more block."""
        block = next(self.blocks, None)
        self.is_at_end = block is None
        block = block or ""
        self.has_bad_characters = self.has_bad_characters or not is_text(block)
        self.text, self.position = self.text[self.position :] + block, 0


def is_text(block: str) -> bool:
    """True if a text has no NUL and no lone surrogate, which a byte becomes that is no character."""
    if "\0" in block:
        return False
    try:
        block.encode()
    except UnicodeEncodeError:
        return False
    return True


def count_line_ends(text: str) -> int:
    """Count the lines that end in a text: CR CR LF is one end, as CR LF is."""
    pairs = text.count("\r\n") + text.count("\r\r\n")
    return text.count("\n") + text.count("\r") - pairs
