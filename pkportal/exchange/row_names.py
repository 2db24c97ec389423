"""What the rows of a file are called: by their number in the spreadsheet, by their cell, or by their sheet too.

A row of an unfolded table is one cell of the sheet that somebody has, so its name says both.
"""

from django.utils.translation import gettext as _

from .reading.row_numbers import MOST_PLACES, MOST_ROWS, OF_SHEET, UNFOLDED
from .reading.tables import column_letters

IN_SHEET = " of sheet "  # between the number of a row and that of its sheet


def row_name(number: int) -> str:
    """Return the name of a row: 5, 5 of sheet 2, or D5 where it is a cell of the sheet."""
    if number < OF_SHEET:
        return str(number)
    if number < UNFOLDED:
        sheet, row = divmod(number - OF_SHEET, MOST_ROWS)
        return f"{row}{IN_SHEET}{sheet + 1}"
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
    cell = f"{first} || chr(65 + mod({place}, 26)) || (({number} - {UNFOLDED}) / {MOST_PLACES})::text"
    row = f"mod({number} - {OF_SHEET}, {MOST_ROWS})::text"
    in_sheet = f"{row} || '{IN_SHEET}' || (({number} - {OF_SHEET}) / {MOST_ROWS} + 1)::text"
    return (
        f"CASE WHEN {number} < {OF_SHEET} THEN {number}::text WHEN {number} < {UNFOLDED} THEN {in_sheet} "
        f"ELSE {cell} END"
    )
