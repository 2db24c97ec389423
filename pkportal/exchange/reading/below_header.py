"""The table below a header: turned if it is on its side; one of several, or all, if they are beside each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from django.utils.translation import gettext as _

from .beside import chosen_tables, few_rows, part_of, part_of_header, tables_beside
from .headers import HEAD, Header, KnownNames, find_header, trim_names
from .layout import Layout, is_rule
from .row_numbers import number_of_cell
from .tables import LEFT_OUT, AroundTable, Notes, RawRow, ReadingOptions, Table, TableRow
from .turned import TURNED, ask_to_turn, lying_names, turned_rows


def below_header(
    rows: Iterator[RawRow], known: KnownNames, notes: Notes, is_padded: bool, options: ReadingOptions
) -> Table:
    """Return the table in these rows. ``is_padded``: rows may be shorter than the header, as in workbooks."""
    head = [*islice(rows, HEAD)]
    header = find_header(head, known)
    if names := lying_names(head, header, known):
        if options.turned != TURNED:
            raise ask_to_turn(names, head)
        return turned_table(head, rows, known, notes)
    layout_notes = (notes, is_padded, options.hidden == LEFT_OUT)
    if blocks := tables_beside(header.names):
        chosen = chosen_tables(blocks, header.names, head[header.first :], options.beside)
        if len(chosen) > 1:
            return tables_below_each_other(chosen, header, head, rows, layout_notes)
        (block,) = chosen
        header, head, rows = part_of_header(header, block), [*part_of(head, block)], part_of(rows, block)
        table = table_of(header, head, rows, *layout_notes)
        return replace(table, places=[block.start + place for place in table.places])
    return table_of(header, head, rows, *layout_notes)


def table_of(
    header: Header,
    head: Sequence[RawRow],
    rows: Iterator[RawRow],
    notes: Notes,
    is_padded: bool,
    leaves_out_hidden: bool = False,
) -> Table:
    """Return the table with a header; ``head`` are the first rows, with those above it."""
    layout = Layout(header, head, notes, is_padded)
    layout.leaves_out_hidden = leaves_out_hidden
    below = [*head[header.last + 1 :]]
    if below and is_rule(below[0]):
        layout.last_number = below.pop(0).number
    titles = [" ".join(" ".join(trim_names(row.cells)).split()) for row in head[: header.first]]
    around = AroundTable([*filter(None, titles)])
    return Table(layout.header, layout.rows(chain(below, rows)), notes, places=layout.places, around=around)


def turned_table(head: Sequence[RawRow], rows: Iterator[RawRow], known: KnownNames, notes: Notes) -> Table:
    """Return a table on its side, turned; its rows are named by their first cells."""
    turned = turned_rows(head, rows, known)
    table = table_of(find_header(turned, known), turned, iter(()), notes, is_padded=True)
    notes.add(None, _("The table is on its side, and was turned: each of its columns is a row."))
    number = head[0].number
    named = (row._replace(number=number_of_cell(number, row.number - 1)) for row in table.rows)
    return replace(table, rows=named, places=range(len(table.header)))


def tables_below_each_other(
    blocks: Sequence[range], header: Header, head: Sequence[RawRow], rows: Iterator[RawRow], layout_notes: tuple
) -> Table:
    """Return tables that are beside each other as one; a title above each is a column of its own."""
    together = few_rows(rows)
    tables = [
        table_of(part_of_header(header, block), [*part_of(head, block)], part_of(together, block), *layout_notes)
        for block in blocks
    ]
    titles = [" ".join(table.around.titles) for table in tables]
    has_titles = len({*titles}) > 1

    def all_rows() -> Iterator[TableRow]:
        for block, table, title in zip(blocks, tables, titles, strict=True):
            for row in table.rows:
                number = number_of_cell(row.number, block.start)
                yield row._replace(number=number, cells=[*row.cells, title] if has_titles else row.cells)

    names = [*tables[0].header, _("title")] if has_titles else tables[0].header
    return replace(tables[0], header=names, rows=all_rows(), places=range(len(names)))
