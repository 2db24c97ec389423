"""What COPY reads for each text of a column: every distinct text is judged once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pkportal.content.plain_messages import CANNOT_BE_BLANK
from pkportal.exchange.cell_reading import CellAnswers, CellReading, ColumnReader
from pkportal.exchange.cells.column_questions import QUESTIONS, About
from pkportal.exchange.invalid_values import NUL_CHARACTER

from .stage_columns import StageColumn

MOST_TEXTS = 10_000  # distinct texts of a column


class ReadConversion(NamedTuple):
    """What was read in a text that is not written as a dump writes it, and in how many rows."""

    column: str
    text: str
    said: str
    rows: int = 1

    def __str__(self):
        said = _("column %(column)s: %(said)s") % self._asdict()
        return said if self.rows == 1 else f"{said} ({ngettext('%d row', '%d rows', self.rows) % self.rows})"


class CellQuestion(NamedTuple):
    """What a person can answer so that refused cells are read: a misspelt name, or something of the whole column.

    Without a text it is about all of the column.
    """

    column: str
    text: str
    question: str
    about: str = ""
    likely: str = ""  # an answer that seems right


class CopyTexts(dict):
    """What COPY reads for each text of a column: None for one that is refused, of which ``refusals`` says why.

    ``qualifiers`` has the choices that belong in the column which says how exactly a number is stated.
    """

    def __init__(self, column: StageColumn, answers: CellAnswers):
        super().__init__()
        self.column, self.answers = column, answers
        self.refusals: dict[str, str] = {}
        self.qualifiers: dict[str, str] = {}
        self.questions: dict[str, str] = {}
        self.conversions: dict[str, str] = {}
        self.contradiction = ""  # the first of words beside a number and the column that says how exactly it is stated
        self.rows_converted: Counter[str] = Counter()
        self.reader = None if column.is_self_link else ColumnReader(column.resource, column.column, answers)

    def __missing__(self, text: str) -> str | None:
        copied, refusal = self.judged(text)
        if refusal:
            self.refusals[text] = refusal
        self[text] = copied
        return copied

    def judged(self, text: str) -> tuple[str | None, str]:
        """Return what COPY reads for a text, or why it is refused."""
        if self.reader:
            reading = self.reader.judge(text)
            if reading.question:
                self.questions[text] = reading.question
            return (None, reading.refusal) if reading.refusal else (self.taken(text, reading), "")
        return self.judged_link(self.column.column.widget.unescape(text)[0])

    def judged_link(self, text: str) -> tuple[str | None, str]:
        """Return the codes of records of the same model, or a text as it is where it has something else besides."""
        if "\x00" in text:
            return None, str(NUL_CHARACTER)
        codes = self.column.codes_in(text)
        field: Any = self.column.field
        if not codes and self.column.is_link and not field.null:
            return None, str(CANNOT_BE_BLANK)
        is_plain = len(codes) != 1 or codes == [text]
        return self.column.copy_text(codes if is_plain else [text]), ""

    def taken(self, text: str, reading: CellReading) -> str:
        """Return what COPY reads for a text, and note what was read in it."""
        if reading.conversion:
            self.conversions[text] = reading.conversion
        if reading.qualifier:
            self.qualifiers[text] = str(reading.qualifier)
        return self.column.copy_text(reading.value)

    def end_block(self, cells: Iterable[str]) -> None:
        """Count the rows of each conversion in a block of rows, and forget the texts that are too many to keep."""
        if self.conversions:
            self.rows_converted.update(cell for cell in cells if cell in self.conversions)
        while len(self) > MOST_TEXTS:
            text, _copied = self.popitem()
            self.refusals.pop(text, None)
            self.qualifiers.pop(text, None)

    def read_conversions(self) -> Iterator[ReadConversion]:
        """Yield what was read in each text that was converted."""
        for text, said in self.conversions.items():
            yield ReadConversion(self.column.name, text, said, self.rows_converted[text])

    def cell_questions(self) -> Iterator[CellQuestion]:
        """Yield what a person can answer about the cells."""
        for text, question in self.questions.items():
            yield CellQuestion(self.column.name, text, question)
        reader = self.reader
        for about, text in reader.unclear.items() if reader else ():
            if about != About.ORDER or not (reader and reader.proved_order):
                likely = self.answers.around.year() if about == About.MONTH else ""
                yield CellQuestion(self.column.name, "", QUESTIONS[About(about)] % {"text": text}, about, likely)
        if self.contradiction:
            yield CellQuestion(self.column.name, "", self.contradiction, About.COUNTING)
