"""How a spreadsheet shows a number: as a date and how exactly, as a percentage, with zeros before it."""

import datetime
import re
from functools import lru_cache

AS_PLAIN, AS_DAY, AS_MONTH, AS_YEAR = "", "day", "month", "year"
AS_TIME, AS_MOMENT, AS_PERCENT, AS_HOURS = "time", "moment", "percent", "hours"
BUILT_IN = {  # the numbers of formats that no workbook spells out (ECMA-376, part 1, 18.8.30)
    **dict.fromkeys([9, 10], AS_PERCENT),
    **dict.fromkeys([14, 15, 16, 28, 29, 30, 31, 51, 53, 54, 56, 58], AS_DAY),
    **dict.fromkeys([17, 27, 36, 50, 52, 55, 57], AS_MONTH),
    **dict.fromkeys([18, 19, 20, 21, 32, 33, 34, 35, 45, 47], AS_TIME),
    22: AS_MOMENT,
    46: AS_HOURS,
}
EPOCH, EPOCH_OF_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
MOST_DIGITS = 1e15  # from here on a spreadsheet has lost digits
_not_shown = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_elapsed = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)  # hours that go on after 24
_zeros = re.compile("0{2,20}")


@lru_cache(1000)
def kind_of_format(code: str) -> str:
    """Return what a format shows: the word for a date and how exactly, or as many zeros as a number has digits."""
    shown = _not_shown.sub("", code.split(";")[0])
    if _elapsed.search(shown):
        return AS_HOURS
    lowered = re.sub("am/pm|a/p", "h", shown.lower())
    if "general" in lowered or "@" in lowered:
        return AS_PLAIN
    has = {letter: letter in lowered for letter in "ydmhsb"}
    has_year = has["y"] or has["b"] or "e" in re.sub("e[+-]", "", lowered)
    has_time = has["h"] or has["s"]
    if has["d"] or (has_year and (has["m"] or has_time)):
        return AS_MOMENT if has_time else AS_DAY if has["d"] else AS_MONTH
    if has_year:
        return AS_YEAR
    if has_time:
        return AS_TIME
    if has["m"]:
        return AS_MONTH
    if "%" in lowered:
        return AS_PERCENT
    return shown if _zeros.fullmatch(shown) else AS_PLAIN


def number_text(number: str, kind: str, epoch: datetime.datetime = EPOCH) -> str:
    """Return a number as text, as exactly as its format shows it. Raises ``ValueError`` for what is no number."""
    if kind == AS_PLAIN:
        return number if number.isdecimal() and number.isascii() and len(number) < 16 else plain_number(float(number))
    value = float(number)
    if kind == AS_PERCENT:
        return f"{plain_number(float(f'{value * 100:.12g}'))}%"
    if kind.startswith("0"):
        return plain_number(value).zfill(len(kind)) if value >= 0 and value.is_integer() else plain_number(value)
    is_time = kind == AS_HOURS or (kind == AS_TIME and value < 1)
    return time_text(value) if is_time else date_text(moment_of(value, epoch), kind)


def plain_number(value: float) -> str:
    """Return a number as it is written: 5 and not 5.0. A spreadsheet keeps 15 digits; longer ones stay as they are."""
    if value.is_integer() and abs(value) < MOST_DIGITS:
        return str(int(value))
    return repr(value)


def moment_of(serial: float, epoch: datetime.datetime) -> datetime.datetime:
    """Return the moment of a number of days, to the second. Raises ``ValueError`` outside the calendar."""
    if serial < 0:
        raise ValueError(serial)
    if epoch == EPOCH and serial < 60:
        serial += 1  # spreadsheets have a 29 February 1900
    try:
        return epoch + datetime.timedelta(seconds=round(serial * 86_400))
    except OverflowError as error:
        raise ValueError(serial) from error


def date_text(moment: datetime.datetime, kind: str) -> str:
    """Return a moment as exactly as it is shown: 2020, 2020-03, 2020-03-12 or 2020-03-12T09:30:00."""
    if kind == AS_YEAR:
        return f"{moment:%Y}".zfill(4)
    if kind == AS_MONTH:
        return moment.date().isoformat()[:7]
    is_day = kind == AS_DAY or moment.time() == datetime.time()
    return moment.date().isoformat() if is_day else moment.isoformat()


def time_text(serial: float) -> str:
    """Return a part of a day as a time, 09:30, or days as hours, 72:00."""
    if serial < 0:
        raise ValueError(serial)
    hours, minutes = divmod(round(serial * 1440), 60)
    return f"{hours:02d}:{minutes:02d}"
