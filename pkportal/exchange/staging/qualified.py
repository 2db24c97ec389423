"""Words beside numbers in a row: “~1200” is 1200, and the column of precision must say “about” or nothing yet."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from pkportal.exchange.cells.column_questions import About
from pkportal.exchange.cells.qualifiers import Counting

from .copy_texts import CopyTexts
from .stage import ABOUT_CELL, Fault, fault_line


class Qualified(NamedTuple):
    """The places of a column of numbers and of that which says how exactly they are stated, if the file has it."""

    number: int
    choice: int | None
    column: str


def qualified_columns(texts: Sequence[CopyTexts]) -> list[Qualified]:
    """Return the columns of a file whose numbers may have words beside them."""
    places = {known.column.name: place for place, known in enumerate(texts)}
    return [
        Qualified(place, places.get(qualifier.column), qualifier.column)
        for place, known in enumerate(texts)
        if (qualifier := known.column.resource.qualifiers.get(known.column.name))
    ]


def settle_qualifiers(
    columns: Sequence[Qualified],
    texts: Sequence[CopyTexts],
    number: int,
    cells: Sequence[str],
    copied: list[str | None],
) -> Iterator[str]:
    """Put the words beside the numbers of a row into their columns; yield a fault where these say something else."""
    for column in columns:
        known, cell = texts[column.number], cells[column.number]
        if not (qualifier := known.qualifiers.get(cell)):
            continue
        words = {"text": cell, "choice": qualifier, "column": column.column}
        if column.choice is None:
            reason = _("“%(text)s” says %(choice)s: add the column %(column)s, or say what it is in all other rows.")
            reason %= words
        elif not cells[column.choice].strip() or column.column in known.answers.given:
            copied[column.choice] = texts[column.choice].column.copy_text(qualifier)
            continue
        elif copied[column.choice] in (qualifier, None):
            continue
        elif counting := known.answers.of_column(known.column.name).said.get(About.COUNTING):
            if counting == Counting.MARK:
                copied[column.choice] = texts[column.choice].column.copy_text(qualifier)
            continue
        else:
            words["other"] = cells[column.choice]
            reason = _("“%(text)s” says %(choice)s, but the column %(column)s says %(other)s: which counts?") % words
            known.contradiction = known.contradiction or reason
        yield fault_line(ABOUT_CELL, column.number, Fault(number, known.column.name, cell, reason))
