"""Public files: the rows of a list or of a table, in any format, with or without columns that explain them."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.exchange.columns import ExportResource
from pkportal.exchange.exporting import download_response, export_response
from pkportal.exchange.file_names import file_name
from pkportal.exchange.xlsx_writing import TooLargeForWorkbook

from .choices import quoted
from .errors import problem_response
from .notices import Notice, is_tracking, repeated_parameters, unknown_value
from .packages import Selection, package

COLUMN_CHOICE, EXPLAINED = "columns", "all"  # ?columns=all asks for the columns that explain a row
FILE_LABELS = {COLUMN_CHOICE: gettext_lazy("Columns")}  # of the parameters that a file has and a page has not


def columns_notices(query: QueryDict) -> Iterator[Notice]:
    """Yield what is wrong with the parameter that chooses the columns."""
    yield from repeated_parameters(query, [COLUMN_CHOICE])
    asked = query.get(COLUMN_CHOICE, "")
    if asked not in {"", EXPLAINED}:
        reason = _("“%(value)s” is no choice of columns; without it a file has the columns that are stored.")
        yield unknown_value(query, COLUMN_CHOICE, asked, reason % {"value": quoted(asked)}, [EXPLAINED])


def public_file(
    request: HttpRequest, resource: type[ExportResource], records: QuerySet, file_format: str, selection: Selection
) -> HttpResponseBase:
    """Respond with a file of public records, or say why they do not fit into one of its kind."""
    filters = request.GET.copy()
    for name in filter(is_tracking, request.GET):
        del filters[name]
    name, is_explained = file_name(resource.name, filters), request.GET.get(COLUMN_CHOICE) == EXPLAINED
    if file_format == "zip":
        records.exists()  # a database that fails must fail here
        return download_response(package(selection, resource, records, is_explained, name), file_format, name)
    try:
        return export_response(resource, records, file_format, name, is_explained=is_explained)
    except TooLargeForWorkbook as error:
        return problem_response(request, 400, _("These rows do not fit into a workbook."), str(error))
