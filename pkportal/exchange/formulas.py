"""Cells that a spreadsheet would run as a formula are made text on the way out and restored on the way in.

Any number of apostrophes before the dangerous character counts, so the two functions undo each other for every text.
The characters are those that OWASP names under CSV injection.
"""

import re

FORMULA_START = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def escape_formula(text):
    """Put an apostrophe before what would run."""
    return f"'{text}" if FORMULA_START.match(text) else text


def unescape_formula(text):
    """Take away the apostrophe that ``disarm`` put there."""
    return text[1:] if text.startswith("'") and FORMULA_START.match(text) else text
