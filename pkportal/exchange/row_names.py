"""What the rows of a file are called: by their number in the spreadsheet, or in an unfolded table by their cell.

A row of an unfolded table is one cell of the sheet that somebody has, so its number says both: 2^30, and then the row
and the column.
"""

from django.utils.translation import gettext as _

from .reading.tables import column_letters

UNFOLDED = 1 << 30
MOST_PLACES, MOST_ROWS = 1 << 10, 1 << 20  # columns and rows of a sheet that can be unfolded
LETTERED = 702  # columns up to ZZ


def number_of_cell(row: int, place: int) -> int:
    """Return the number of a row of an unfolded table: the row and the column of the sheet in which it stands."""
    return UNFOLDED + row * MOST_PLACES + place


def row_name(number: int) -> str:
    """Return the name of a row: 5, or D5 where it is a cell of the sheet."""
    if number < UNFOLDED:
        return str(number)
    row, place = divmod(number - UNFOLDED, MOST_PLACES)
    return f"{column_letters(place)}{row}"


def row_in_words(number: int) -> str:
    """Return the name of a row in a sentence: row 5, or cell D5."""
    words = _("row %(row)s") if number < UNFOLDED else _("cell %(row)s")
    return words % {"row": row_name(number)}


def row_name_sql(number: str) -> str:
    """Return the SQL of the name of a row."""
    place = f"mod({number} - {UNFOLDED}, {MOST_PLACES})"
    first = f"CASE WHEN {place} < 26 THEN '' ELSE chr(64 + {place} / 26) END"
    row = f"(({number} - {UNFOLDED}) / {MOST_PLACES})::text"
    name = f"{first} || chr(65 + mod({place}, 26)) || {row}"
    return f"CASE WHEN {number} < {UNFOLDED} THEN {number}::text ELSE {name} END"
