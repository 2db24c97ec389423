"""The API as django-ninja has it: its operations at their addresses, and the OpenAPI document that describes them."""

import json
from functools import partial
from itertools import chain
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import is_valid_path, reverse
from django.utils.module_loading import autodiscover_modules
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from pkportal.content.version import EDITION
from pkportal.website.choices import nearest
from pkportal.website.errors import problem_response

from .answers import JsonBody, json_response
from .docs import described_operations
from .documents import PROBLEMS, component_schemas, tables_document
from .finding import key_of_one_part
from .operations import ApiOperation, operations_of_apps, operations_of_tables, record_address
from .page_form import MAX_PAGE_ROWS, PAGE_ROWS
from .shared_values import share_values
from .tables import api_tables

READ_METHODS = ["GET", "HEAD"]


class PortalAPI(NinjaAPI):
    """The API of the portal; each operation describes itself, with the choices that its filters have now."""

    def __init__(self, operations: list[ApiOperation], **options: Any):
        super().__init__(**options)
        self.documented = sorted(operations, key=lambda operation: operation.is_of_app)
        for operation in operations:
            name = operation.url_name
            self.api_operation(READ_METHODS, f"/{operation.path}", url_name=name, operation_id=name)(operation.view)

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """Return the OpenAPI document."""
        document = super().get_openapi_schema(**kwargs)
        root = self.get_root_path({})
        document["paths"] = {f"{root}{it.path}": {"get": it.document()} for it in self.documented}
        document["components"]["schemas"] = component_schemas(api_tables())
        share_values(document)
        return document


def answer_tables(request: HttpRequest) -> HttpResponse:
    """Answer with the addresses of all tables, of the OpenAPI document and of the page that describes the API."""
    tables = {it.name: request.build_absolute_uri(reverse(f"api:{it.name}")) for it in api_tables()}
    others = {name: request.build_absolute_uri(reverse(f"api:{name}")) for name in ["openapi", "docs"]}
    return json_response(request, lambda: JsonBody(json.dumps({"tables": tables, **others}, indent=1)))


autodiscover_modules("api")
api = PortalAPI(
    [ApiOperation("", "tables", answer_tables, tables_document), *operations_of_apps(), *operations_of_tables()],
    title=_("API of the Peacekeeping Record"),
    version="1",
    description=_("What is public here, for reading, as JSON. The parameters are those of the public lists."),
    urls_namespace="api",
    openapi_url=None,  # ours is kept, and our page needs no script
)


@api.api_operation(READ_METHODS, "/openapi.json", url_name="openapi", include_in_schema=False)
def openapi_document(request: HttpRequest) -> HttpResponse:
    """Answer with the OpenAPI document, which is made once for each state of the content."""
    edition = request.environ.get(EDITION)

    def make():
        return JsonBody(json.dumps(api.get_openapi_schema(), ensure_ascii=False))

    return json_response(request, partial(edition.keep, "openapi.json", make) if edition else make)


@api.api_operation(READ_METHODS, "/docs", url_name="docs", include_in_schema=False)
def docs_page(request: HttpRequest) -> HttpResponse:
    """Show the OpenAPI document to people, in the frame of the portal."""
    context = {
        "groups": described_operations(api.get_openapi_schema()),
        "examples": example_addresses(),
        "problems": PROBLEMS.items(),
        "page_rows": PAGE_ROWS,
        "max_rows": MAX_PAGE_ROWS,
        "site_url": settings.SITE_URL,
    }
    return render(request, "website/api.html", context)


def example_addresses() -> list[str]:
    """Return some addresses that answer: of a list, of a record by its key, and of one by its reference."""
    table = next(table for table in api_tables() if table.list_view() and key_of_one_part(table.model))
    address = reverse(f"api:{table.name}")
    rows = table.published().values_list(key_of_one_part(table.model), "reference")
    return [f"{address}?limit=2", *(record_address(table, name) for name in chain(*rows[:1]))]


@api.api_operation(READ_METHODS, "/{path:rest}", include_in_schema=False)
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Lead on to the address without a slash at its end, or answer 404 with the nearest table."""
    path = request.path_info.rstrip("/")
    if path != request.path_info and is_valid_path(path):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    tables = [(it.name, capfirst(it.model._meta.verbose_name_plural)) for it in api_tables()]
    near = nearest(rest.partition("/")[0], tables)
    detail = _("The nearest: %(keys)s.") % {"keys": near} if near else ""
    found = [{"title": near, "address": request.build_absolute_uri(reverse(f"api:{near}"))}] if near else []
    return problem_response(request, 404, _("The API has nothing at this address."), detail, nearest=found)
