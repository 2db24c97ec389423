"""A zip file of selected rows with all that others need to use them: their columns, licence and citation."""

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateformat import format as format_date

from pkportal.exchange.columns import ExportResource
from pkportal.exchange.csv_file import write_line
from pkportal.exchange.exporting import columns_of, marked_csv
from pkportal.exchange.zip_stream import ZipPart, zipped

from .column_descriptions import describe_column
from .releases.texts import CITATION_FILE

LICENCE_FILE = "LICENSE-CONTENT.md"
COLUMNS_FILE = "about/columns.csv"  # in a folder, as it is no table to load
WITH_DRAFTS = "Rows that nobody has published are among them: pass on only what readers may see."
README_TEXT = """\
{title}
{line}

{filters}

{address}
Downloaded on {day}. {scope}

{name}.csv         the rows
{columns}  what each column means, and how its values are written
{licence} the licence, CC BY 4.0, and what belongs to others
CITATION.cff       how to cite them, for programs

Cite the source of a figure first: its code is in the row. Cite the selection so:

    {citation}

CSV is UTF-8 with a byte order mark, commas and a header. Records name each other by codes; several values in a cell
are separated by semicolons. A blank cell means that nothing is on record; it never means zero. A date is as exact as
it is known: 1999, 1999-06 or 1999-06-12. A text that a spreadsheet would run as a formula, or that has blanks around
it, has an apostrophe before it. People, aircraft and ships are counted on a date: never add such figures up over dates.
"""


class Selection(NamedTuple):
    """Rows that a reader chose: what they are, the filters in words, and the address that shows them."""

    title: str
    filters: list[str]
    address: str

    @property
    def citation(self) -> str:
        """Return the sentence by which the rows are cited, as they are today."""
        parts = ["Peacekeeping Record", self.title.lower(), *self.filters]
        return f"{', '.join(parts)}, as of {format_date(timezone.localdate(), 'j F Y')}, {self.address} (CC BY 4.0)."


def package(
    selection: Selection,
    resource: type[ExportResource],
    records: QuerySet,
    is_explained: bool,
    name: str,
    public: bool = True,
) -> Iterator[bytes]:
    """Yield the zip file of a selection, public or as it is stored; it can be loaded as it is."""
    blocks = marked_csv(resource, records, public, is_explained)
    parts = [
        ZipPart("README.txt", [readme_text(selection, name, public)]),
        ZipPart(LICENCE_FILE, [(settings.BASE_DIR / LICENCE_FILE).read_text(encoding="utf-8")]),
        ZipPart("CITATION.cff", [citation_of(selection)]),
        ZipPart(COLUMNS_FILE, column_lines(resource, is_explained, public)),
        ZipPart(f"{name}.csv", blocks, may_be_huge=True),
    ]
    yield from zipped(parts)


def readme_text(selection: Selection, name: str, public: bool) -> str:
    """Return what the package has, for people."""
    return README_TEXT.format(
        title=selection.title,
        line="=" * len(selection.title),
        filters="\n".join(selection.filters) or "All rows.",
        address=selection.address,
        day=format_date(timezone.localdate(), "j F Y"),
        scope="" if public else WITH_DRAFTS,
        name=name,
        columns=COLUMNS_FILE,
        licence=LICENCE_FILE,
        citation=selection.citation,
    )


def citation_of(selection: Selection) -> str:
    """Return ``CITATION.cff``: of a selection, the day is its version."""
    day = timezone.localdate()
    return CITATION_FILE.format(version=f"{day:%Y-%m-%d}", day=day, address=selection.address)


def column_lines(resource: type[ExportResource], is_explained: bool, public: bool) -> Iterator[str]:
    """Yield a CSV file with a row for each column."""
    yield write_line(["column", "meaning", "note", "written_as", "codes"])
    for column in columns_of(resource, public, is_explained):
        name, meaning, note, written_as, codes = describe_column(column, resource._meta.model)
        in_words = "; ".join(f"{it.code}: {it.label}{f' ({it.meaning})' if it.meaning else ''}" for it in codes)
        yield write_line(map(str, [name, meaning, note, written_as, in_words]))
