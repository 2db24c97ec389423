"""What changed on a list since a release, with the filters of the list: as a page and as CSV."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from pkportal.changes.cells import draft_columns
from pkportal.changes.comparing import cell_differences
from pkportal.changes.wording import CellWords
from pkportal.content.pages import HasPage
from pkportal.exchange.exporting import BYTE_ORDER_MARK, download_response

from ..active_filters import active_filters
from ..choices import quoted
from ..errors import problem_response, refuse_parameters
from ..notices import Notice, repeated_parameters, said, unknown_value
from .models import Release
from .selection_changes import ComparedSelection, RowChange

SINCE = "since"
SHOWN_CHANGES = 100  # rows of each kind on the page; the file has all
LONG_NAME = 60  # characters of one part of a title
LONG_CELL_TEXT = 200  # characters; longer texts of a row that came or went are left to the file


class ShownCell(NamedTuple):
    """A cell of a row: what readers call the column, and its words, or the difference of them."""

    label: str
    words: str | SafeString


class ShownChange(NamedTuple):
    """A row that came, changed or went, in words."""

    title: str
    reference: str
    cells: list[ShownCell]


class ChangeGroup(NamedTuple):
    """The rows that came, those that changed or those that went: how many there are, and the first of them."""

    kind: str
    number: int
    changes: list[ShownChange]

    @property
    def hidden(self) -> int:
        """Return how many more there are."""
        return self.number - len(self.changes)


def changes_response(view: Any, file_format: str) -> HttpResponseBase:
    """Respond to a list that is asked what changed in its selection since a release; the newest unless one is named."""
    releases = [*Release.objects.defer("unseen_history")]
    release, notices = asked_release(view, releases)
    notices += [*view.filterset.notices(view.query, {SINCE: _("Since release")})]
    if file_format == "html":
        return changes_page(view, releases, release, notices)
    if notices:
        return refuse_parameters(view.request, notices)
    if release is None:
        return problem_response(view.request, 404, _("No release has been made yet, so there is nothing to compare."))
    return changes_file(compared(view, release))


def asked_release(view: Any, releases: list[Release]) -> tuple[Release | None, list[Notice]]:
    """Return the release that the address names, or the newest, and what is wrong with the name."""
    by_version = {release.version: release for release in releases}
    newest = releases[0] if releases else None
    asked = view.query.get(SINCE)
    notices = [*repeated_parameters(view.query, [SINCE])]
    if asked and asked not in by_version:
        reason = _("“%(value)s” is not a release.") % {"value": quoted(asked)}
        notices.append(unknown_value(view.query, SINCE, asked, reason, [*by_version][:1]))
    return by_version.get(asked, newest), notices


def compared(view: Any, release: Release) -> ComparedSelection:
    """Return the selection of a list with a release."""
    options = view.get_filterset_kwargs(view.filterset_class)
    everything = view.resource._meta.model._default_manager.all()
    filtered = view.filterset_class(**{**options, "queryset": everything}).qs
    return ComparedSelection(view.resource, release, view.filterset.qs, filtered)


def changes_file(selection: ComparedSelection) -> StreamingHttpResponse:
    """Respond with the differences as CSV."""
    name = f"{selection.resource.name}-changes-since-{selection.release}"
    return download_response(chain([BYTE_ORDER_MARK], selection.csv_lines()), "csv", name)


def changes_page(view: Any, releases: list[Release], release: Release | None, notices: list[Notice]) -> HttpResponse:
    """Respond with the page."""
    name, _separator, _rest = view.request.resolver_match.view_name.partition("-changes")
    model, query = view.resource._meta.model, view.query.copy()
    query.pop(SINCE, None)
    filters = f"?{query.urlencode()}" if query else ""
    context = {
        "title": capfirst(str(model._meta.verbose_name_plural)),
        "releases": releases,
        "release": release,
        "groups": groups(compared(view, release).changes(SHOWN_CHANGES), model) if release else [],
        "filter_summary": "; ".join(map(str, active_filters(view))),
        "kept": [(key, value) for key, values in query.lists() for value in values],
        "list_url": reverse(name) + filters,
        "file_url": file_url(name, query, release) if release else "",
        "notices": [said(notice, view.request.path) for notice in notices],
    }
    return render(view.request, "website/list_changes.html", context)


def file_url(name: str, query: Any, release: Release) -> str:
    """Return the address of the file of what the page shows."""
    query = query.copy()
    query[SINCE] = release.version
    return f"{reverse(f'{name}-changes-file')}?{query.urlencode()}"


def groups(changes: Iterable[RowChange], model: Any) -> list[ChangeGroup]:
    """Return the rows in words, by what happened to them; the records that cells name are loaded together."""
    changes = [*changes]
    words = CellWords((model, texts(change)) for change in changes)
    found: dict[str, ChangeGroup] = {}
    for change in changes:
        group = found.setdefault(change.kind, ChangeGroup(change.kind, change.number, []))
        group.changes.append(shown_change(change, model, words))
    return [*found.values()]


def texts(change: RowChange) -> dict[str, list[str]]:
    """Return the cells of a row then and now by column."""
    states = [state for state in (change.was, change.now) if state is not None]
    return {name: [state.get(name, "") for state in states] for name in {name for state in states for name in state}}


def shown_change(change: RowChange, model: Any, words: CellWords) -> ShownChange:
    """Return a row in words: of one that changed the cells that differ, of another its cells but for long texts."""
    cells = change.now if change.now is not None else change.was or {}
    columns = draft_columns(model)
    if change.kind == "changed":
        pairs = {name: ((change.was or {}).get(name, ""), cells.get(name, "")) for name in change.differing}
        shown = [ShownCell(cell.label, cell.html) for cell in cell_differences(model, pairs, words)]
    else:
        names = [name for name in columns if len(cells.get(name, "")) in range(1, LONG_CELL_TEXT)]
        names = [name for name in names if name not in columns_of_title(model)]
        shown = [ShownCell(label_of(model, name), words.of(model, columns[name], cells[name])) for name in names]
    return ShownChange(title_of_row(cells, model, words) or change.reference, change.reference, shown)


def title_of_row(cells: Mapping[str, str], model: Any, words: CellWords) -> str:
    """Return what a row is called: the words of its title columns, each once, without codes, and not too long."""
    titles = []
    for name in columns_of_title(model):
        text = words.of(model, draft_columns(model)[name], cells.get(name, ""))
        titles.append(Truncator(text.removesuffix(f" ({cells.get(name)})")).chars(LONG_NAME))
    return ", ".join(dict.fromkeys(filter(None, titles)))


def columns_of_title(model: Any) -> list[str]:
    """Return the columns that make the title of a row: that of search results, else the natural key."""
    if issubclass(model, HasPage) and model.result_fields.title in draft_columns(model):
        return [model.result_fields.title]
    return [name for name in model.key_fields if name in draft_columns(model)]


def label_of(model: Any, name: str) -> str:
    """Return what readers call a column."""
    return capfirst(str(model._meta.get_field(name).verbose_name))
