"""What the page of an imported file shows: progress, what is asked, the rows by what becomes of them."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.changes.import_reading import MAPPING, opened_table
from pkportal.changes.import_stages import drafted_in, stage_of
from pkportal.changes.imported_files import (
    WORKING,
    ImportedFile,
    ImportState,
    RowOutcome,
    SavedMapping,
)
from pkportal.exchange.cells.column_questions import COLUMN_CHOICES
from pkportal.exchange.columns import cell_diff
from pkportal.exchange.refused_rows import refused_lines
from pkportal.exchange.registry import resources_by_model
from pkportal.exchange.staging.header import has_references, key_default
from pkportal.exchange.staging.removals import removed_records
from pkportal.exchange.staging.stage import Fault, Stage
from pkportal.exchange.staging.staged_file import StagedRow, faults_of, rows_of_stage
from pkportal.exchange.unfolding import Unfolding

ROWS_A_PAGE = 200
LONG_HTML = 20_000  # characters of HTML
STORABLE = [ImportState.STAGED, ImportState.REFUSED]
SHOWING_ROWS = [*STORABLE, ImportState.PROPOSED]
ALL, ASKED, REMOVED, NEARLY = "all", "asked", "removed", "near "  # the last is followed by the kind
TABS = {
    ALL: gettext_lazy("all"),
    ASKED: gettext_lazy("asked about"),
    **{outcome.value: outcome.label for outcome in RowOutcome},
    REMOVED: gettext_lazy("not in the file"),
}


class Tab(NamedTuple):
    """One choice of rows, with how many there are."""

    name: str
    label: str
    number: int
    is_current: bool


class ShownRow(NamedTuple):
    """A row of the preview: its cells as HTML by the columns in which anything changes."""

    row: StagedRow
    cells: dict[str, str]


class RowsOfStage:
    """The rows of a stage of some kinds as a sequence: a page of them is one query."""

    def __init__(self, stage: Stage, number: int, kinds: list[str]):
        self.stage, self.number, self.kinds = stage, number, kinds

    def __len__(self):
        return self.number

    def __getitem__(self, part):
        return rows_of_stage(self.stage, part.start, part.stop - part.start, self.kinds)


class NearMissesOfStage(RowsOfStage):
    """The rows of one kind of near misses as a sequence."""

    def __getitem__(self, part):
        return rows_of_stage(self.stage, part.start, part.stop - part.start, near=self.kinds[0])


class FaultsOfStage(RowsOfStage):
    """The faults of a stage as a sequence."""

    def __getitem__(self, part):
        return faults_of(self.stage, part.start, part.stop - part.start)


class RemovalsOfStage(RowsOfStage):
    """The records that a file does not have as a sequence, each with whether it is withdrawn."""

    def __getitem__(self, part):
        return removed_records(self.stage, part.start, part.stop - part.start)


def page_context(imported: ImportedFile, request: Any) -> dict[str, Any]:
    """Return what the page of a file shows in its state."""
    context: dict[str, Any] = {"first_of_same": imported.first_of_same()}
    if imported.state in WORKING:
        context["is_working"] = True
    if imported.state == ImportState.ASKING:
        context |= question_context(imported)
    stage = stage_of(imported) if imported.state in SHOWING_ROWS else None
    if stage:
        context |= rows_context(imported, stage, request.GET)
        context["drafted"] = drafted_in(imported, stage)
        context["conversions"] = imported.conversions
        context["questions"] = [
            {**asked, "choices": COLUMN_CHOICES.get(asked["about"])} for asked in imported.cell_questions
        ]
    elif imported.state == ImportState.REFUSED:
        context["faults"] = [Fault(None, "", "", imported.message)]
    return context


def question_context(imported: ImportedFile) -> dict[str, Any]:
    """Return the question that a file waits for; of its columns, with those of the kind to choose from."""
    if imported.question["name"] != MAPPING:
        return {"question": imported.question}
    resource: Any = resources_by_model()[imported.model]()
    fields = {field.name: field for field in resource._meta.model._meta.get_fields()}
    columns = [
        (column.column_name, str(getattr(fields.get(column.attribute), "verbose_name", column.column_name)))
        for column in resource.columns()
    ]
    return {
        "mapping": imported.question["columns"],
        "unfoldings": [unfolding_choice(Unfolding(*pair)) for pair in imported.question["unfoldings"]],
        "columns": columns,
        "constants": [(name, label, imported.constants.get(name, "")) for name, label in columns],
        "missing": missing_keys(resource, imported),
        "saved_mappings": SavedMapping.objects.filter(kind=imported.kind).values_list("name", flat=True),
    }


def missing_keys(resource: Any, imported: ImportedFile) -> list[str]:
    """Return the columns that say which record a row is, and that no header is, or may be once it is unfolded."""
    there = {*(it["column"] for it in imported.question["columns"]), *imported.constants}
    there |= {name for pair in imported.question["unfoldings"] for part in pair for name in part.split("+")}
    keys = resource.get_import_id_fields()
    if has_references(resource, [*there]):
        return []
    return [name for name in keys if name not in there and key_default(resource, name) is None]


def unfolding_choice(unfolding: Unfolding) -> tuple[str, str, str, bool]:
    """Return one way to unfold a table as an answer, with the columns of its headers and of its cells in words."""
    columns, values = (get_text_list(it, _("and")) for it in (unfolding.header_columns, unfolding.value_columns))
    return "=".join(unfolding), columns, values, unfolding.are_repeated


def rows_context(imported: ImportedFile, stage: Stage, query: Any) -> dict[str, Any]:
    """Return one page of the rows that were chosen, with the tabs to choose others."""
    tabs = tabs_of(imported, query.get("show", ""))
    current = next(tab for tab in tabs if tab.is_current)
    is_refused = current.name == RowOutcome.REFUSED.value
    kinds = [current.name] if current.name in RowOutcome.values else []
    rows = RowsOfStage(stage, current.number, kinds)
    if is_refused:
        rows = FaultsOfStage(stage, imported.faults, [])
    elif current.name.startswith(NEARLY):
        rows = NearMissesOfStage(stage, current.number, [current.name.removeprefix(NEARLY)])
    elif current.name == REMOVED:
        rows = RemovalsOfStage(stage, current.number, [])
    shows_rows = not is_refused and current.name != REMOVED
    page = Paginator(rows, ROWS_A_PAGE).get_page(query.get("p"))
    may_store = imported.state in STORABLE and imported.changes_anything
    return {
        "tabs": tabs,
        "current": current.name,
        "page_obj": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "shown_columns": imported.changing,
        "hidden_columns": [name for name in imported.columns if name not in imported.changing],
        "rows": [shown_row(row, imported.changing) for row in page] if shows_rows else [],
        "removed": [*page] if current.name == REMOVED else [],
        "faults": [*page] if is_refused else [],
        "token": imported.pk if may_store and not imported.faults else "",
        "good_token": imported.pk if may_store and imported.faults else "",
    }


def shown_row(row: StagedRow, columns: list[str]) -> ShownRow:
    """Return a row with its cells as HTML; those that stay as they are show nothing."""
    return ShownRow(row, {name: cell_html(row.cells[name]) for name in columns})


def tabs_of(imported: ImportedFile, chosen: str) -> list[Tab]:
    """Return the choices of which there are rows; a choice that means nothing shows what matters most."""
    numbers = {ALL: sum(imported.counts.values()) - imported.rows_refused, ASKED: imported.rows_asked}
    numbers |= {outcome.value: number for outcome, number in imported.counts.items()}
    numbers |= {RowOutcome.REFUSED.value: imported.rows_refused or imported.faults, REMOVED: imported.rows_removed}
    labels = {**TABS, **{f"{NEARLY}{near['kind']}": near_label(near) for near in imported.near_misses}}
    numbers |= {f"{NEARLY}{near['kind']}": near["rows"] for near in imported.near_misses}
    names = [name for name, number in numbers.items() if number] or [ALL]
    first = RowOutcome.REFUSED.value if imported.faults else ALL
    current = chosen if chosen in names else first
    return [Tab(name, str(labels[name]), numbers[name], name == current) for name in names]


def near_label(near: dict[str, Any]) -> str:
    """Return the label of the choice of one kind of near misses."""
    return _("nearly on record: %(columns)s") % {"columns": near["kind"]}


def cell_html(cells: Sequence[str]) -> str:
    """Return a cell before and after, if it changes; of a book, its size."""
    html = cell_diff(*cells) if cells[0] != cells[1] else ""
    if len(html) <= LONG_HTML:
        return html
    return format_html("<em>{}</em>", _("a long text of %(size)d characters") % {"size": len(html)})


def lines_of_refused(imported: ImportedFile) -> Iterator[str]:
    """Yield the refused rows of a file as it was sent, with their reasons; of a refused file there is the reason."""
    stage = stage_of(imported)
    with opened_table(imported) as table:
        yield from refused_lines(table, faults_of(stage) if stage else [Fault(None, "", "", imported.message)])
