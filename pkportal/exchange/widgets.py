"""What one cell of a file means, both ways: from the text in it to the value, and from the value to the text.

``clean`` raises ``ValueError`` with a sentence for the person who made the file. ``render`` gives the text of a CSV
cell, ``plain`` the JSON value of the same. Several values in one cell are parted by semicolons.
"""

import datetime
import decimal
import math

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from import_export import widgets

SEPARATOR = ";"
SMALLEST, LARGEST_NUMBER = 1e-30, 1e30  # beyond these a decimal written out, 1E+999999999, fills the memory


class TextWidget(widgets.Widget):
    """Text, to the letter: neither trimmed nor changed."""

    is_text = True

    def clean(self, value, row=None, **kwargs):
        """Refuse only what no database can hold."""
        if "\x00" in value:
            raise ValueError(_("A cell cannot hold the character NUL."))
        return value

    def render(self, value, obj=None, **kwargs):
        """Write nothing for nothing."""
        return "" if value is None else str(value)

    def plain(self, value):
        """Text stays text."""
        return value

    def same(self, text):
        """Give the one text of all those that mean the same; what means nothing is as it is."""
        try:
            return self.render(self.clean(text))
        except ValueError:
            return text


class NumberWidget(TextWidget):
    """A number, written with a point and without thousands separators."""

    is_text = False

    def __init__(self, read, expected):
        super().__init__()
        self.read, self.expected = read, expected

    def clean(self, value, row=None, **kwargs):
        """Read a finite number, or nothing from a blank cell."""
        if not value.strip():
            return None
        try:
            number = self.read(value.strip())
            # Python reads 1_000 as a thousand
            if "_" not in value and math.isfinite(number) and (not number or SMALLEST < abs(number) < LARGEST_NUMBER):
                return number
        except (ValueError, OverflowError, decimal.InvalidOperation):
            pass
        raise ValueError(_("“%(value)s” is not %(expected)s.") % {"value": value, "expected": self.expected})

    def render(self, value, obj=None, **kwargs):
        """Write a number in the shortest form that means the same."""
        if isinstance(value, decimal.Decimal):
            return f"{value.normalize():f}"
        return "" if value is None else str(value).removesuffix(".0")

    def plain(self, value):
        """Give numbers as numbers."""
        return float(value) if isinstance(value, decimal.Decimal) else value


class BooleanWidget(TextWidget):
    """Yes or no; a blank cell means no."""

    is_text = False

    def clean(self, value, row=None, **kwargs):
        """Read yes or no and nothing else."""
        try:
            return {"yes": True, "no": False, "": False}[value.strip().lower()]
        except KeyError:
            raise ValueError(_("“%(value)s” is neither yes nor no.") % {"value": value}) from None

    def render(self, value, obj=None, **kwargs):
        """Write yes or no."""
        return "yes" if value else "no"

    def plain(self, value):
        """Give true or false."""
        return bool(value)


class DateWidget(TextWidget):
    """A day, written as ISO 8601 writes it."""

    is_text = False

    def clean(self, value, row=None, **kwargs):
        """Read a whole date."""
        if not value.strip():
            return None
        try:
            return datetime.date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(_("“%(value)s” is no date: write 1999-06-12.") % {"value": value}) from None

    def render(self, value, obj=None, **kwargs):
        """Write 1999-06-12."""
        return "" if value is None else value.isoformat()

    def plain(self, value):
        """Give a date as text."""
        return value and value.isoformat()


class DateTimeWidget(TextWidget):
    """A moment in UTC, written like 2026-11-22T00:00:00Z."""

    is_text = False

    def clean(self, value, row=None, **kwargs):
        """Read a date and time with its offset from UTC."""
        if not value.strip():
            return None
        try:
            moment = parse_datetime(value.strip())
            if moment and moment.tzinfo:
                return moment.astimezone(datetime.UTC)
        except (ValueError, OverflowError):  # the first and the last day of all time may lie elsewhere in UTC
            pass
        raise ValueError(_("“%(value)s” is no moment: write 2026-11-22T09:30:00Z.") % {"value": value})

    def render(self, value, obj=None, **kwargs):
        """Write the moment in UTC."""
        return "" if value is None else value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")

    def plain(self, value):
        """Give a moment as text."""
        return self.render(value) or None


class ChoicesWidget(TextWidget):
    """Several words of a closed list, in the order of that list."""

    is_text = False

    def __init__(self, choices):
        super().__init__()
        self.choices = [code for code, label in choices]

    def clean(self, value, row=None, **kwargs):
        """Read each word once and refuse the unknown by name."""
        words = split_values(value)
        if unknown := [word for word in words if word not in self.choices]:
            raise ValueError(
                _("%(unknown)s is not among %(known)s.")
                % {"unknown": quote_each(unknown), "known": ", ".join(self.choices)}
            )
        return [choice for choice in self.choices if choice in words]

    def render(self, value, obj=None, **kwargs):
        """Join the words."""
        return SEPARATOR.join(value or [])

    def plain(self, value):
        """Give a list."""
        return value


class RecordWidget(TextWidget):
    """One record, named by its code."""

    is_text = False

    def __init__(self, model):
        super().__init__()
        self.model = model
        (self.key,) = model.key_fields
        self.known = {}

    def prepare(self):
        """Read all codes once, before a file is read."""
        self.known = {getattr(record, self.key): record for record in self.model._base_manager.only(self.key)}

    def clean(self, value, row=None, **kwargs):
        """Find the record, or say in words that there is none."""
        code = value.strip()
        if not code:
            return None
        if code not in self.known:
            raise ValueError(unknown_record_message(self.model, [code]))
        return self.known[code]

    def render(self, value, obj=None, **kwargs):
        """Write the code."""
        return "" if value is None else getattr(value, self.key)

    def plain(self, value):
        """Give the code, or null."""
        return value and getattr(value, self.key)


class RecordsWidget(RecordWidget):
    """Several records, named by their codes, sorted."""

    def clean(self, value, row=None, **kwargs):
        """Find every record, or name all that do not exist."""
        codes = split_values(value)
        if unknown := [code for code in codes if code not in self.known]:
            raise ValueError(unknown_record_message(self.model, unknown))
        return [self.known[code] for code in dict.fromkeys(codes)]

    def render(self, value, obj=None, **kwargs):
        """Join the codes."""
        return SEPARATOR.join(self.plain(value))

    def plain(self, value):
        """Give the codes as a list."""
        return sorted(getattr(record, self.key) for record in value)


def split_values(value):
    """Take a cell of several values apart."""
    return [part.strip() for part in value.split(SEPARATOR) if part.strip()]


def quote_each(words):
    """Write words for a sentence."""
    return ", ".join(f"“{word}”" for word in words)


def unknown_record_message(model, codes):
    """Say that no record has these codes."""
    names = {"kind": model._meta.verbose_name, "codes": quote_each(codes)}
    return (
        ngettext("No %(kind)s has the code %(codes)s.", "No %(kind)s has any of the codes %(codes)s.", len(codes))
        % names
    )
