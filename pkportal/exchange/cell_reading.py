"""Reading cells: the one place where a text of a file becomes a value of a model field, or a refusal in words.

A cell is read as the form reads it: the column's widget parses the text, then the model field validates the value.
What is not written as a dump writes it is first read as a careful clerk would; each such conversion is said, and a
person can refuse it.
"""

import re
import unicodedata
from collections.abc import Collection, Container, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from pkportal.content.clean_texts import DIRECTION_MARKS, LINE_BREAKS, WIDE_BLANKS, ZERO_WIDTH
from pkportal.content.direction import refuse_direction, short_text_fields
from pkportal.content.plain_messages import CANNOT_BE_BLANK

from .cells.cell_dates import DayOrder
from .cells.column_questions import ColumnAnswers
from .cells.conversion import Converted
from .cells.conversions import conversion_for
from .cells.date_conversion import DateConversion
from .cells.seen_texts import UnclearText, blank_refusal, is_blank_word, seen_text
from .columns import ExportResource, FileColumn
from .invalid_values import NUL_CHARACTER, not_a_choice_message
from .reading.headers import is_scaled
from .reading.tables import NOTHING_AROUND, AroundTable
from .widgets import split_values

UNSEEN = re.compile(f"[{ZERO_WIDTH}{DIRECTION_MARKS}{LINE_BREAKS}{WIDE_BLANKS}]")
PROTECTED_TEXT = re.compile(r'="([^"]*)"\s*')
MAX_UNCLEAR = 100  # texts that wait for an answer
MAX_REMEMBERED = 50_000  # distinct texts of a column


class CellReading(NamedTuple):
    """What was read in a cell: a value, or why there is none.

    ``conversion`` says what was read where the text is not as a dump would write it. ``question`` is what a person must
    confirm before the text is read; until then it is refused. ``qualifier`` is the choice that belongs in the column
    which says how exactly a number is stated.
    """

    value: Any = None
    refusal: str = ""
    conversion: str = ""
    question: str = ""
    qualifier: str = ""


class CellAnswers(NamedTuple):
    """What a person has answered about the cells of a file, each a name of a column and a text.

    ``refused`` has conversions that are not wanted, ``confirmed`` misspelt names and inexact dates that are right as
    they were read, ``columns`` what was said of all of a column, by what the question is about and then by column.
    ``given`` names the columns that the file lacks: what all rows have there counts less than a word beside a number.
    ``around`` is what the file says around the table.
    """

    refused: Collection[tuple[str, str]] = ()
    confirmed: Container[tuple[str, str]] = ()
    columns: Mapping[str, Mapping[str, str]] = {}
    given: Collection[str] = ()
    around: AroundTable = NOTHING_AROUND

    def of_column(self, name: str) -> ColumnAnswers:
        """Return what was said of a column, and the words by which its numbers may be thousands."""
        said = {about: answers[name] for about, answers in self.columns.items() if name in answers}
        words = [self.around.headers.get(name, ""), *self.around.titles]
        return ColumnAnswers(said, next(filter(is_scaled, words), ""))


NOTHING_ANSWERED = CellAnswers()


class Everything:
    """Confirms every text that is asked about."""

    def __contains__(self, _text: object) -> bool:
        return True


class ColumnReader:
    """Reads the cells of one column, each distinct text once.

    Linked records are loaded when the reader is made.
    """

    def __init__(self, resource: ExportResource, column: FileColumn, answers: CellAnswers = NOTHING_ANSWERED):
        self.column, self.widget = column, column.widget
        self.field = _field_of(resource, column)
        self.is_short_text = self.field in short_text_fields(resource._meta.model)
        self.refused = {text for name, text in answers.refused if name == column.column_name}
        self.confirmed = answers.confirmed
        self.readings: dict[str, CellReading] = {}
        if column.is_foreign_key or column.is_many_to_many:
            self.widget.load_records()
        self.qualifier = resource.qualifiers.get(column.column_name)
        said = answers.of_column(column.column_name)
        self.conversion = conversion_for(self.field, self.widget, self.qualifier, said)
        self.unclear: dict[str, str] = {}  # the first text that waits for an answer, by what that is about
        self.unclear_texts: set[str] = set()  # the first of all that wait

    @property
    def proved_order(self) -> DayOrder | None:
        """Which of day and month comes first, if every date that is read so far and proves one proves the same."""
        seen = self.conversion.orders_seen if isinstance(self.conversion, DateConversion) else ()
        return next(iter(seen)) if len(seen) == 1 else None

    def read(self, text: str) -> CellReading:
        """Read a cell as it stands in the file."""
        reading = self.readings.get(text)
        if reading is None:
            reading = self.judge(text)
            if len(self.readings) < MAX_REMEMBERED:
                self.readings[text] = reading
        return reading

    def judge(self, raw: str) -> CellReading:
        """Read a cell without looking whether it was read before, for those who remember more shortly."""
        if "\x00" in raw:
            return CellReading(refusal=str(NUL_CHARACTER))
        if raw.startswith('="') and (protected := PROTECTED_TEXT.fullmatch(raw)):
            return self._protected(raw, protected[1])
        text, is_exact = self.widget.unescape(raw)
        strict = self._strictly(text)
        is_dumped = is_exact or (not strict.refusal and self._is_as_dumped(text, strict.value))
        if is_dumped and not self.conversion.rereads(text):
            return strict
        try:
            converted = self.conversion.convert(text)
        except UnclearText as error:
            return self._only_valid_reading(text, error)
        except ValueError as error:
            return CellReading(refusal=str(error))
        if converted is None:
            converted = Converted(text if seen_text(text) else "")
        return self._converted(text, converted)

    def _protected(self, raw: str, text: str) -> CellReading:
        """Read a text in the formula by which spreadsheets are kept from changing it: ="0120"."""
        reading = self.judge(text)
        if reading.refusal:
            return reading
        said = conversion_in_words(raw, self.widget.render(reading.value))
        if raw in self.refused:
            return CellReading(refusal=_("It is not to be read so: %(conversion)s.") % {"conversion": said})
        return reading._replace(conversion=said)

    def _strictly(self, text: str) -> CellReading:
        """Read a text as a dump writes it."""
        try:
            return CellReading(self._validated(self.widget.clean(text)))
        except ValidationError as error:
            return CellReading(refusal=" ".join(error.messages))
        except ValueError as error:
            return CellReading(refusal=str(error))

    def _is_written_right(self, text: str) -> bool:
        """True if the widget reads a text; its value may be refused all the same."""
        try:
            self.widget.clean(text)
        except ValueError:
            return False
        return True

    def _is_as_dumped(self, text, value):
        """True if a dump would write the value so; several codes may be in any order, and blank is no."""
        if self.conversion.is_text:
            return self.conversion.convert(text) is None
        rendered = self.widget.render(value)
        return text in {rendered, ""} or {*split_values(text)} == {*split_values(rendered)} != {text.strip()}

    def _converted(self, text: str, converted: Converted) -> CellReading:
        """Read a text as it was converted, if a person does not refuse that, and confirms what is in doubt."""
        name = self.column.column_name
        reading = self._strictly(converted.text)
        if reading.refusal:
            if is_blank_word(text) and not converted.text:
                return CellReading(refusal=blank_refusal(text))
            if converted.question and not converted.text:
                return self._strictly(text)
            refusal = reading.refusal if self._is_written_right(converted.text) else self._strictly(text).refusal
            return CellReading(refusal=refusal + self.conversion.likely(text))
        if converted.question and (name, text) not in self.confirmed:
            refusal = f"{self._strictly(text).refusal} {converted.question}"
            return CellReading(refusal=refusal, question=converted.question)
        if not converted.text and not text.strip():
            return reading  # blanks in a blank cell are nothing that anybody could mean
        said = conversion_in_words(text, self.widget.render(reading.value), converted.remark)
        if text in self.refused:
            return CellReading(refusal=_("It is not to be read so: %(conversion)s.") % {"conversion": said})
        return reading._replace(conversion=said, qualifier=converted.qualifier)

    def _only_valid_reading(self, text: str, unclear: UnclearText) -> CellReading:
        """Read a text that may mean several values, if the column allows only one of them."""
        valid = [reading for reading in unclear.readings if not self._strictly(reading).refusal]
        if len(valid) == 1:
            return self._converted(text, Converted(valid[0]))
        if unclear.about:
            self.unclear.setdefault(unclear.about, text)
            if len(self.unclear_texts) < MAX_UNCLEAR:
                self.unclear_texts.add(text)
        return CellReading(refusal=str(unclear))

    def _validated(self, value: Any) -> Any:
        """Return a value that the model field accepts; raise ``ValidationError`` or ``ValueError``."""
        field = self.field
        if field is None or field.many_to_many:
            return value
        is_blank = value in field.empty_values or (isinstance(value, str) and value.isspace())
        if is_blank and not (field.null if field.is_relation or value is None else field.blank) and field.editable:
            raise ValueError(str(CANNOT_BE_BLANK))
        if field.is_relation or (value in field.empty_values and field.blank):
            return value
        try:
            value = field.clean(value, None)
        except ValidationError as error:
            if [part.code for part in error.error_list] == ["invalid_choice"]:
                raise ValueError(not_a_choice_message(field, value)) from None
            raise
        if self.is_short_text:
            refuse_direction(str(value or ""))
        return value


def conversion_in_words(text: str, read: str, remark: str = "") -> str:
    """Say what was read in a text: “1,200” was read as 1200."""
    if read and unicodedata.normalize("NFC", text) == read:
        remark = remark or _("with each accent as a part of its letter")
    shown, read = (visible(f"{part[:80]}…" if len(part) > 80 else part) for part in (text, read))
    said = _("“%(text)s” was read as %(read)s") if read else _("“%(text)s” was read as blank")
    return f"{said % {'text': shown, 'read': read}}{', ' if remark else ''}{remark}"


def visible(text: str) -> str:
    """Return a text with the code points of what cannot be seen in it: Peć[U+00A0]."""
    return UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def _field_of(resource: ExportResource, column: FileColumn) -> models.Field | None:
    """Return the model field of a column; None for one whose value is kept elsewhere, such as a mark."""
    try:
        field = resource._meta.model._meta.get_field(column.attribute)
    except FieldDoesNotExist:
        return None
    return None if field.generated else field
