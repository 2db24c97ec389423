"""Text that was encoded twice: “Ã©” where “é” was meant. It is noticed, and mended only when a person says so."""

import re

# the first characters that bytes C2 to C5, D0, D1 and E2 of UTF-8 become in Windows-1252, Windows-1250 and Mac Roman
_run = re.compile("[ÂÃÄÅÐÑâĂĹ√¬ƒ≈‚][^\x00-\x7f]{1,2}")
_in_a_word = re.compile(  # with three letters beside it: by itself it may be what somebody wrote
    "|".join("[A-Za-z]" * before + _run.pattern + "[A-Za-z]" * (3 - before) for before in range(4))
)
_meant = frozenset(  # what is often meant: letters of European languages, and marks between words
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýßÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÛÜœŒÿąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰăâîșşțţşğıİđāēģīķļņūėįų"
    "“”„‘’‚–—…•€™«»°§·\xa0"
)
_pages = ("cp1252", "cp1250", "mac_roman")


def mend(text: str) -> str:
    """Return a text with every character that was encoded twice as it was meant."""
    return _run.sub(_mend_run, text)


def seems_twice(text: str) -> bool:
    """True if a word of a text has a character that seems to have been encoded twice."""
    if not _run.search(text):
        return False
    return any(mend(found[0]) != found[0] for found in _in_a_word.finditer(text))


def _mend_run(match):
    run = match[0]
    for page in _pages:
        for length in (len(run), 2):
            if meant := _decode_again(run[:length], page):
                return meant + mend(run[length:])
    return run[0] + mend(run[1:])


def _decode_again(run, page):
    """Return the one character that these characters are the bytes of, or nothing."""
    try:
        data = b"".join(_byte_of(character, page) for character in run)
        meant = data.decode()
    except UnicodeError:
        return ""
    return meant if meant in _meant else ""


def _byte_of(character, page):
    if "\x80" <= character <= "\x9f":  # a byte that the code page leaves open becomes a control character
        return bytes([ord(character)])
    return character.encode(page)
