"""Operations of the API: those of each table, and those that an app adds in a module ``api`` of its own."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from pkportal.website.errors import gone, problem_response, refuse_parameters
from pkportal.website.filters import ListFilterSet

from . import documents
from .answers import JsonBody, json_response, rows_body
from .finding import AskedKey, key_of_one_part, nearest_keys, other_key, with_name, withdrawal_named
from .rows import RowPage, UnknownMark, first_page, json_rows, read_page
from .tables import ApiTable, AskedColumns, AskedPage, api_tables


class ApiOperation(NamedTuple):
    """One operation: its path, the name of its address, its view, its part of the document, and if it is of an app."""

    path: str
    url_name: str
    view: Callable[..., HttpResponse]
    document: Callable[[], dict[str, Any]]
    is_of_app: bool = False


_of_apps: list[ApiOperation] = []


def add_operation(path: str, url_name: str, document: Callable[[], dict[str, Any]]) -> Callable:
    """Return a decorator that adds a view of an app to the API: ``@add_operation("ships/fleets", "fleets", …)``."""

    def add(view):
        _of_apps.append(ApiOperation(path, url_name, view, document, is_of_app=True))
        return view

    return add


def operations_of_apps() -> list[ApiOperation]:
    """Return the operations that apps have added."""
    return [*_of_apps]


def operations_of_tables() -> list[ApiOperation]:
    """Return the operations of each table: its pages, a record by the parts of its key, a record by its name."""
    return [operation for table in api_tables() for operation in _operations(table)]


def _operations(table: ApiTable) -> Iterator[ApiOperation]:
    def rows(request):
        return answer_page(table, request)

    def by_key(request):
        return answer_key(table, request)

    def record(request, key: str):
        return answer_record(table, request, key)

    yield ApiOperation(table.name, table.name, rows, partial(documents.list_document, table))
    if not key_of_one_part(table.model):
        yield ApiOperation(f"{table.name}/key", f"{table.name}-key", by_key, partial(documents.key_document, table))
    one = partial(documents.record_document, table)
    yield ApiOperation(f"{table.name}/{{key}}", f"{table.name}-record", record, one)


def answer_page(table: ApiTable, request: HttpRequest) -> HttpResponse:
    """Answer with a page of a table, or with what of the question was not understood."""
    asked = AskedPage(table, request)
    if renamed := asked.renamed():
        return HttpResponsePermanentRedirect(address_with(request, renamed))
    if notices := [*asked.notices()]:
        return refuse_parameters(request, notices, status_of_refusal(asked.filterset))
    try:
        return json_response(request, lambda: page_body(request, asked))
    except UnknownMark as error:
        return no_such_page(request, error)


def no_such_page(request: HttpRequest, error: UnknownMark) -> HttpResponse:
    """Answer 404 for a mark that is of another list or order."""
    detail = _("%(parameter)s is a mark of another list or order: begin again without it.") % {"parameter": error}
    return problem_response(request, 404, _("There is no such page."), detail)


def status_of_refusal(filterset: ListFilterSet | None) -> int:
    """Return 404 where each parameter is understood, but no row can meet all of them, and else 400."""
    return 404 if filterset and filterset.form.contradicts_itself() else 400


def page_body(request: HttpRequest, asked: AskedPage) -> JsonBody:
    """Return a page with the addresses of those before and after it."""
    marks = {name: asked.form.cleaned_data[name] for name in ["after", "before"]}
    limit, order = asked.form.limit_of_rows, asked.order
    if asked.filterset or any(marks.values()):
        page = read_page(asked.columns, asked.records(), limit, order, **marks)
    else:
        page = first_page(asked.table, asked.columns, limit, order)
    return rows_body(page.rows, links_beside(request, asked.query, page))


def links_beside(request: HttpRequest, query: QueryDict, page: RowPage) -> dict[str, str | None]:
    """Return the addresses of the pages before and after one."""
    return {
        "prev": address_with(request, query, before=page.previous) if page.previous else None,
        "next": address_with(request, query, after=page.next) if page.next else None,
    }


def address_with(request: HttpRequest, query: QueryDict, **mark: str) -> str:
    """Return the address of the request with another query, on another page if there is a mark."""
    new = query.copy()
    for name in ["after", "before"] if mark else ():
        new.pop(name, None)
    new.update(mark)
    return request.build_absolute_uri(f"{request.path}?{new.urlencode(safe=',')}" if new else request.path)


def answer_record(table: ApiTable, request: HttpRequest, key: str) -> HttpResponse:
    """Answer with one record, lead on to it from another of its names, or say that it was withdrawn or never there."""
    asked = AskedColumns(table, request)
    if notices := [*asked.notices()]:
        return refuse_parameters(request, notices)
    if rows := json_rows(asked.columns, with_name(table.model, key)):
        return json_response(request, lambda: JsonBody(f"{rows[0]}\n"))
    if renamed := other_key(table.model, key):
        query = f"?{asked.query.urlencode(safe=',')}" if asked.query else ""
        return HttpResponsePermanentRedirect(record_address(table, renamed) + query)
    return answer_missing(table, request, key)


def answer_missing(table: ApiTable, request: HttpRequest, key: str) -> HttpResponse:
    """Answer 410 if a record was withdrawn, or 404 with the nearest."""
    if withdrawal := withdrawal_named(table.model, key):
        return gone(request, withdrawal)
    near = nearest_keys(table.model, key)
    detail = _("The nearest: %(keys)s.") % {"keys": ", ".join(near)} if near else ""
    addresses = [request.build_absolute_uri(record_address(table, code)) for code in near]
    nearest = [{"title": code, "address": address} for code, address in zip(near, addresses, strict=True)]
    return problem_response(request, 404, _("There is no such record."), detail, nearest=nearest)


def answer_key(table: ApiTable, request: HttpRequest) -> HttpResponse:
    """Answer with the record that has the key whose parts are asked for."""
    asked = AskedKey(table, request)
    if notices := [*asked.notices()]:
        return refuse_parameters(request, notices)
    if rows := json_rows(asked.columns, asked.records()):
        return json_response(request, lambda: JsonBody(f"{rows[0]}\n"))
    return problem_response(request, 404, _("No public record has this key."))


def record_address(table: ApiTable, key: str) -> str:
    """Return the address of a record in the API."""
    return reverse(f"api:{table.name}-record", args=[key])
