"""A file in its staging tables: counts, faults, and its rows page by page with what each cell was and is to be."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pkportal.exchange.row_names import row_name

from .sql import db_name, literal, only_value, run_sql
from .stage import PREVIEW_ORDER, Fault, Stage
from .stage_columns import StageColumn

NEW_ROW, CHANGED_ROW, UNCHANGED_ROW = "new", "changed", "unchanged"
KIND = "CASE WHEN is_new THEN 'new' WHEN changed <> 0 THEN 'changed' ELSE 'unchanged' END"
CONDITIONS = {  # of which the planner knows how many rows there are
    NEW_ROW: "is_new",
    CHANGED_ROW: "(changed <> 0 AND NOT is_new)",
    UNCHANGED_ROW: "(changed = 0 AND NOT is_new)",
}
MOST_ASKED_EACH = 5  # near misses of one kind that are asked about one by one


class Counts(NamedTuple):
    """How many rows of a file are new, changed, unchanged and refused."""

    new: int
    changed: int
    unchanged: int
    refused: int


class StagedRow(NamedTuple):
    """A row of a file: its number, what becomes of it, the record, and what each cell was and is to be."""

    number: int
    kind: str
    pk: int
    reference: str
    title: str
    cells: dict[str, tuple[str, str]]
    question: str

    @property
    def name(self) -> str:
        """Return what the row is called: by its number, or by the cell that it is."""
        return row_name(self.number)


def counts_of(stage: Stage) -> Counts:
    """Count the rows of a staged file by what becomes of them."""
    found = dict(run_sql(f"SELECT {KIND}, count(*) FROM {stage.plan} GROUP BY 1"))
    ((refused,),) = run_sql(f"SELECT count(DISTINCT pk_row) FROM {stage.faults}")
    return Counts(found.get(NEW_ROW, 0), found.get(CHANGED_ROW, 0), found.get(UNCHANGED_ROW, 0), refused)


def count_faults(stage: Stage) -> int:
    """Count the faults of a staged file; a row may have several."""
    return only_value(f"SELECT count(*) FROM {stage.faults}")


def faults_of(stage: Stage, offset: int = 0, limit: int | None = None) -> list[Fault]:
    """Return faults in the order of the rows and their cells."""
    order = "pk_row NULLS FIRST, about, place, name"
    query = f"SELECT pk_row, name, cell, reason FROM {stage.faults} ORDER BY {order} OFFSET %s LIMIT %s"
    return [Fault(*row) for row in run_sql(query, [offset, limit])]


def questions_of(stage: Stage, limit: int) -> list[tuple[int, str]]:
    """Return the first questions about rows, in order; of a kind of near misses of which there are many, none."""
    asked = f"SELECT pk_row, string_agg(question, ' ') FROM {asked_one_by_one(stage)} GROUP BY 1 ORDER BY 1 LIMIT %s"
    return run_sql(asked, [limit])


def count_asked(stage: Stage) -> int:
    """Count the rows about which there is a question that is asked one by one."""
    return only_value(f"SELECT count(DISTINCT pk_row) FROM {asked_one_by_one(stage)}")


def asked_one_by_one(stage: Stage) -> str:
    """Return the query of the questions but those about near misses of a kind of which there are many."""
    many = f"SELECT kind FROM {stage.questions} WHERE kind IS NOT NULL GROUP BY 1 HAVING count(*) > {MOST_ASKED_EACH}"
    return f"(SELECT * FROM {stage.questions} WHERE kind IS NULL OR kind NOT IN ({many})) AS few"


def rows_of_stage(
    stage: Stage, offset: int = 0, limit: int | None = None, kinds: Iterable[str] = (), near: str = ""
) -> list[StagedRow]:
    """Return rows in the order of a preview: those that are asked about first, unchanged ones last.

    With ``near`` they are the near misses of a kind.
    """
    wanted = f"({' OR '.join(CONDITIONS[kind] for kind in kinds)})" if kinds else "true"
    if near:
        wanted = f"pk_row IN (SELECT pk_row FROM {stage.questions} WHERE kind = {literal(near)})"
    is_asked = f"EXISTS (SELECT FROM {stage.questions} q WHERE q.pk_row = d.pk_row)"
    rows = f"FROM {stage.plan} d WHERE {wanted}"
    number = only_value(f"SELECT count(*) {rows} AND {is_asked}")
    page = f"SELECT pk_row, {KIND}, record_id {rows}"
    of_page = f"ORDER BY {PREVIEW_ORDER} OFFSET %s LIMIT %s"
    found = run_sql(f"{page} AND {is_asked} {of_page}", [offset, limit]) if offset < number else []
    if limit is None or len(found) < limit:
        place = [max(offset - number, 0), None if limit is None else limit - len(found)]
        is_other = f"AND NOT {is_asked}" if number else ""  # else an index gives the order alone
        found += run_sql(f"{page} {is_other} {of_page}", place)
    return [*paged_rows(stage, found)]


def paged_rows(stage: Stage, found: list[tuple]) -> Iterator[StagedRow]:
    """Yield rows with their cells; linked records are named by their codes, in one query a column."""
    resource: Any = stage.resource
    pks, numbers = [pk for _row, _kind, pk in found], [row for row, _kind, _pk in found]
    records = resource.select_columns(stage.model._base_manager.filter(pk__in=pks), public=False)
    before = {record.pk: resource.cells(record) for record in records}
    references = {record.pk: record.reference for record in records}
    names = [column.column_name for column in resource.columns()]
    after = future_cells(stage, numbers)
    asked = f"SELECT pk_row, string_agg(question, ' ') FROM {stage.questions} WHERE pk_row = ANY (%s) GROUP BY 1"
    questions = dict(run_sql(asked, [numbers]))
    for row, kind, pk in found:
        was = dict(zip(names, before.get(pk, [""] * len(names)), strict=True))
        cells = {name: (was[name], str(after[row].get(name, was[name]))) for name in names}
        key = [cells[name][1] for name in resource.get_import_id_fields()]
        title = " · ".join(filter(None, key))
        yield StagedRow(row, kind, pk, references.get(pk, ""), title, cells, questions.get(row, ""))


def future_cells(stage: Stage, rows: list[int]) -> dict[int, dict[str, str]]:
    """Return the texts of the cells as they are to be, by number of the row."""
    resource: Any = stage.resource
    staged = {column.name: column for column in stage.columns}
    columns = [staged.get(it.column_name) or StageColumn(resource, it) for it in resource.columns()]
    extra = [f"s.{c.sql_name} AS {link_alias(c)}" for c in stage.columns if c.is_links and not c.is_self_link]
    extra += [f"s.{c.codes_name} AS {link_alias(c)}" for c in stage.columns if c.is_self_link]
    extra += [f"s.{stage.mark.sql_name} AS pk_mark"] if stage.mark else []
    more = "".join(f", {column}" for column in extra)
    query = f"SELECT f.*{more} FROM ({stage.future}) AS f JOIN {stage.rows} s USING (pk_row)"
    raw = stage.model._base_manager.raw(f"{query} WHERE f.pk_row = ANY (%s)", [rows])
    records = [*raw]
    codes = {column.name: codes_of(column, records) for column in columns if column.is_link or column.is_links}
    after = dict[int, dict[str, str]]()
    for record in records:
        cells = ((column.name, cell_of_row(stage, column, record, codes)) for column in columns)
        after[record.pk_row] = {name: cell for name, cell in cells if cell is not None}
    return after


def link_alias(column: StageColumn) -> str:
    """Return the name under which links are selected: the attributes of a model take no arrays."""
    return db_name(f"pk_{column.attribute}")


def codes_of(column: StageColumn, records: list[Any]) -> dict[int, str]:
    """Return the codes of the records that a column links to, by primary key."""
    widget: Any = column.column.widget
    if column.is_links:
        pks = {pk for record in records for pk in getattr(record, f"pk_{column.attribute}", None) or ()}
    else:
        pks = {getattr(record, column.field.attname) for record in records}  # type: ignore[union-attr]
    if column.is_links and column.is_self_link:
        return {}
    return dict(widget.model._base_manager.filter(pk__in=pks - {None}).values_list("pk", widget.key))


def cell_of_row(stage: Stage, column: StageColumn, record: Any, codes: Any) -> str | None:
    """Return the text of a cell as it is to be, or None where the file says nothing of it."""
    widget: Any = column.column.widget
    in_file = column in stage.columns
    if column.is_mark:
        return widget.render(record.pk_mark) if stage.mark else None
    if column.is_links or (column.is_self_link and in_file):
        linked = getattr(record, f"pk_{column.attribute}", None)
        if linked is None:
            return None
        return ";".join(sorted(linked if column.is_self_link else (codes[column.name][pk] for pk in linked)))
    if column.is_link:
        return codes[column.name].get(getattr(record, column.field.attname), "")  # type: ignore[union-attr]
    return widget.render(getattr(record, column.attribute))
