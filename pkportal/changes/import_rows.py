"""Rows of a file that waits: kept when it was read, shown by page and by what becomes of them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pkportal.exchange.importing import ImportedRow, ImportResult, Refusal, shorten
from pkportal.exchange.registry import resources_by_model

from .imported_files import ImportedFile, PreviewRow, RowOutcome
from .models import Change, ChangeSet

LONGEST_VALUE, LONGEST_REASON = 300, 900  # characters of a fault that are kept
ROWS_AT_ONCE = 1000
ASKED_RANK = 0
OUTCOMES = {
    ImportedRow.IMPORT_TYPE_NEW: RowOutcome.NEW,
    ImportedRow.IMPORT_TYPE_UPDATE: RowOutcome.CHANGED,
    ImportedRow.IMPORT_TYPE_SKIP: RowOutcome.UNCHANGED,
}


def keep_rows(imported: ImportedFile, result: ImportResult) -> None:
    """Keep what a file would do, row by row, and count it."""
    imported.rows.all().delete()
    rows = [*rows_of_result(imported, result)]
    PreviewRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
    imported.rows_new, imported.rows_changed, imported.rows_unchanged, imported.rows_refused = (
        sum(row.outcome == outcome for row in rows) for outcome in RowOutcome.values
    )
    imported.faults = len(result.refusals)
    imported.rows_asked = sum(bool(row.question) for row in rows)
    imported.rows_done = imported.rows_of = len(rows)
    imported.not_marked, imported.fingerprint = result.not_marked, result.fingerprint
    imported.columns = [*result.columns]
    changing = {name for row in rows for name in row.cells}
    columns = resources_by_model()[imported.model]().columns()
    imported.changing = [column.column_name for column in columns if column.attribute in changing]
    imported.conversions = [read._asdict() for read in result.conversions]


def keep_refusal(imported: ImportedFile, reason: str) -> None:
    """Keep why a file is refused as a whole."""
    keep_rows(imported, ImportResult(imported.name, refusals=[Refusal(imported.name, reason)]))


def rows_of_result(imported: ImportedFile, result: ImportResult) -> Iterator[PreviewRow]:
    """Yield the rows of a result; those that are refused have all their faults."""
    for row in result.rows:
        yield PreviewRow(
            imported_file=imported,
            number=row.number,
            rank=ASKED_RANK if row.question else 1 if row.import_type != ImportedRow.IMPORT_TYPE_SKIP else 2,
            outcome=OUTCOMES[row.import_type],
            reference=row.reference or "",
            title=row.title,
            cells={name: [*cells] for name, cells in row.cells.items()},
            question=row.question,
        )
    faults: dict[int, list[Refusal]] = defaultdict(list)
    for refusal in result.refusals:
        faults[refusal.row or 0].append(refusal)
    for number, refusals in faults.items():
        yield PreviewRow(
            imported_file=imported,
            number=number,
            outcome=RowOutcome.REFUSED,
            faults=[fault_of(refusal) for refusal in refusals],
        )


def fault_of(refusal: Refusal) -> dict[str, str]:
    """Return one reason why a row is refused, as it is kept: one cell may contain a book."""
    value = shorten(refusal.value, LONGEST_VALUE)
    reason = shorten(refusal.reason.replace(refusal.value, value) if refusal.value else refusal.reason, LONGEST_REASON)
    return {"column": refusal.column, "value": value, "reason": reason}


def rows_shown(imported: ImportedFile, choice: str) -> Any:
    """Return the rows of one outcome, those that are asked about, or all that are not refused."""
    rows = PreviewRow.objects.filter(imported_file=imported)
    if choice == "asked":
        return rows.filter(rank=ASKED_RANK)
    if choice in RowOutcome.values:
        return rows.filter(outcome=choice)
    return rows.exclude(outcome=RowOutcome.REFUSED)


def drafted_in(imported: ImportedFile) -> list[ChangeSet]:
    """Return the open change sets that change records of a file too."""
    references = imported.rows.filter(outcome=RowOutcome.CHANGED).values("reference")
    changes = Change.objects.filter(kind=imported.kind, reference__in=references)
    return [*ChangeSet.objects.open().filter(pk__in=changes.values("change_set")).order_by("pk")]
