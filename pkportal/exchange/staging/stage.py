"""The staging tables of one file: its rows with typed values, what becomes of each, and why some are refused.

A row that is refused leaves the plan, so whatever reads the plan reads rows that can be applied.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import connection

from pkportal.content.checking import digest_of
from pkportal.exchange.cell_reading import NOTHING_ANSWERED
from pkportal.exchange.copy_out import date_time_sql
from pkportal.exchange.row_names import row_name
from pkportal.exchange.widgets import BooleanWidget, DateTimeWidget

from .hooks import ImportHooks
from .sql import (
    copy_in,
    db_name,
    default_sql,
    digest_sql,
    expression_sql,
    is_given_by_database,
    listed,
    only_value,
    run_sql,
    stored_fields,
)
from .stage_columns import BLANK, COPY_ESCAPES, StageColumn

DOMAINS = """
SELECT attname, format_type(typbasetype, typtypmod) FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
WHERE attrelid = %s::regclass AND typtype = 'd'
"""
FAULT_ESCAPES = COPY_ESCAPES | {0: ""}  # PostgreSQL cannot store NUL
QUESTION = "pk_row integer, question text, kind text, near_pk bigint"  # the last two of a row that looks like a record
DIGEST = '"checked_digest"'
PREVIEW_ORDER = "(changed = 0 AND NOT is_new), pk_row"  # unchanged rows last
ABOUT_CELL, ABOUT_ROW = 0, 1  # what a fault is about: it is found in a cell, or by comparing rows


class Fault(NamedTuple):
    """Why a row of a file is refused: its number in the spreadsheet, the column if it is about one, and the reason."""

    row: int | None
    column: str
    text: str
    reason: str

    @property
    def row_name(self) -> str:
        """Return what the row is called: by its number, or by the cell that it is; nothing for the whole file."""
        return row_name(self.row) if self.row else ""


class Stage:
    """Staging tables of one file. They are temporary, or kept until they are dropped."""

    def __init__(self, resource: ImportHooks, columns: Iterable[StageColumn], is_kept: bool, name: str = ""):
        self.resource, self.model = resource, resource._meta.model
        self.columns, self.is_kept = [*columns], is_kept
        self.conversions: list[Any] = []  # what was read in texts that are not written as a dump writes them
        self.cell_questions: list[Any] = []  # what a person can answer so that refused cells are read
        self.answers = NOTHING_ANSWERED  # of a person about cells
        self.name = name or f"pk_stage_{uuid4().hex}"
        self.rows, self.plan, self.faults, self.questions, self.removed = table_names(self.name)
        self.table = db_name(self.model._meta.db_table)
        self.pk = db_name(self.model._meta.pk.column)
        self.by_name = {column.sql_name: column for column in self.columns if column.is_stored}

    # Tables

    @property
    def create(self) -> str:
        """Return how a table begins."""
        return "CREATE UNLOGGED TABLE" if self.is_kept else "CREATE TEMPORARY TABLE"

    @property
    def end(self) -> str:
        """Return until when a table lives."""
        return "" if self.is_kept else "ON COMMIT DROP"

    def make(self) -> None:
        """Make the tables of rows, of faults and of questions."""
        domains = dict(run_sql(DOMAINS, [self.table]))
        columns = [part for column in self.columns for part in column.declarations(domains)]
        run_sql(
            f"{self.create} {self.rows} {self.end} AS "
            f"SELECT {listed(['0 AS pk_row', *columns])} FROM {self.table} t WITH NO DATA"
        )
        fault = "pk_row integer, about smallint, place integer, name text, cell text, reason text"
        run_sql(f"{self.create} {self.faults} ({fault}) {self.end}")
        run_sql(f"{self.create} {self.questions} ({QUESTION}) {self.end}")

    # Parts of statements

    @property
    def source(self) -> str:
        """Return the tables that say what a row of the plan is to be: s the file, d the plan, t the record as it is."""
        return f"{self.rows} s JOIN {self.plan} d USING (pk_row) LEFT JOIN {self.table} t ON t.{self.pk} = d.record_id"

    @cached_property
    def future_columns(self) -> dict[str, str]:
        """Return what each stored column of a record is to be, by its quoted name."""
        future = {}
        for field in stored_fields(self.model):
            name = db_name(field.column)
            column = self.by_name.get(name)
            if column is None:
                future[name] = f"CASE WHEN d.is_new THEN {default_sql(field)} ELSE t.{name} END"
            elif column.is_reference:
                future[name] = f"coalesce(s.{name}, t.{name})"
            elif column.is_default:
                future[name] = f"CASE WHEN d.is_new THEN s.{name} ELSE t.{name} END"
            else:
                future[name] = f"s.{name}"
        return future

    @property
    def future(self) -> str:
        """Return the query of the records as they are to be."""
        columns = [f"{what} AS {name}" for name, what in self.future_columns.items()]
        columns = ["d.pk_row", f"d.record_id AS {self.pk}", "d.is_new", "d.changed", *columns]
        if self.mark is None:
            return f"SELECT {listed(columns)} FROM {self.source}"
        names = [name for name in self.future_columns if name != DIGEST]
        digest = expression_sql(self.model, digest_of(*self.model.checked_fields))
        marked = f"CASE WHEN is_marked THEN {digest} ELSE '' END AS {DIGEST}"
        row = listed(["pk_row", self.pk, "is_new", "changed", *names, marked])
        unmarked = listed([*columns, f"s.{self.mark.sql_name} AS is_marked"])
        return f"SELECT {row} FROM (SELECT {unmarked} FROM {self.source}) AS unmarked"

    @cached_property
    def mark(self) -> StageColumn | None:
        """Return the column that says which records are checked, if the file marks any."""
        if not self.resource.marks_checked:
            return None
        return next((column for column in self.columns if column.is_mark), None)

    @property
    def writes(self) -> str:
        """Return the condition that a row of the plan writes anything."""
        return "(is_new OR changed <> 0)"

    @cached_property
    def digest(self) -> str:
        """Return the digest of a record as it is, with those of its links that the file has."""
        return digest_sql(self.model, "t", [self.links_now(column.field) for column in self.columns if column.is_links])

    def links_now(self, field: Any) -> str:
        """Return the sorted primary keys that a record is linked to."""
        through, own, other = through_names(field)
        links = f"SELECT {other} FROM {through} WHERE {own} = t.{self.pk} ORDER BY 1"
        return f"ARRAY({links})::bigint[]"

    def bit(self, column: StageColumn) -> int:
        """Return the bit of a column among what changes."""
        return 1 << self.columns.index(column)

    def cell_sql(self, column: StageColumn) -> str:
        """Return the text of a cell of the file that is no link."""
        cell = f"s.{column.sql_name}"
        match column.column.widget:
            case BooleanWidget():
                return f"CASE WHEN {cell} THEN 'yes' ELSE 'no' END"
            case DateTimeWidget():
                return f"coalesce({date_time_sql(cell)}, '')"
        return f"coalesce({cell}::text, '')"

    @cached_property
    def given_by_database(self) -> dict[str, str]:
        """Return how the database gives the columns of a new row that the file leaves to it, by quoted name."""
        fields = [field for field in stored_fields(self.model) if is_given_by_database(field)]
        return {db_name(field.column): expression_sql(self.model, field.db_default) for field in fields}

    # Faults

    def refuse(self, query: str, parameters: Iterable[Any] = ()) -> int:
        """Add the faults that a query selects, and return how many: row, name of the column, text of the cell, reason.

        Their rows leave the plan with ``leave_refused``.
        """
        inserted = f"""
            INSERT INTO {self.faults} SELECT pk_row, {ABOUT_ROW}, 0, name, cell, reason
            FROM ({query}) AS found (pk_row, name, cell, reason)
        """
        with connection.cursor() as cursor:
            cursor.execute(inserted, tuple(parameters))
            return cursor.rowcount

    def refuse_rows(self, faults: Iterable[Fault]) -> None:
        """Add faults that were found row by row."""
        lines = (fault_line(ABOUT_ROW, 0, fault) for fault in faults)
        copy_in(f"COPY {self.faults} FROM STDIN", "".join(lines))

    def leave_refused(self) -> None:
        """Take the refused rows out of the plan."""
        run_sql(f"DELETE FROM {self.plan} d USING {self.faults} f WHERE f.pk_row = d.pk_row")

    def has_faults(self) -> bool:
        """True if any row, or the file, is refused."""
        return only_value(f"SELECT EXISTS (SELECT FROM {self.faults})")


def table_names(name: str) -> list[str]:
    """Return the quoted names of the tables of a stage."""
    return [db_name(f"{name}{part}") for part in ["", "_plan", "_faults", "_questions", "_removed"]]


def drop_tables(name: str) -> None:
    """Drop the tables of a stage."""
    run_sql(f"DROP TABLE IF EXISTS {listed(table_names(name))}")


def fault_line(about: int, place: int, fault: Fault) -> str:
    """Return a fault as COPY reads it."""
    number = BLANK if fault.row is None else fault.row
    words = "\t".join(word.translate(FAULT_ESCAPES) for word in [fault.column, fault.text, fault.reason])
    return f"{number}\t{about}\t{place}\t{words}\n"


def through_names(field: Any) -> tuple[str, str, str]:
    """Return the quoted names of the table of links of a field, and of its columns of this record and the other."""
    names = [field.m2m_db_table(), field.m2m_column_name(), field.m2m_reverse_name()]
    through, own, other = map(db_name, names)
    return through, own, other
