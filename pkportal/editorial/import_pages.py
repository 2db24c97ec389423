"""What the page of an imported file shows: progress, what is asked, the rows by what becomes of them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.changes.import_reading import MAPPING, REASONS, opened_table
from pkportal.changes.import_rows import drafted_in, rows_shown
from pkportal.changes.imported_files import (
    WORKING,
    ImportedFile,
    ImportState,
    PreviewRow,
    RowOutcome,
    SavedMapping,
)
from pkportal.exchange.columns import cell_diff
from pkportal.exchange.csv_file import escape_formula, write_line
from pkportal.exchange.registry import resources_by_model

ROWS_A_PAGE = 200
LONG_HTML = 20_000  # characters of HTML
SHOWING_ROWS = [ImportState.STAGED, ImportState.REFUSED]
ALL, ASKED = "all", "asked"
TABS = {
    ALL: gettext_lazy("all"),
    ASKED: gettext_lazy("asked about"),
    **{outcome.value: outcome.label for outcome in RowOutcome},
}


class Tab(NamedTuple):
    """One choice of rows, with how many there are."""

    name: str
    label: str
    number: int
    is_current: bool


class ShownRow(NamedTuple):
    """A row of the preview: its cells in the columns in which anything changes."""

    row: PreviewRow
    cells: list[str]


def page_context(imported: ImportedFile, request: Any) -> dict[str, Any]:
    """Return what the page of a file shows in its state."""
    context: dict[str, Any] = {"first_of_same": imported.first_of_same()}
    if imported.state in WORKING:
        context["progress"] = progress_of(imported)
    if imported.state == ImportState.ASKING:
        context |= question_context(imported)
    if imported.state in SHOWING_ROWS:
        context |= rows_context(imported, request.GET)
        context["drafted"] = drafted_in(imported)
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
        "unfoldings": [("=".join(pair), *pair) for pair in imported.question["unfoldings"]],
        "columns": columns,
        "constants": [(name, label, imported.constants.get(name, "")) for name, label in columns],
        "saved_mappings": SavedMapping.objects.filter(kind=imported.kind).values_list("name", flat=True),
    }


def progress_of(imported: ImportedFile) -> dict[str, Any]:
    """Return the rows that are done, the rate, and the seconds that are left, as far as they are known."""
    seconds = (timezone.now() - imported.changed_at).total_seconds()
    rate = imported.rows_done / seconds if seconds > 0 else 0
    left = (imported.rows_of - imported.rows_done) / rate if rate and imported.rows_of else None
    return {"rate": round(rate), "seconds_left": None if left is None else round(left)}


def rows_context(imported: ImportedFile, query: Any) -> dict[str, Any]:
    """Return one page of the rows that were chosen, with the tabs to choose others."""
    tabs = tabs_of(imported, query.get("show", ""))
    current = next(tab.name for tab in tabs if tab.is_current)
    page = Paginator(rows_shown(imported, current), ROWS_A_PAGE).get_page(query.get("p"))
    columns = {column.column_name: column.attribute for column in resources_by_model()[imported.model]().columns()}
    shown = [name for name in imported.changing if name in columns]
    return {
        "tabs": tabs,
        "current": current,
        "page_obj": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "shown_columns": shown,
        "hidden_columns": [name for name in imported.columns if name not in shown],
        "rows": [ShownRow(row, [cell_html(row.cells.get(columns[name])) for name in shown]) for row in page],
        "token": imported.pk if imported.state == ImportState.STAGED and changes_anything(imported) else "",
    }


def tabs_of(imported: ImportedFile, chosen: str) -> list[Tab]:
    """Return the choices of which there are rows; a choice that means nothing shows what matters most."""
    numbers = {ALL: sum(imported.counts.values()) - imported.rows_refused, ASKED: imported.rows_asked}
    numbers |= {outcome.value: number for outcome, number in imported.counts.items()}
    names = [name for name, number in numbers.items() if number] or [ALL]
    first = RowOutcome.REFUSED.value if imported.rows_refused else ALL
    current = chosen if chosen in names else first
    return [Tab(name, str(TABS[name]), numbers[name], name == current) for name in names]


def changes_anything(imported: ImportedFile) -> bool:
    """True if there is anything to import."""
    return bool(imported.rows_new or imported.rows_changed)


def cell_html(cells: Any) -> str:
    """Return a cell before and after; of a book, its size."""
    html = cell_diff(*cells) if cells else ""
    if len(html) <= LONG_HTML:
        return html
    return format_html("<em>{}</em>", _("a long text of %(size)d characters") % {"size": len(html)})


def refused_lines(imported: ImportedFile) -> Iterator[str]:
    """Yield the refused rows of a file as it was sent, with their reasons, as lines of CSV to be mended and sent again.

    Of a file that is refused as a whole there is the reason alone.
    """
    faults = {row.number: row.faults for row in rows_shown(imported, RowOutcome.REFUSED.value).iterator()}
    reasons = {number: " ".join(map(fault_in_words, found)) for number, found in faults.items()}
    if 0 in reasons:
        yield write_line([REASONS])
        yield write_line([escape_formula(reasons[0])])
        return
    with opened_table(imported) as table:
        places = [place for place, header in enumerate(table.header) if header != REASONS]
        yield write_line([*(table.header[place] for place in places), REASONS])
        for row in table:
            if row.number in reasons:
                cells = [row.cells[place] for place in places]
                yield write_line([*cells, escape_formula(reasons[row.number])])


def fault_in_words(fault: dict[str, str]) -> str:
    """Return one reason why a row is refused, with the column that it is about."""
    return f"{fault['column']}: {fault['reason']}" if fault["column"] else fault["reason"]
