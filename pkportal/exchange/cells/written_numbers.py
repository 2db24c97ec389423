"""Numbers as people write them in tables: 1,200 · 1.200,50 · ~1200 · up to 500 · 1200* · 1.2e3."""

import re
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext as _

from .qualifiers import Sense, without_sense
from .seen_texts import UnclearText, remove_notes, seen_text

GROUPED = re.compile(
    r"(?P<sign>[+-]?)(?P<first>[0-9]{1,3})(?P<mark>[.,' ])(?P<groups>[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<fraction>[0-9]+))?"
)
POINTED = re.compile(r"(?P<whole>[+-]?[0-9]+)(?:[.,](?P<fraction>[0-9]+))?(?P<power>[eE][+-]?[0-9]{1,2})?")
RANGE = re.compile(r"[0-9][0-9.,' ]*(?:-|–|—|\bto\b|\band\b|\.\.)\s*[0-9]")
IN_SQUARE_BRACKETS = re.compile(r"\[[0-9.,' ]+\]")
IN_BRACKETS = re.compile(r"\([0-9.,' ]+\)")
WITH_WORDS = re.compile(r"[+-]?[0-9][0-9.,' ]*(?!e[+-]?[0-9]+$)\(?/?[^\W\d_].*", re.IGNORECASE)  # 1,200 troops
QUOTED = re.compile("^(?:[\"“„”]([0-9.,' +-]+)[\"“”]|'([0-9.,' +-]+?)'?)$")
HASHES, SHEET_ERROR = re.compile("#{2,}"), re.compile(r"#[A-Z0-9/]+[!?]?", re.IGNORECASE)
MAX_WRITTEN_NUMBER = 80  # letters, with all that stands beside it
TYPED_OTHERWISE = str.maketrans("٫٬，．’ʼ´`", ".,,.''''")
MINUS = re.compile("^[\u2212\u2013\ufe63\uff0d] ?(?=[0-9])")


class WrittenNumber(NamedTuple):
    """A number with a decimal point, and how exactly it is stated if words beside it say so."""

    number: str
    sense: Sense | None = None


def read_number(text: str, is_whole: bool) -> WrittenNumber | None:
    """Return the number that somebody wrote; None if it is none.

    Raises ``UnclearText`` for what may be two numbers, and for what is known not to be one.
    """
    if len(text) > MAX_WRITTEN_NUMBER:
        return None
    words = remove_notes(QUOTED.sub(r"\1\2", digits_in_ascii(seen_text(text))))
    if HASHES.fullmatch(words):
        raise UnclearText(_("The column was too narrow when the file was saved: “%(value)s” has no number."), text)
    if SHEET_ERROR.fullmatch(words):
        raise UnclearText(_("“%(value)s” is an error of the spreadsheet, and no number."), text)
    number, sense = without_sense(words)
    number = remove_notes(number)
    if RANGE.search(number):
        raise UnclearText(_("“%(value)s” is a range: write one number, and the range in a note."), text)
    if number.endswith("%"):
        raise UnclearText(_("“%(value)s” has a percent sign: write the number as the column has it."), text)
    if IN_SQUARE_BRACKETS.fullmatch(number):
        raise UnclearText(_("“%(value)s” is in brackets: write the number, and in a note what they mean."), text)
    if IN_BRACKETS.fullmatch(number):
        raise UnclearText(_("“%(value)s” is in brackets: write a negative number with a minus sign."), text)
    found = number_of(MINUS.sub("-", number), text, is_whole)
    if not found and WITH_WORDS.fullmatch(number):
        raise UnclearText(_("“%(value)s” has words beside the number: write the number alone, with all digits."), text)
    return WrittenNumber(found, sense) if found else None


def digits_in_ascii(text: str) -> str:
    """Return a text with the digits and the decimal marks of any script as ours; superscript digits stay."""
    text = text.translate(TYPED_OTHERWISE)
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def number_of(number: str, text: str, is_whole: bool) -> str:
    """Return digits with a decimal point, without marks between the thousands; nothing if it is no number."""
    if match := GROUPED.fullmatch(number):
        parts = match.groupdict()
        digits = "".join(filter(str.isdigit, parts["first"] + parts["groups"]))
        is_single = len(parts["groups"]) == 3 and parts["fraction"] is None and parts["mark"] in ".,"
        if not (is_single and parts["first"].strip("0") == ""):
            if is_single:
                ask_which(number, text, parts, is_whole)
            return with_fraction(parts["sign"] + digits, parts["fraction"], is_whole)
    if match := POINTED.fullmatch(number):
        parts = match.groupdict()
        if parts["power"]:
            return scaled(parts, is_whole)
        return with_fraction(parts["whole"], parts["fraction"], is_whole)
    return ""


def ask_which(number: str, text: str, parts: dict[str, str], is_whole: bool) -> None:
    """Raise ``UnclearText`` where 1.200 may be twelve hundred or one and a fifth.

    Of a whole number only 12.000 is unclear: twelve thousand, or twelve with a fraction of nothing.
    """
    if is_whole and not (parts["mark"] == "." and parts["groups"] == "000"):
        return
    whole = f"{parts['sign']}{parts['first']}{parts['groups']}"
    fraction = with_fraction(parts["sign"] + parts["first"], parts["groups"], is_whole=False)
    message = _("“%(value)s” may be %(whole)s or %(fraction)s: write %(whole)s or %(fraction)s.")
    raise UnclearText(message, text, [whole, fraction], whole=whole, fraction=fraction)


def with_fraction(whole: str, fraction: str | None, is_whole: bool) -> str:
    """Return a number with its fraction; of a whole number, nothing unless the fraction is."""
    fraction = (fraction or "").rstrip("0")
    if fraction and is_whole:
        return ""
    return f"{whole}.{fraction}" if fraction else whole


def scaled(parts: dict[str, str], is_whole: bool) -> str:
    """Return a number that is written with a power of ten: 1.2E+03."""
    fraction, power = parts["fraction"] or "", int(parts["power"][1:])
    if not is_whole:
        return f"{parts['whole']}.{fraction or 0}e{power}"
    digits = fraction.rstrip("0")
    if not len(digits) <= power <= 30:
        return ""
    return parts["whole"] + digits + "0" * (power - len(digits))
