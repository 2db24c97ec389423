"""Operations of the record that the API has beside its tables: the panel of figures."""

import json
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.utils.translation import gettext as _

from missions.filters import PanelFilter
from missions.models import Contribution, Mission, ValueState, YearlyFigure, yearly_figures, yearly_rows
from pkportal.content.queries import IsAmong, keys_of
from pkportal.website.api.answers import JsonBody, json_response, rows_body
from pkportal.website.api.documents import responses, rows_schema
from pkportal.website.api.keyset import sort_keys
from pkportal.website.api.operations import (
    add_operation,
    address_with,
    links_beside,
    no_such_page,
    status_of_refusal,
)
from pkportal.website.api.page_form import MAX_PAGE_ROWS, PageForm
from pkportal.website.api.rows import PagePlace, UnknownMark
from pkportal.website.api.schemas import DATE_SCHEMA, parameter
from pkportal.website.errors import refuse_parameters
from pkportal.website.notices import with_values

PANEL_ORDER = "panel"  # in which a mark is a place


class PanelPageForm(PageForm):
    """Form of a page of the panel, which by default is as large as a page may be."""

    @property
    def limit_of_rows(self) -> int:
        """How many rows the page has at most."""
        return self.cleaned_data["limit"] or MAX_PAGE_ROWS


def rule_of_panel() -> str:
    """Return in words which figure a cell of the panel has."""
    return _(
        "One row for each mission, nation and year that has a figure: the latest of the year, never a sum over dates. "
        "A figure of the whole force comes before figures by place. Of several sources for that date the better graded "
        "counts, then the newer; its figures by place are added up where it states no whole. Figures of several "
        "missions are not added either: their dates differ."
    )


def panel_document() -> dict[str, Any]:
    """Return the panel as OpenAPI describes it."""
    filterset = PanelFilter(None, queryset=Contribution.objects.none())
    texts = dict.fromkeys(["mission", "country", "source"], {"type": "string"})
    numbers = dict.fromkeys(["year", "quantity"], {"type": "integer"})
    state = {"type": "string", "enum": ValueState.values}
    columns = {**texts, **numbers, "value_state": state, "as_of": DATE_SCHEMA}
    row = {"type": "object", "properties": columns, "additionalProperties": False}
    fields = {**filterset.form.fields, **PanelPageForm(columns=YearlyFigure._fields).fields}
    return {
        "operationId": "panel_of_contributions",
        "summary": _("A panel of figures by mission, nation and year"),
        "description": rule_of_panel(),
        "tags": ["contributions"],
        "parameters": [parameter(name, field) for name, field in fields.items()],
        "responses": responses(rows_schema(row, rule={"type": "string"}), 400, 404),
    }


@add_operation("contributions/panel", "contributions-panel", panel_document)
def answer_panel(request: HttpRequest) -> HttpResponse:
    """Answer with the panel of the figures that were asked for."""
    query = with_values(request.GET)
    figures = Contribution.objects.filter(IsAmong(F("mission"), keys_of(Mission.objects.published())))
    filterset = PanelFilter(query, queryset=figures)
    if renamed := filterset.renamed(query):
        return HttpResponsePermanentRedirect(address_with(request, renamed))
    form = PanelPageForm(query, columns=YearlyFigure._fields)
    if notices := [*filterset.notices(query, form.labels()), *form.notices()]:
        return refuse_parameters(request, notices, status_of_refusal(filterset))
    try:
        return json_response(request, lambda: panel_body(request, query, filterset, form))
    except UnknownMark as error:
        return no_such_page(request, error)


def panel_body(request: HttpRequest, query: QueryDict, filterset: PanelFilter, form: PanelPageForm) -> JsonBody:
    """Return a page of the panel with the rule by which it was made."""
    marks = {name: form.cleaned_data[name] for name in ["after", "before"]}
    rows, place = yearly_rows(filterset.qs), PagePlace(PANEL_ORDER, form.limit_of_rows, **marks)
    *keys, _pk = sort_keys(rows)  # no two rows are of one mission, nation and year
    names = form.columns or YearlyFigure._fields
    page = place.page(
        [
            (json.dumps({name: getattr(figure, name) for name in names}), *map(str, figure.key))
            for figure in yearly_figures(place.select(rows, keys))
        ]
    )
    return rows_body(page.rows, links_beside(request, query, page), rule=rule_of_panel())
