"""The texts that the cells of a workbook share, kept in one block of bytes: as Python texts they would fill memory."""

import re
from array import array
from collections.abc import Iterator

from .xml_parts import XmlReader

_escaped_character = re.compile("_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # a lone surrogate is not a character


def unescape(text: str) -> str:
    """Return a text of a workbook with its escaped characters: ``_x000D_`` is a carriage return."""
    if "_x" not in text:
        return text
    return _escaped_character.sub(lambda match: chr(int(match[1], 16)), text)


class SharedTexts:
    """The shared texts by their number."""

    def __init__(self, pieces: Iterator[bytes] | None = None):
        self.block = bytearray()
        self.ends = array("Q", [0])
        for text in SharedTextsReader().read(pieces) if pieces else ():
            self.block += text.encode(errors="surrogatepass")
            self.ends.append(len(self.block))

    def __getitem__(self, index: int) -> str:
        """Return one text. Raises ``IndexError``."""
        if not 0 <= index < len(self.ends) - 1:
            raise IndexError(index)
        return self.block[self.ends[index] : self.ends[index + 1]].decode(errors="surrogatepass")


class SharedTextsReader(XmlReader):
    """Reads the texts in ``sharedStrings.xml``: also those with several formats, but no reading aids beside them."""

    is_phonetic = False

    def start(self, name, attributes):
        """Collect the text of this element, or pass over it."""
        if name == "t":
            self.collect(not self.is_phonetic)
        elif name == "rPh":
            self.is_phonetic = True

    def end(self, name):
        """Keep a text that is complete."""
        if name == "t":
            self.collect(False)
        elif name == "rPh":
            self.is_phonetic = False
        elif name == "si":
            self.found.append(unescape("".join(self.texts)))
            self.texts.clear()
