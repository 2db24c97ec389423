"""Operations of the record that the API has beside its tables: the panel of figures."""

import json
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from missions.filters import PanelFilter
from missions.models import Contribution, Mission, ValueState, YearlyFigure, yearly_figures
from pkportal.content.queries import IsAmong, keys_of
from pkportal.website.api.answers import JsonBody, json_response
from pkportal.website.api.documents import responses
from pkportal.website.api.operations import add_operation, address_with, status_of_refusal
from pkportal.website.api.schemas import DATE_SCHEMA, parameter
from pkportal.website.errors import refuse_parameters
from pkportal.website.notices import with_values


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
    row = {"type": "object", "properties": columns, "required": [*YearlyFigure._fields], "additionalProperties": False}
    body = {"data": {"type": "array", "items": row}, "rule": {"type": "string"}}
    return {
        "operationId": "panel_of_contributions",
        "summary": _("A panel of figures by mission, nation and year"),
        "description": rule_of_panel(),
        "tags": ["contributions"],
        "parameters": [parameter(name, field) for name, field in filterset.form.fields.items()],
        "responses": responses({"type": "object", "properties": body, "required": [*body]}, 400, 404),
    }


@add_operation("contributions/panel", "contributions-panel", panel_document)
def answer_panel(request: HttpRequest) -> HttpResponse:
    """Answer with the panel of the figures that were asked for."""
    query = with_values(request.GET)
    figures = Contribution.objects.filter(IsAmong(F("mission"), keys_of(Mission.objects.published())))
    filterset = PanelFilter(query, queryset=figures)
    if renamed := filterset.renamed(query):
        return HttpResponsePermanentRedirect(address_with(request, renamed))
    if notices := [*filterset.notices(query)]:
        return refuse_parameters(request, notices, status_of_refusal(filterset))
    return json_response(request, lambda: panel_body(filterset))


def panel_body(filterset: PanelFilter) -> JsonBody:
    """Return the panel with the rule by which it was made."""
    lines = ",".join(f"\n{json.dumps(figure._asdict())}" for figure in yearly_figures(filterset.qs))
    return JsonBody(f'{{"data": [{lines}\n], "rule": {json.dumps(rule_of_panel())}}}\n')
