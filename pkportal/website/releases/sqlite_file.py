"""A SQLite file of a release, for Datasette and for SQL: real types, keys, and a table for each link of many to many.

It is made from the CSV files of the release, so it says what they say. Dates are text, as far as they are known.
"""

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pkportal.exchange.csv_file import unescape_formula
from pkportal.exchange.widgets import split_values

from .datapackage import CODE_LIST_COLUMNS
from .tables import ReleaseTable, TableColumn

SQL_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
READ: dict[str, Callable[[str], Any]] = {"integer": int, "number": float, "boolean": lambda cell: int(cell == "yes")}
BATCH = 5_000  # rows


class LinksTable(NamedTuple):
    """A table of the links of one column: its name, and its two columns."""

    name: str
    owner: str
    linked: str


def write_sqlite(path: Path, folder: Path, tables: list[ReleaseTable], codes: list[list[str]]) -> None:
    """Write all tables to a new file, from the CSV files in a folder and from the code lists."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        for table in tables:
            for statement in statements_of(table):
                database.execute(statement)
        for table in tables:
            fill(database, table, folder / f"{table.name}.csv")
        columns = ", ".join(f"{quoted_name(name)} TEXT" for name in CODE_LIST_COLUMNS)
        database.execute(f'CREATE TABLE "code_lists" ({columns}, PRIMARY KEY ("table", "column", "code"))')
        database.executemany(
            "INSERT INTO code_lists VALUES (?, ?, ?, ?, ?)", ([cell or None for cell in row] for row in codes)
        )
        database.commit()
        database.execute("VACUUM")


def statements_of(table: ReleaseTable) -> Iterator[str]:
    """Yield the statements that create a table, those of its links, and an index of each code that it has of others."""
    parts = [column_sql(column, table.primary_key) for column in table.own_columns]
    parts += [f"UNIQUE ({quoted_names(key)})" for key in table.unique_keys]
    yield create_table(table.name, parts)
    for column in table.own_columns:
        if column.link:
            index = quoted_name(f"{table.name}_{column.name}")
            yield f"CREATE INDEX {index} ON {quoted_name(table.name)} ({quoted_name(column.name)})"
    for column in (column for column in table.columns if column.type == "list"):
        name, owner, linked = links_table(table, column)
        linked_sql = f"{quoted_name(linked)} TEXT NOT NULL"
        if column.link:
            linked_sql += f" REFERENCES {quoted_name(column.link.table)} ({quoted_name(column.link.column)})"
        owner_sql = f"{quoted_name(owner)} TEXT NOT NULL {references(table.name, table.primary_key)}"
        yield create_table(name, [owner_sql, linked_sql, f"PRIMARY KEY ({quoted_names([owner, linked])})"])
        index = quoted_name(f"{name}_{linked}")
        yield f"CREATE INDEX {index} ON {quoted_name(name)} ({quoted_name(linked)})"


def create_table(name: str, parts: Iterable[str]) -> str:
    """Return the statement that creates a table, a column in a line."""
    lines = ",\n  ".join(parts)
    return f"CREATE TABLE {quoted_name(name)} (\n  {lines}\n)"


def column_sql(column: TableColumn, primary_key: str) -> str:
    """Return the definition of a column."""
    words = [quoted_name(column.name), SQL_TYPES.get(column.type, "TEXT")]
    if column.name == primary_key:
        words.append("PRIMARY KEY")
    elif column.is_unique:
        words.append("UNIQUE")
    if column.is_required:
        words.append("NOT NULL")
    if column.link:
        words.append(references(column.link.table, column.link.column))
    return " ".join(words)


def references(table: str, column: str) -> str:
    """Return the clause of a foreign key."""
    return f"REFERENCES {quoted_name(table)} ({quoted_name(column)})"


def links_table(table: ReleaseTable, column: TableColumn) -> LinksTable:
    """Return the table of the links of a column: ``missions_sources``, with the columns mission and sources."""
    return LinksTable(f"{table.name}_{column.name}", table.model._meta.model_name, column.name)


def fill(database: sqlite3.Connection, table: ReleaseTable, path: Path) -> None:
    """Insert the rows of a CSV file, some thousand at a time, and the links in their cells."""
    own = table.own_columns
    lists = [(column.name, links_table(table, column).name) for column in table.columns if column.type == "list"]
    insert = f"INSERT INTO {quoted_name(table.name)} VALUES ({', '.join('?' * len(own))})"  # noqa: S608 - our own names
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        while batch := [*islice(rows, BATCH)]:
            database.executemany(insert, ([value_of(column, row[column.name]) for column in own] for row in batch))
            for name, links in lists:
                pairs = (
                    (unescape_formula(row[table.primary_key]), value)
                    for row in batch
                    for value in split_values(unescape_formula(row[name]))
                )
                database.executemany(f"INSERT INTO {quoted_name(links)} VALUES (?, ?)", pairs)  # noqa: S608


def value_of(column: TableColumn, cell: str) -> Any:
    """Return the value of a cell; a blank one is NULL."""
    if cell == "":
        return None
    return READ[column.type](cell) if column.type in READ else unescape_formula(cell)


def quoted_name(name: str) -> str:
    """Return a name as SQL."""
    return f'"{name}"'


def quoted_names(names: Iterable[str]) -> str:
    """Return names as SQL, with commas."""
    return ", ".join(map(quoted_name, names))
