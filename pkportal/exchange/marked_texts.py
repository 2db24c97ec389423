"""Texts with an apostrophe before them in a file, in SQL as ``TextWidget.is_marked`` has it in Python."""

from pkportal.content.clean_texts import DIRECTION_MARKS, LINE_BREAKS, WIDE_BLANKS, ZERO_WIDTH, TextKind

# what a formula begins with, as `csv_file.FORMULA_START` has it, and the code points of that or of an apostrophe:
# a number is compared faster than a pattern
FORMULA_START_SQL = "E'^''*[=+@\\t\\r\\n＝＋－＠-]'"  # some signs are wide on purpose
FORMULA_CODES = ", ".join(str(ord(character)) for character in "'=+-@\t\r\n＝＋－＠")
_around = f"[ {LINE_BREAKS}{WIDE_BLANKS}{DIRECTION_MARKS}]"
_unclean = f"^''*{_around}|{_around}$|[{ZERO_WIDTH}{LINE_BREAKS}]"
_blank = f"^''*[ {LINE_BREAKS}{WIDE_BLANKS}]+$"
UNCLEAN_SQL = {
    TextKind.SHORT: f"{{cell}} ~ '{_unclean}'",
    TextKind.KEY: f"{{cell}} ~ '{_unclean}|[{WIDE_BLANKS}]|  '",
    TextKind.LONG: (
        f"strpos({{cell}}, E'\\r') > 0 OR (ascii({{cell}}) NOT BETWEEN 40 AND 132 AND {{cell}} ~ '{_blank}')"
    ),
}


def marked_sql(kind: TextKind | None, cell: str) -> str:
    """Return the condition that a text of a kind has an apostrophe before it in a file."""
    is_formula = f"ascii({cell}) IN ({FORMULA_CODES}) AND {cell} ~ {FORMULA_START_SQL}"
    if kind is None:
        return is_formula
    is_composed = f"octet_length({cell}) = length({cell}) OR {cell} IS NFC NORMALIZED"
    return f"({is_formula}) OR {UNCLEAN_SQL[kind].format(cell=cell)} OR NOT ({is_composed})"
