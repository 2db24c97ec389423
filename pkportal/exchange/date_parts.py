"""Dates in several columns: the year in one, the month in another, and the day in a third if there is one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from pkportal.content.names import fold_name

from .reading import Table, TableRow

YEAR_PART, MONTH_PART, DAY_PART = range(3)
PARTS_BY_NAME = {  # of a date, by the names of columns as names are compared
    **dict.fromkeys(["year", "yr", "jahr", "annee", "ano", "anno", "rok", "jaar", "yil", "год"], YEAR_PART),
    **dict.fromkeys(["month", "monat", "mois", "mes", "mese", "miesiac", "maand", "ay", "месяц"], MONTH_PART),
    **dict.fromkeys(["day", "tag", "jour", "dia", "giorno", "dzien", "dag", "gun", "день"], DAY_PART),
}


def date_part(header: str) -> int | None:
    """Return which part of a date a header names; None if it names none."""
    return PARTS_BY_NAME.get(fold_name(header))


def make_one_date(headers: Sequence[str]) -> bool:
    """True if some headers are the parts of one date: its year, its month, and perhaps its day."""
    parts = sorted(part for header in headers if (part := date_part(header)) is not None)
    return len(parts) == len(headers) and parts in ([YEAR_PART, MONTH_PART], [YEAR_PART, MONTH_PART, DAY_PART])


def joined_dates(table: Table, columns: Mapping[str, str]) -> Table:
    """Return a table in which the parts of a date are one column, under the header of its year; it is noted."""
    by_column: dict[str, list[str]] = {}
    for header in table.header:
        by_column.setdefault(columns.get(header, header), []).append(header)
    for column, headers in by_column.items():
        if column and len(headers) > 1 and make_one_date(headers):
            table = joined(table, sorted(headers, key=lambda header: date_part(header) or 0))
            words = {"headers": "”, “".join(headers), "column": column}
            table.notes.add(None, _("The columns “%(headers)s” were read together as %(column)s.") % words)
    return table


def joined(table: Table, headers: Sequence[str]) -> Table:
    """Return a table with the parts of a date in the place of the first of them."""
    first, *others = (table.header.index(header) for header in headers)
    kept = [place for place in range(len(table.header)) if place not in others]

    def rows() -> Iterator[TableRow]:
        for row in table.rows:
            if row.fault:
                yield row
                continue
            cells = [*row.cells]
            cells[first] = one_date(*(cells[place].strip() for place in (first, *others)))
            faults = {first if place in others else place: fault for place, fault in row.cell_faults.items()}
            faults = {new: faults[old] for new, old in enumerate(kept) if old in faults}
            yield row._replace(cells=[cells[place] for place in kept], cell_faults=faults)

    places = [table.places[place] for place in kept]
    return replace(table, header=[table.header[place] for place in kept], rows=rows(), places=places)


def one_date(year: str, month: str, day: str = "") -> str:
    """Return a date of its parts, as it is written with numbers or with the name of a month."""
    if not month:
        return " ".join(filter(None, [day, year]))  # a day without a month is no date, and is refused as such
    if month.isdigit():
        return "-".join(filter(None, [year, month.zfill(2), day.zfill(2) if day.isdigit() else day]))
    return " ".join(filter(None, [day, month, year]))
