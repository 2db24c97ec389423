"""Conversion of numbers: as people write them, with the words, flags and ends of ranges beside them."""

from decimal import Decimal

from django.utils.translation import gettext as _

from pkportal.exchange.reading.headers import scale_in

from .column_questions import About, ColumnAnswers, PointAs, RangeAs, ScaleAs
from .conversion import Conversion, Converted
from .number_flags import FlaggedNumber, without_flags
from .qualifiers import Counting, Qualifier, Sense, without_sense
from .seen_texts import UnclearText, is_blank_word, seen_text
from .written_numbers import WrittenNumber, read_number
from .written_ranges import WrittenRange, written_range

ENDS = {RangeAs.LOWER: Sense.AT_LEAST, RangeAs.UPPER: Sense.UP_TO}  # how exactly an end of a range is stated


class NumberConversion(Conversion):
    """Reads numbers as people write them."""

    tells_column = True

    def __init__(self, is_whole: bool, qualifier: Qualifier | None, answers: ColumnAnswers):
        self.is_whole, self.qualifier, self.said = is_whole, qualifier, answers.said
        # what the column of precision says counts for more
        self.may_differ = self.said.get(About.COUNTING) == Counting.COLUMN
        self.scaled_by = answers.scaled_by
        self.factor = 1
        if self.scaled_by and self.said.get(About.SCALE) != ScaleAs.AS_WRITTEN:
            self.factor = scale_in(self.scaled_by)

    def rereads(self, text):
        """True for any number where all are to be multiplied."""
        return self.factor > 1 and any(map(str.isdigit, text))

    def convert(self, text):
        """Read a number without the marks between its thousands, and the words beside it."""
        if is_blank_word(text):
            return Converted("")
        words = seen_text(text)
        if self.has_ends and (ends := written_range(words)):
            return self.one_end(text, ends)
        flagged = without_flags(words)
        found = self.number_in(flagged.text if flagged.meaning else text)
        return self.with_sense(text, found, flagged) if found else None

    @property
    def has_ends(self) -> bool:
        """True if a record can say of a number that it is the lower or the upper end of a range."""
        return self.qualifier is not None and {*ENDS.values()} <= {*self.qualifier.choices}

    def one_end(self, text: str, found: WrittenRange) -> Converted:
        """Read the end of a range that a person chose."""
        lower, upper = (self.number_in(part) for part in found)
        if not (lower and upper) or Decimal(lower.number) >= Decimal(upper.number):
            raise UnclearText(_("“%(value)s” is a range whose ends cannot be read: write one number."), text)
        end = self.said.get(About.RANGE)
        if end not in ENDS:
            message = _("“%(value)s” is a range: say which number is read, or write one, and the range in a note.")
            raise UnclearText(message, text, about=About.RANGE)
        number = lower if end == RangeAs.LOWER else upper
        return self.with_sense(text, number._replace(sense=ENDS[RangeAs(end)]), FlaggedNumber(text))

    def number_in(self, text: str) -> WrittenNumber | None:
        """Return the number that somebody wrote, multiplied where a person said so."""
        try:
            found = read_number(text, self.is_whole and self.factor == 1)
        except UnclearText as error:
            if len(error.readings) != 2:
                raise
            found = self.one_reading(text, error)
        if found is None or self.factor == 1:
            return found
        if self.said.get(About.SCALE) != ScaleAs.MULTIPLIED:
            message = _("“%(value)s” is below “%(scaled_by)s”: say whether it is multiplied.")
            raise UnclearText(message, text, about=About.SCALE, scaled_by=self.scaled_by)
        product = format((Decimal(found.number) * self.factor).normalize(), "f")
        return found._replace(number=product)

    def one_reading(self, text: str, unclear: UnclearText) -> WrittenNumber:
        """Return the number that is meant where marks may be between thousands or before a fraction."""
        said = self.said.get(About.POINT)
        if not said:
            # what is multiplied is neither of the two numbers
            readings = unclear.readings if self.factor == 1 else ()
            raise UnclearText(str(unclear).replace("%", "%%"), text, readings, About.POINT)
        thousands, fraction = unclear.readings
        _rest, sense = without_sense(seen_text(text))
        return WrittenNumber(thousands if said == PointAs.THOUSANDS else fraction, sense)

    def with_sense(self, text: str, found: WrittenNumber, flagged: FlaggedNumber) -> Converted:
        """Return a number with what the words and the flags beside it say."""
        remark = _("without the flag %(flag)s") % {"flag": flagged.meaning} if flagged.meaning else ""
        sense = found.sense or flagged.sense
        if sense is None:
            return Converted(found.number, remark=remark)
        if self.qualifier is None or sense not in self.qualifier.choices:
            message = _("“%(value)s” says more than a number, and no column has that: write the number alone.")
            raise ValueError(message % {"value": text})
        choice = self.qualifier.choices[sense]
        said = _("and %(choice)s in the column %(column)s")
        if self.may_differ:
            said = _("and %(choice)s in the column %(column)s where that is blank")
        said %= {"choice": choice, "column": self.qualifier.column}
        return Converted(found.number, remark=f"{remark} {said}".strip(), qualifier=choice)
