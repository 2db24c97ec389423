"""Tables beside each other on one sheet, under one row of names: a person says which of them is read."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from django.utils.translation import gettext as _

from .headers import Header
from .tables import (
    NO_FAULTS,
    RawRow,
    ReadingChoice,
    ReadingQuestion,
    Undecided,
    UnreadableFile,
    column_letters,
)

ALL_BESIDE = "all"  # the answer that all of them are read, one below the other
MOST_ROWS_BESIDE = 50_000  # of tables that are all read
FEWEST_BESIDE = 2
SAMPLE_ROWS = 3


def tables_beside(names: Sequence[str]) -> list[range]:
    """Return the columns of each table if names are there again: after a blank one, or in the same order at once."""
    folded = [name.casefold() for name in names]
    said = [name for name in folded if name]
    if len({*said}) == len(said):
        return []
    blanks = [-1, *(place for place, name in enumerate(folded) if not name), len(folded)]
    blocks = [range(before + 1, after) for before, after in pairwise(blanks) if after > before + 1]
    if len(blocks) == 1:
        count = len({*folded})
        blocks = [range(start, start + count) for start in range(0, len(folded), count)]
        if any(folded[block.start : block.stop] != folded[:count] for block in blocks):
            return []
    of_each = [[folded[place] for place in block] for block in blocks]
    are_tables = all(len({*block}) == len(block) >= FEWEST_BESIDE for block in of_each)
    return blocks if are_tables and len(blocks) > 1 else []


def chosen_tables(blocks: Sequence[range], names: Sequence[str], head: Sequence[RawRow], answer: str) -> list[range]:
    """Return the tables that are read. Raises ``Undecided`` while nobody has said which."""
    values = [str(number) for number in range(1, len(blocks) + 1)]
    if answer in values:
        return [blocks[values.index(answer)]]
    of_each = [[name.casefold() for name in names[block.start : block.stop]] for block in blocks]
    are_alike = all(block == of_each[0] for block in of_each)
    if answer == ALL_BESIDE and are_alike:
        return [*blocks]
    choices = []
    for value, block in zip(values, blocks, strict=True):
        rows = [row for row in part_of(head, block) if any(row.cells)][:SAMPLE_ROWS]
        label = _("columns %(first)s to %(last)s:")
        label %= {"first": column_letters(block.start), "last": column_letters(block.stop - 1)}
        choices.append(ReadingChoice(value, label, [" · ".join(filter(None, row.cells)) for row in rows]))
    if are_alike:
        choices.append(ReadingChoice(ALL_BESIDE, _("all of them, one below the other"), []))
    raise Undecided(ReadingQuestion("beside", _("Several tables are beside each other. Which is to be read?"), choices))


def part_of(rows: Iterable[RawRow], block: range) -> Iterator[RawRow]:
    """Yield rows with the cells of one table."""
    for row in rows:
        cells = row.cells[block.start : block.stop]
        faults = {place - block.start: text for place, text in row.cell_faults.items() if place in block}
        yield row._replace(cells=cells, cell_faults=faults or NO_FAULTS)


def part_of_header(header: Header, block: range) -> Header:
    """Return the header of one table."""
    return header._replace(names=header.names[block.start : block.stop])


def few_rows(rows: Iterable[RawRow]) -> list[RawRow]:
    """Return the rows of tables that are all read. Raises ``UnreadableFile`` if they are very many."""
    found = [*islice(rows, MOST_ROWS_BESIDE + 1)]
    if len(found) > MOST_ROWS_BESIDE:
        message = _("Tables beside each other can have %d rows at most to be read together: choose one of them.")
        raise UnreadableFile(message % MOST_ROWS_BESIDE)
    return found
