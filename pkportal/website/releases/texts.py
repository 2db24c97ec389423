"""The files of a release that people read: what it holds, how to cite it, and what changed since the last."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pkportal.exchange.registry import resources_by_name

from .models import Release
from .tables import ReleaseTable, title_of_table

NOT_CARRIED = (
    "A release has what the public may read, and nothing else: no drafts, no records that are unpublished or "
    "withdrawn, no history, no change sets, no accounts and no log."
)
README = """\
# Peacekeeping Record {version}

{about}

Released on {day}. {not_carried}

| file | what it is |
|---|---|
{files}

CSV is UTF-8 without a byte order mark, with commas and a header. Records name each other by codes; several values in
a cell are separated by semicolons. A blank cell means that nothing is on record. A date is as exact as it is known:
1999, 1999-06 or 1999-06-12. A text that a spreadsheet would run as a formula has an apostrophe before it. People,
aircraft and ships are counted on a date: never add such figures up over dates.

    sha256sum --check SHA256SUMS            # whether the files are as they were released
    frictionless validate datapackage.json  # whether they are as they are described
    datasette record.sqlite --metadata metadata.json
    manage.py load FOLDER                   # into a portal of your own: this folder, or the zip file

## Cite

{citation}

Of a figure, cite its source first: its code is in the row.
"""
FILES = [
    ("datapackage.json", "columns, types, keys and links for programs (Frictionless Data Package 2.0)"),
    ("codes/code_lists.csv", "the codes of all columns that have a fixed list of them, and what they mean"),
    ("record.sqlite", "the same tables for SQL and Datasette; several values in a cell are rows of a table of links"),
    ("metadata.json", "words for Datasette"),
    ("CHANGES.md", "what changed since the last release"),
    ("CITATION.cff", "how to cite it, for programs"),
    ("LICENSE-CONTENT.md", "the licence, CC BY 4.0, and what belongs to others"),
    ("SHA256SUMS", "the checksum of every other file"),
]
CITATION_FILE = """\
cff-version: 1.2.0
message: "Cite a figure by its source first; cite the collection as below."
type: dataset
title: Peacekeeping Record
authors:
  - name: The Peacekeeping Record maintainers
version: {version}
date-released: {day:%Y-%m-%d}
license: CC-BY-4.0
url: "{address}"
"""


class ChangedTable(NamedTuple):
    """A table of which rows differ from the release before: how many came, changed and went."""

    title: str
    added: int
    changed: int
    removed: int

    @property
    def in_words(self) -> str:
        """Return the numbers that are not zero: “Events: 3 added, 1 removed”."""
        words = [_("%s added"), _("%s changed"), _("%s removed")]
        numbers = [self.added, self.changed, self.removed]
        parts = [text % intcomma(number) for text, number in zip(words, numbers, strict=True) if number]
        return f"{self.title}: {', '.join(parts)}"


class ToldChange(NamedTuple):
    """A major change as readers were told of it."""

    day: str
    title: str
    note: str


def citation(release: Release) -> str:
    """Return the sentence by which a release is cited."""
    day, address = format_date(release.day, "j F Y"), f"{settings.SITE_URL}{release.path}"
    return f"Peacekeeping Record, release {release.version}, {day}, {address} (CC BY 4.0)."


def citation_file(release: Release) -> str:
    """Return ``CITATION.cff``."""
    return CITATION_FILE.format(version=release.version, day=release.day, address=f"{settings.SITE_URL}{release.path}")


def readme(release: Release, tables: Iterable[ReleaseTable], about: str) -> str:
    """Return ``README.md``."""
    files = [(f"{table.name}.csv", f"{table.title}: {release.counts[table.name][0]} rows") for table in tables]
    lines = "\n".join(f"| `{name}` | {words} |" for name, words in [*files, *FILES])
    return README.format(
        version=release.version,
        about=about,
        day=format_date(release.day, "j F Y"),
        not_carried=NOT_CARRIED,
        files=lines,
        citation=citation(release),
    )


def change_notes(release: Release, previous: Release | None) -> str:
    """Return ``CHANGES.md``: the notes, the rows that differ by table, and the sentences of major changes."""
    lines = [f"# Changes in {release.version}", "", *([release.notes, ""] if release.notes else [])]
    if previous is None:
        return "\n".join([*lines, "This is the first release.", ""])
    lines += [f"Since {previous.version}, of {format_date(previous.day, 'j F Y')}:", ""]
    if changed := changed_tables(release):
        lines += ["| table | added | changed | removed |", "|---|---:|---:|---:|"]
        lines += [f"| {table} | {added} | {differing} | {removed} |" for table, added, differing, removed in changed]
    else:
        lines += ["No row of any table differs."]
    if release.told:
        lines += ["", "Major changes:", "", *(f"* {day}, {title}: {note}" for day, title, note in told_by(release))]
    return "\n".join([*lines, ""])


def changed_tables(release: Release) -> list[ChangedTable]:
    """Return the tables of which rows differ from the release before."""
    titles = {name: title_of_table(resource._meta.model) for name, resource in resources_by_name().items()}
    return [
        ChangedTable(titles.get(name, name), *changed)
        for name, (_rows, *changed) in release.counts.items()
        if any(changed)
    ]


def told_by(release: Release) -> list[ToldChange]:
    """Return the major changes that a release tells of."""
    return [
        ToldChange(format_date(date.fromisoformat(told["day"]), "j F Y"), capfirst(told["title"]), told["note"])
        for told in release.told
    ]
