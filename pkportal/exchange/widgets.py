"""Widgets: how a cell becomes a value of a model field, and a value the text of a cell.

``clean`` parses the text and raises ``ValueError`` with a sentence for the author of the file. ``render`` returns the
text of a CSV cell, ``to_json`` the JSON value. Several values in one cell are separated by semicolons.
"""

import datetime
import decimal
import math
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from import_export import widgets

from pkportal.content.clean_texts import TextKind, clean_text
from pkportal.content.dates import NO_DAY, UNCLEAR_DATE
from pkportal.content.written_dates import MAX_WRITTEN, UnclearDateError, read_date

from .csv_file import FORMULA_START

SEPARATOR = ";"
MIN_SIZE, MAX_SIZE = 1e-30, 1e30  # beyond these a decimal written out, 1E+999999999, fills the memory


class TextWidget(widgets.Widget):
    """Text, neither trimmed nor changed.

    A file has an apostrophe before a text that a spreadsheet would run, and before one that would be cleaned, so that
    it comes back exactly. ``kind`` is that of a free text.
    """

    is_text = True  # a spreadsheet might run it as a formula

    def __init__(self, kind: TextKind | None = None):
        super().__init__()
        self.kind = kind

    def is_marked(self, text: str) -> bool:
        """True for a text with an apostrophe before it in a file; more apostrophes make no difference."""
        bare = text.lstrip("'")
        return bool(FORMULA_START.match(text)) or (self.kind is not None and clean_text(bare, self.kind) != bare)

    def escape(self, text: str) -> str:
        """Return a text as it is written in a file."""
        return f"'{text}" if self.is_text and self.is_marked(text) else text

    def unescape(self, text: str) -> tuple[str, bool]:
        """Return a text without the apostrophe before it, and whether it had one and is meant exactly so."""
        is_exact = text.startswith("'") and self.is_marked(text)
        return (text[1:], True) if is_exact else (text, False)

    def clean(self, value: str, row=None, **kwargs) -> Any:
        """Refuse only what PostgreSQL cannot store."""
        if "\x00" in value:
            raise ValueError(_("This cannot contain the character NUL."))
        return value

    def render(self, value: Any, obj=None, **kwargs) -> str:
        """Write None as a blank cell."""
        return "" if value is None else str(value)

    def to_json(self, value: Any) -> Any:
        """Return text as text."""
        return value

    def normalise(self, text: str) -> str:
        """Return the text that ``render`` writes for the same value; an invalid text is returned unchanged."""
        try:
            return self.render(self.clean(text))
        except ValueError:
            return text


class NumberWidget(TextWidget):
    """A number with a decimal point and without thousands separators."""

    is_text = False

    def __init__(self, parse: Callable, expected: str):
        super().__init__()
        self.parse, self.expected = parse, expected

    def clean(self, value: str, row=None, **kwargs) -> Any:
        """Parse a finite number; a blank cell is None."""
        if not value.strip():
            return None
        try:
            number = self.parse(value.strip())
            # Python reads 1_000 as a thousand
            if "_" not in value and math.isfinite(number) and (not number or MIN_SIZE < abs(number) < MAX_SIZE):
                return number
        except (ValueError, OverflowError, decimal.InvalidOperation):
            pass
        raise ValueError(_("“%(value)s” is not %(expected)s.") % {"value": value, "expected": self.expected})

    def render(self, value: Any, obj=None, **kwargs) -> str:
        """Write a number in its shortest form."""
        if isinstance(value, decimal.Decimal):
            return f"{value.normalize():f}"
        return "" if value is None else str(value).removesuffix(".0")

    def to_json(self, value: Any) -> Any:
        """Return a number."""
        return float(value) if isinstance(value, decimal.Decimal) else value


class BooleanWidget(TextWidget):
    """Yes or no; a blank cell means no."""

    is_text = False

    def clean(self, value: str, row=None, **kwargs) -> bool:
        """Parse yes or no; anything else is refused."""
        try:
            return {"yes": True, "no": False, "": False}[value.strip().lower()]
        except KeyError:
            raise ValueError(_("“%(value)s” is neither yes nor no.") % {"value": value}) from None

    def render(self, value: Any, obj=None, **kwargs) -> str:
        """Write yes or no."""
        return "yes" if value else "no"

    def to_json(self, value: Any) -> bool:
        """Return true or false."""
        return bool(value)


class PartialDateWidget(TextWidget):
    """A date of which only the year, or only the year and month, may be known."""

    is_text = False

    def clean(self, value: str, row=None, **kwargs) -> str | None:
        """Read a date as people write it; the model field has the message for what is none."""
        try:
            return read_date(value) if value.strip() else None
        except UnclearDateError as error:
            raise ValueError(UNCLEAR_DATE % {"value": value.strip(), **error.in_words}) from None
        except ValueError:
            return value.strip()


class DateWidget(TextWidget):
    """A whole day, written in ISO 8601."""

    is_text = False

    def clean(self, value: str, row=None, **kwargs) -> datetime.date | None:
        """Read a whole day as people write it."""
        if not value.strip():
            return None
        try:
            date = read_date(value)
        except UnclearDateError as error:
            raise ValueError(UNCLEAR_DATE % {"value": value.strip(), **error.in_words}) from None
        except ValueError:
            date = None
        if date is None or date.precision != "day":
            raise ValueError(NO_DAY % {"value": value.strip()[:MAX_WRITTEN]})
        return date.first

    def render(self, value: Any, obj=None, **kwargs) -> str:
        """Write 1999-06-12."""
        return "" if value is None else value.isoformat()

    def to_json(self, value: Any) -> str | None:
        """Return a date as text."""
        return value and value.isoformat()


class DateTimeWidget(TextWidget):
    """A date and time in UTC, written like 2026-11-22T00:00:00Z."""

    is_text = False

    def clean(self, value: str, row=None, **kwargs) -> datetime.datetime | None:
        """Parse a date and time with its offset from UTC."""
        if not value.strip():
            return None
        try:
            moment = parse_datetime(value.strip())
            if moment and moment.tzinfo:
                return moment.astimezone(datetime.UTC)
        except (ValueError, OverflowError):  # in UTC it may be before the first or after the last year
            pass
        message = _("“%(value)s” is not a date and time: write 2026-11-22T09:30:00Z.")
        raise ValueError(message % {"value": value})

    def render(self, value: Any, obj=None, **kwargs) -> str:
        """Write the date and time in UTC."""
        return "" if value is None else value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")

    def to_json(self, value: Any) -> str | None:
        """Return a date and time as text."""
        return self.render(value) or None


class ReferenceWidget(TextWidget):
    """A permanent reference; blank for a record that is named by its natural key."""

    is_text = False

    def clean(self, value: str, row=None, **kwargs) -> str:
        """Read it in any case."""
        return value.strip().upper()

    def render(self, value: Any, obj=None, **kwargs) -> str:
        """Write the reference; a record that is not saved yet has none."""
        return value if isinstance(value, str) else ""


class ChoicesWidget(TextWidget):
    """Several codes of a fixed list, in the order of that list."""

    is_text = False

    def __init__(self, choices: Iterable[tuple[str, Any]]):
        super().__init__()
        self.choices = [code for code, _label in choices]

    def clean(self, value: str, row=None, **kwargs) -> list[str]:
        """Parse the codes, each once; the message names those that are unknown."""
        codes = split_values(value)
        if unknown := [code for code in codes if code not in self.choices]:
            raise ValueError(
                _("%(unknown)s is not one of: %(known)s.")
                % {"unknown": quote_each(unknown), "known": ", ".join(self.choices)}
            )
        return [choice for choice in self.choices if choice in codes]

    def render(self, value: Any, obj=None, **kwargs) -> str:
        """Join the codes."""
        return SEPARATOR.join(value or [])


class TextsWidget(TextWidget):
    """Several texts in one cell, to be read and not to be stored."""

    def render(self, value: Any, obj=None, **kwargs) -> str:
        """Join the texts; one that is missing leaves its place empty."""
        return SEPARATOR.join(text or "" for text in value or [])


def split_values(value: str) -> list[str]:
    """Split a cell of several values; blanks around them do not count."""
    return [part.strip() for part in value.split(SEPARATOR) if part.strip()]


def quote_each(words: Iterable[str]) -> str:
    """Return words in quotation marks, with commas."""
    return ", ".join(f"“{word}”" for word in words)
