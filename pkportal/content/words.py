"""The words of a text as search reads them, in Python as in the database: ``S/RES/1244`` is S, RES and 1244.

The SQL function ``pk_words`` has the same rules in the same order; they keep to the syntax that Python and PostgreSQL
share. A text has its words in the index by that function, and a query by this one.
"""

import re

from .unaccent import unaccent

MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH = "\x01"  # a control character before the number of a month, until its name is put in
_plain = re.compile(" *(?:(?:[A-Za-z]+|[0-9]+)(?: +|$))*")  # no rule finds anything in it
_rules = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        # Markdown as it is read: no citation, no target of a link, no emphasis
        (r"\[@[^\[\]]*\]", " "),
        (r"\]\([^()]*(?:\([^()]*\)[^()]*)*\)", " "),
        (r"[*`~]", ""),
        # dates as they are said: 1999-06-12, 1999-06, 12/06/1999, 12.6.1999, 07/25/2010
        (r"(?<![0-9])([12][0-9]{3})-0?([1-9]|1[0-2])-0?([1-9]|[12][0-9]|3[01])(?![0-9])", "\\3 \x01\\2 \\1"),
        (r"(?<![0-9])([12][0-9]{3})-(?:0([1-9])|(1[0-2]))(?![0-9-])", "\x01\\2\\3 \\1"),
        (r"(?<![0-9./])0?([1-9]|[12][0-9]|3[01])[./]0?([1-9]|1[0-2])[./]([12][0-9]{3})(?![0-9])", "\\1 \x01\\2 \\3"),
        (r"(?<![0-9./])0?([1-9]|1[0-2])/(1[3-9]|2[0-9]|3[01])/([12][0-9]{3})(?![0-9])", "\\2 \x01\\1 \\3"),
        # 1,200 is one number; U.S. and F-16 are one word, 1990s is a year, UNSCR1244 two words
        ("(?<=[0-9])[,'’\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))", ""),
        (r"(?<=[^A-Za-z0-9][A-Za-z])\.(?=[A-Za-z](?![A-Za-z0-9]))", ""),
        ("(?<![A-Za-z0-9-])([A-Za-z]{1,3})[-\u2010\u2011]([0-9]{1,3})(?![0-9])", r"\1\2"),
        (r"([0-9])(?:s|st|nd|rd|th)(?![A-Za-z0-9])", r"\1"),
        (r"([A-Za-z]{4})([0-9])", r"\1 \2"),
        (r"([A-Za-z]{3})([0-9]{4})", r"\1 \2"),
        # whatever else stands between words
        ("[!-/:-@\\[-^_`{-~\u00a0-\u00bf\u2000-\u206f]", " "),
    ]
]


def search_words(text: str) -> str:
    """Return the words of a text with spaces between them, as ``pk_words`` does."""
    if _plain.fullmatch(text):
        return text
    words = f" {unaccent(text.replace(MONTH, ' '))} "
    for pattern, replacement in _rules:
        words = pattern.sub(replacement, words)
    for number in range(12, 0, -1):
        words = words.replace(f"{MONTH}{number}", MONTH_NAMES[number - 1])
    return words
