"""Cells that a spreadsheet would run as a formula are made text on the way out and restored on the way in.

Any number of apostrophes before the dangerous character counts, so the two functions undo each other for every text.
The characters are those that OWASP names under CSV injection.
"""

import re

DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def disarm(text):
    """Put an apostrophe before what would run."""
    return f"'{text}" if DANGEROUS.match(text) else text


def rearm(text):
    """Take away the apostrophe that ``disarm`` put there."""
    return text[1:] if text.startswith("'") and DANGEROUS.match(text) else text
