"""The encoding of a text: Unicode is recognised, and an 8-bit code page is asked for, with samples of each."""

import codecs
import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from django.utils.translation import gettext as _

from .code_pages import plausible_pages
from .line_source import BAD_BYTES, READ_AT_ONCE, is_text
from .mended_text import mend, seems_twice
from .tables import ReadingChoice, ReadingQuestion, Undecided, UnreadableFile

TWICE = "utf-8-twice"  # the answer that text which was encoded twice is to be mended
MARKS = [  # the longer ones first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
WITHOUT_MARK = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}  # as Windows writes them
MAX_CELLS = 400  # with other letters than ASCII, from which the samples are taken
MAX_SAMPLE = 40  # characters
_control_character = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_bad_byte = re.compile("[\udc80-\udcff]")
_between_cells = re.compile(rb'[\r\n,;\t"|#]+')


class Encoding(NamedTuple):
    """How the bytes of a text become characters, and where the text starts."""

    codec: str
    start: int = 0
    is_twice: bool = False


class Survey(NamedTuple):
    """What is in a file that is not ASCII, read as UTF-8."""

    valid: int  # characters
    invalid: int  # bytes
    cells: list[bytes]  # some of them, with other letters than ASCII
    twice: list[str]  # those of them in which a character was encoded twice


def find_encoding(file: IO[bytes], answer: str) -> Encoding:
    """Return the encoding of a text file. Raises ``Undecided`` if a person must choose one.

    The answer is for the question: text that can only be Unicode is read as such, whatever the answer for other files
    is. Bytes that are all ASCII may be Japanese in seven bits.
    """
    file.seek(0)
    start = file.read(READ_AT_ONCE)
    for mark, codec in MARKS:
        if start.startswith(mark):
            return Encoding(codec, len(mark), answer == TWICE)
    if codec := utf_16_without_mark(start):
        return Encoding(codec, 0, answer == TWICE)
    survey = survey_text(file)
    if answer and answer != TWICE and (survey.invalid or (not survey.valid and b"\x1b" in start)):
        return Encoding(codec_named(answer))
    if survey.invalid > survey.valid:
        raise Undecided(_ask_for_page(survey.cells))
    if 2 * len(survey.twice) >= len(survey.cells) > 0 and answer not in (TWICE, "utf-8"):
        raise Undecided(_ask_whether_twice(survey.twice))
    return Encoding("utf-8", 0, answer == TWICE)


def utf_16_without_mark(data: bytes) -> str:
    """Return UTF-16 in one byte order if every other byte of a text is zero, as it is where letters are Latin.

    Where they are not, the digits and what stands between cells still are, no other byte is zero, and what is left
    without the zeros is no text of another kind.
    """
    data = data[:4096]
    pairs = len(data) // 2
    zeros = data[: 2 * pairs : 2].count(0), data[1 : 2 * pairs : 2].count(0)
    is_latin = max(zeros) * 3 >= pairs and min(zeros) * 20 <= pairs
    is_other_script = max(zeros) * 10 >= pairs and min(zeros) == 0 and not seems_utf_8(data.replace(b"\0", b""))
    if pairs >= 2 and (is_latin or is_other_script):
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return ""


def seems_utf_8(data: bytes) -> bool:
    """True if the beginning of a file is valid UTF-8 without control characters."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return not _control_character.search(text)


def survey_text(file: IO[bytes]) -> Survey:
    """Count in one pass what of a file is UTF-8, and keep some cells with other letters than ASCII."""
    valid = invalid = 0
    cells: dict[bytes, None] = {}
    for data, text in _decoded_blocks(file):
        bad = len(_bad_byte.findall(text)) if not is_text(text) else 0
        invalid += bad
        valid += len(text) - len(text.encode("ascii", "ignore")) - bad
        if len(cells) < MAX_CELLS:
            lines = b"\n".join(line for line in data.split(b"\n") if not line.isascii())
            cells |= {cell.strip(): None for cell in _between_cells.split(lines) if not cell.isascii()}
    samples = [*cells][:MAX_CELLS]
    twice = [text for cell in samples if seems_twice(text := cell.decode(errors="replace"))]
    return Survey(valid, invalid, samples, twice)


def _decoded_blocks(file: IO[bytes]) -> Iterator[tuple[bytes, str]]:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")(errors=BAD_BYTES)
    while data := file.read(READ_AT_ONCE):
        text = decoder.decode(data)
        if not data.isascii() or not text.isascii():
            yield data, text
    if text := decoder.decode(b"", final=True):
        yield b"", text


def codec_named(answer: str) -> str:
    """Return the codec of an encoding that a person has named. Raises ``UnreadableFile``."""
    try:
        codec = codecs.lookup(answer)
    except (LookupError, ValueError):
        codec = None
    if codec is None or not codec._is_text_encoding:
        raise UnreadableFile(_("There is no encoding “%s”. Examples: utf-8, utf-16, cp1250, cp1252.") % answer)
    return WITHOUT_MARK.get(codec.name, codec.name)


def _ask_for_page(cells):
    text = _("The file is not Unicode text. In which encoding are these words right?")
    pages = plausible_pages(cells)
    if not pages:
        raise UnreadableFile(_("The file is no text in any encoding that is known here."))
    choices = [ReadingChoice(page.codec, page.label, [shorten_sample(it) for it in page.samples]) for page in pages]
    return ReadingQuestion("encoding", text, choices)


def _ask_whether_twice(cells):
    samples = cells[:3]
    text = _("Some letters of the file seem to have been encoded twice. Which of these is right?")
    return ReadingQuestion(
        "encoding",
        text,
        [
            ReadingChoice(TWICE, _("mended"), [shorten_sample(mend(cell)) for cell in samples]),
            ReadingChoice("utf-8", _("as it is"), [shorten_sample(cell) for cell in samples]),
        ],
    )


def shorten_sample(text: str) -> str:
    """Return the part of a text around its first letter that is not ASCII."""
    if len(text) <= MAX_SAMPLE:
        return text
    place = next((place for place, letter in enumerate(text) if not letter.isascii()), 0)
    first = max(0, min(place - MAX_SAMPLE // 2, len(text) - MAX_SAMPLE))
    return f"{'…' if first else ''}{text[first : first + MAX_SAMPLE]}…"
