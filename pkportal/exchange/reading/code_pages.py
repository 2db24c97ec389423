"""8-bit code pages, and how plausible the words of a file are in each of them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy

PAGES = {  # in the order in which they are offered where nothing speaks for one of them
    "cp1252": gettext_lazy("Western European (Windows-1252)"),
    "cp1250": gettext_lazy("Central European (Windows-1250)"),
    "cp1251": gettext_lazy("Cyrillic (Windows-1251)"),
    "cp1254": gettext_lazy("Turkish (Windows-1254)"),
    "cp1257": gettext_lazy("Baltic (Windows-1257)"),
    "cp1253": gettext_lazy("Greek (Windows-1253)"),
    "mac_roman": gettext_lazy("Western European (Mac)"),
    "mac_latin2": gettext_lazy("Central European (Mac)"),
    "iso8859_2": gettext_lazy("Central European (ISO 8859-2)"),
    "cp850": gettext_lazy("Western European (DOS)"),
    "cp852": gettext_lazy("Central European (DOS)"),
    "koi8_r": gettext_lazy("Cyrillic (KOI8-R)"),
    "cp866": gettext_lazy("Cyrillic (DOS)"),
    "cp1255": gettext_lazy("Hebrew (Windows-1255)"),
    "cp1256": gettext_lazy("Arabic (Windows-1256)"),
    "big5": gettext_lazy("Traditional Chinese (Big5)"),
    "gb18030": gettext_lazy("Simplified Chinese (GB 18030)"),
    "cp932": gettext_lazy("Japanese (Shift JIS)"),
    "euc_kr": gettext_lazy("Korean (EUC-KR)"),
}
ALWAYS_OFFERED = ["cp1252", "cp1250", "cp1251", "cp1254", "cp1257"]  # as far as they can be decoded at all
FREQUENT = {  # letters that are frequent in what is written in a code page, beside those of the others
    "cp1252": "éèêàâçôùûîïëäöüßñáíóúãõåæøÄÖÜÉ",
    "cp1250": "ąćęłńóśźżčďéěíňřšťúůýžáäöüőűăâîșţđŁŚŻČŠŽĆ",
    "cp1254": "çğıöşüİÖÜÇŞ",
    "cp1257": "āčēģīķļņšūžąęėįųõäöüČŠŽ",
    **dict.fromkeys(["cp1251", "koi8_r", "cp866"], "оеаинтсрвлкмдпуяыьгзбчйхжшюПСКМБВ"),
}
BETWEEN_WORDS = "“”„‘’‚–—…«»€°§·•†™®©ºª¿¡№"
MOST_OFFERED = 9
LEAST_MERIT = -0.3  # a letter of the page: below it nobody would take the words for words
_scripts = re.compile("LATIN|CYRILLIC|GREEK|HEBREW|ARABIC|CJK|HIRAGANA|KATAKANA|HANGUL")


class CodePage(NamedTuple):
    """A code page, how plausible it is, and three samples of the file in it."""

    codec: str
    label: str
    merit: float
    samples: list[str]


def plausible_pages(cells: Sequence[bytes]) -> list[CodePage]:
    """Return the code pages in which these cells are words, the most plausible first."""
    chosen = _telling_cells(cells)
    pages = []
    for codec, label in PAGES.items():
        try:
            texts = [cell.decode(codec) for cell in cells]
            samples = [cell.decode(codec) for cell in chosen]
        except UnicodeDecodeError:
            continue
        merit = _merit(texts, FREQUENT.get(codec, ""))
        if merit > LEAST_MERIT or codec in ALWAYS_OFFERED:
            pages.append(CodePage(codec, str(label), merit, samples))
    pages.sort(key=lambda page: -page.merit)
    return [page for place, page in enumerate(pages) if place < MOST_OFFERED or page.codec in ALWAYS_OFFERED]


def _telling_cells(cells):
    """Return three cells which together have the most different bytes, so that code pages show their difference."""
    chosen: list[bytes] = []
    seen: set[int] = set()
    rest = [*cells]
    while rest and len(chosen) < 3:
        best = max(rest, key=lambda cell: len({byte for byte in cell if byte > 127} - seen))
        chosen.append(best)
        seen |= {*best}
        rest.remove(best)
    return chosen


def _merit(texts, frequent):
    """Return how plausible the letters of these texts are on average: from 1.2 for words to -2 for nonsense."""
    merits = [
        _merit_of(text, place, frequent)
        for text in texts
        for place, character in enumerate(text)
        if not character.isascii()
    ]
    return sum(merits) / max(1, len(merits))


def _merit_of(text, place, frequent):
    character = text[place]
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    is_inside = before.isalpha() and after.isalpha()
    if not character.isalpha():
        if unicodedata.category(character) in ("Cc", "Cn", "Co"):
            return -2.0
        if character in BETWEEN_WORDS:
            return 0.5 if not is_inside or character == "’" else -0.5
        return -1.0 if before.isalpha() or after.isalpha() else 0.0
    beside = next((letter for letter in (before, after) if letter.isalpha()), "")
    if beside and script_of(beside) != script_of(character):
        return -1.5
    if character.isupper() and before.islower():
        return -1.0
    if not (before + after).isascii() and is_inside and script_of(character) == "LATIN":
        return -0.5  # Latin words are mostly ASCII
    if character.islower() and before.isupper() and after.isupper():
        return -0.5
    if frequent:
        return 1.2 if character in frequent else 0.4
    return 0.6 if character.isupper() else 0.8


def script_of(letter: str) -> str:
    """Return the script of a letter: LATIN, CYRILLIC; kana, hanzi and kanji are one, as they are written together."""
    found = _scripts.match(unicodedata.name(letter, ""))
    script = found[0] if found else ""
    return "CJK" if script in ("HIRAGANA", "KATAKANA") else script
