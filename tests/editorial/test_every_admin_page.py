"""Every kind of content has a desk, and every page of it answers, at the same cost for any number of records."""

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lessons.models import Challenge, Lesson, RemedialAction, Theme, Topic
from missions.models import (
    Appointment,
    Contribution,
    CostShare,
    Fatality,
    Mission,
    StatedTotal,
)
from pkportal.content.models import Record
from pkportal.content.registry import models_with
from pkportal.exchange.registry import resources_by_name
from pkportal.sources.models import Source
from tests import make
from tests.editorial.pages import address, filled
from tests.equipment.make import equipment
from tests.equipment.models import Equipment

QUERIES_OF_A_SAVE = 29
QUERIES_OF_A_FORM = {"appointment": 11, "remedial_action": 17}

# queries of a list: session, user, two for rights, two counts, the page, and one for each filter that asks
COSTS = dict.fromkeys(models_with(Record), 8) | {
    Source: 7,
    Appointment: 9,
    Contribution: 9,
    Fatality: 9,
    CostShare: 9,
    Theme: 7,
    Challenge: 9,
    Lesson: 9,
    RemedialAction: 7,
    Topic: 7,
}
MAKERS = {model: getattr(make, model._meta.verbose_name.replace(" ", "_"), None) for model in COSTS} | {
    Fatality: make.fatality,
    StatedTotal: make.stated_total,
    CostShare: make.cost_share,
    Equipment: equipment,
}
every_model = pytest.mark.parametrize("model", COSTS, ids=lambda model: model.__name__)


def test_no_kind_of_content_is_without_a_desk_and_a_file():
    assert {*COSTS} == {*models_with(Record)} == {rows._meta.model for rows in resources_by_name().values()}
    assert all(admin.site._registry[model].resource_classes[0] in resources_by_name().values() for model in COSTS)


def test_every_relation_is_found_by_typing(desk, editor):
    request = desk(editor).get(Source, "changelist").wsgi_request
    for model in COSTS:
        form = admin.site._registry[model].get_form(request)
        related = {name: field for name, field in form.base_fields.items() if hasattr(field, "queryset")}
        assert all(isinstance(field.widget.widget, AutocompleteMixin) for field in related.values()), model


@every_model
def test_every_page_of_a_desk_answers_an_editor(desk, editor, model):
    record = MAKERS[model]()
    here = desk(editor)

    pages = [here.get(model, page) for page in ["changelist", "add", "import", "export"]]
    pages += [here.get(model, page, record.pk) for page in ["change", "history"]]

    assert [page.status_code for page in pages] == [200] * 6
    assert here.get(model, "delete", record.pk).status_code == 403
    assert here.get(model, "changelist", q="peace").status_code == 200


@every_model
def test_a_publisher_is_asked_before_deleting(desk, publisher, model):
    assert desk(publisher).get(model, "delete", MAKERS[model]().pk).status_code == 200


@every_model
def test_a_stranger_sees_nothing(desk, stranger, model):
    record = MAKERS[model]()
    here = desk(stranger)

    pages = [here.get(model, page) for page in ["changelist", "add", "import", "export"]]
    pages += [here.get(model, page, record.pk) for page in ["change", "history", "delete"]]

    assert [page.status_code for page in pages] == [403] * 7


@every_model
@pytest.mark.parametrize("records", [1, 3])
def test_a_list_costs_the_same_for_any_number_of_records(desk, editor, model, records, django_assert_num_queries):
    for _ in range(records):
        MAKERS[model]()
    here = desk(editor)

    with django_assert_num_queries(COSTS[model]):
        page = here.get(model, "changelist")

    assert page.context["cl"].result_count >= records


@every_model
def test_every_filter_of_a_list_can_be_used(desk, editor, model):
    MAKERS[model]()
    here = desk(editor)
    cl = here.get(model, "changelist").context["cl"]

    links = {choice["query_string"] for spec in cl.filter_specs for choice in spec.choices(cl)}

    for link in links:
        assert here.client.get(f"{address(model, 'changelist')}{link}").status_code == 200


@every_model
def test_saving_what_nobody_touched_changes_nothing(desk, editor, model):
    record = MAKERS[model]()
    if hasattr(record, "mark_checked"):
        record.mark_checked()
    before = state(record)

    page = desk(editor).save(record)

    assert page.redirect_chain, page.context.get("errors")
    assert state(record) == before


def state(record):
    fields = [field.name for field in record._meta.concrete_fields]
    return type(record).objects.values(*fields).get(pk=record.pk), [
        *getattr(record, "sources", record.history).order_by("pk")
    ]


def test_the_desk_has_the_name_of_the_portal_and_leads_back_to_it(client, admin_user):
    client.force_login(admin_user)
    page = client.get("/admin/")
    assert "Peacekeeping Record – admin" in page.text
    assert '<a href="/">View site</a>' in page.text


@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize(("whole", "add"), [(make.command, "appointment"), (make.lesson, "remedial_action")])
def test_a_form_costs_the_same_for_any_number_of_parts(desk, editor, whole, add, parts, django_assert_num_queries):
    record = whole()
    for _ in range(parts):
        named = {"country": make.country()} if add == "appointment" else {"source": make.source()}
        getattr(make, add)(**{record._meta.model_name: record}, **named)
    here = desk(editor)
    here.get(type(record), "change", record.pk)  # the kinds of content are looked up once a process

    with django_assert_num_queries(QUERIES_OF_A_FORM[add]):
        page = here.get(type(record), "change", record.pk)

    assert str(*named.values()) in page.text


@pytest.mark.parametrize("parts", [1, 3])
def test_saving_costs_the_same_for_any_number_of_parts_that_were_not_changed(
    desk, editor, parts, django_assert_num_queries
):
    mission = make.published_mission()
    for _ in range(parts):
        make.objective(mission=mission, met="met", met_source=make.source())
        make.event(mission=mission)
    here = desk(editor)
    form = filled(here.get(Mission, "change", mission.pk))

    with django_assert_num_queries(QUERIES_OF_A_SAVE):
        page = here.post(Mission, "change", mission.pk, data={**form, "outcome": "Changed."}, follow=False)

    mission.refresh_from_db()
    assert (page.status_code, mission.outcome) == (302, "Changed.")


def test_a_published_record_is_written_once_by_a_save(desk, editor):
    mission = make.published_mission()
    here = desk(editor)
    form = filled(here.get(Mission, "change", mission.pk))

    with CaptureQueriesContext(connection) as queries:
        here.post(Mission, "change", mission.pk, data={**form, "outcome": "Changed."}, follow=False)

    assert sum('UPDATE "missions_mission"' in query["sql"] for query in queries) == 1
