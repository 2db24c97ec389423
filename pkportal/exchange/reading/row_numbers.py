"""Numbers of rows: those of the spreadsheet, or where several rows would have the same, of the cell or of the sheet."""

UNFOLDED = 1 << 30  # and then the row and the column
OF_SHEET = 1 << 29  # and then the sheet and the row
MOST_PLACES, MOST_ROWS = 1 << 10, 1 << 20  # columns and rows of a sheet that can be named so
LETTERED = 702  # columns up to ZZ


def number_of_cell(row: int, place: int) -> int:
    """Return the number of a row that is one cell of the sheet, or begins in it."""
    return UNFOLDED + row * MOST_PLACES + place


def number_in_sheet(row: int, sheet: int) -> int:
    """Return the number of a row of one of several sheets; the first sheet is 0."""
    return OF_SHEET + sheet * MOST_ROWS + row


def row_of_cell(number: int) -> int:
    """Return the row of the sheet in which a row that is one cell stands; 0 for any other row."""
    return (number - UNFOLDED) // MOST_PLACES if number >= UNFOLDED else 0
