"""Every model of content has admin pages, which work for each role at the same cost for any number of records."""

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
    CountryName,
    Fatality,
    Mission,
    MissionName,
    StatedTotal,
)
from pkportal.content.models import Record
from pkportal.content.registry import models_with
from pkportal.exchange.registry import resources_by_name
from pkportal.sources.models import Source
from pkportal.website.models import Synonym
from tests import make
from tests.editorial.pages import admin_url, form_data, publish_drafts
from tests.equipment.make import equipment
from tests.equipment.models import Equipment

QUERIES_OF_A_SAVE = 19
QUERIES_OF_A_FORM = {"appointment": 16, "remedial_action": 18}

# queries of a list: session, user, two for rights, the count, the page, and one for each filter that asks
COSTS = dict.fromkeys(models_with(Record), 7) | {
    Source: 6,
    Synonym: 6,
    Appointment: 8,
    Contribution: 8,
    Fatality: 8,
    CostShare: 8,
    Theme: 6,
    Challenge: 8,
    Lesson: 8,
    RemedialAction: 6,
    Topic: 6,
}
MAKERS = {model: getattr(make, model._meta.verbose_name.replace(" ", "_"), None) for model in COSTS} | {
    Fatality: make.fatality,
    StatedTotal: make.stated_total,
    CostShare: make.cost_share,
    CountryName: make.country_name,
    MissionName: make.mission_name,
    Equipment: equipment,
}
every_model = pytest.mark.parametrize("model", COSTS, ids=lambda model: model.__name__)


def test_every_model_of_content_has_an_admin_and_a_resource():
    assert {*COSTS} == {*models_with(Record)} == {resource._meta.model for resource in resources_by_name().values()}
    assert all(admin.site._registry[model].resource_classes[0] in resources_by_name().values() for model in COSTS)


def test_every_relation_has_an_autocomplete_widget(admin_as, editor):
    request = admin_as(editor).get(Source, "changelist").wsgi_request
    forms = {model: admin.site._registry[model].get_form(request) for model in COSTS}
    relations = {
        f"{model.__name__}.{name}": field
        for model, form in forms.items()
        for name, field in form.base_fields.items()
        if hasattr(field, "queryset")
    }

    assert {"Contribution.country", "Mission.sources"} <= relations.keys()
    other = [name for name, field in relations.items() if not isinstance(field.widget.widget, AutocompleteMixin)]
    assert other == []


@every_model
@pytest.mark.parametrize("records", [1, 3])
def test_list_costs_the_same_for_any_number_of_records(admin_as, editor, model, records, django_assert_num_queries):
    for _ in range(records):
        MAKERS[model]()
    browser = admin_as(editor)

    with django_assert_num_queries(COSTS[model]):
        page = browser.get(model, "changelist")

    assert page.context["cl"].result_count >= records


@every_model
@pytest.mark.usefixtures("unrendered")
def test_every_filter_of_a_list_works(admin_as, editor, model):
    MAKERS[model]()
    browser = admin_as(editor)
    cl = browser.get(model, "changelist").context_data["cl"]

    links = {choice["query_string"] for spec in cl.filter_specs for choice in spec.choices(cl)}

    for link in links:
        assert browser.client.get(f"{admin_url(model, 'changelist')}{link}").status_code == 200


@every_model
def test_saving_an_unchanged_form_changes_nothing(admin_as, editor, model):
    record = MAKERS[model]()
    if hasattr(record, "mark_checked"):
        record.mark_checked()
    before = state(record)

    page = admin_as(editor).save(record)

    assert page.redirect_chain, page.context.get("errors")
    assert state(record) == before


def state(record):
    fields = [field.name for field in record._meta.concrete_fields]
    return type(record).objects.values(*fields).get(pk=record.pk), [
        *getattr(record, "sources", record.history).order_by("pk")
    ]


def test_admin_has_the_name_of_the_portal_and_links_to_it(client, admin_user):
    client.force_login(admin_user)
    page = client.get("/admin/")
    assert "Peacekeeping Record – admin" in page.text
    assert '<a href="/">View site</a>' in page.text


@pytest.mark.parametrize("parts", [1, 3])
@pytest.mark.parametrize(("make_parent", "part"), [(make.command, "appointment"), (make.lesson, "remedial_action")])
def test_form_costs_the_same_for_any_number_of_parts(
    admin_as, editor, make_parent, part, parts, django_assert_num_queries
):
    record = make_parent()
    for _ in range(parts):
        related = {"country": make.country()} if part == "appointment" else {"source": make.source()}
        getattr(make, part)(**{record._meta.model_name: record}, **related)
    browser = admin_as(editor)
    browser.get(type(record), "change", record.pk)  # content types are cached once per process

    with django_assert_num_queries(QUERIES_OF_A_FORM[part]):
        page = browser.get(type(record), "change", record.pk)

    assert str(*related.values()) in page.text


@pytest.mark.parametrize("changed_parts", [0, 3])
@pytest.mark.parametrize("parts", [3, 5])
def test_saving_costs_the_same_for_any_number_of_parts(
    admin_as, editor, parts, changed_parts, django_assert_num_queries
):
    mission = make.published_mission()
    for _ in range(parts):
        make.objective(mission=mission, met="met", met_source=make.source())
        make.event(mission=mission)
    browser = admin_as(editor)
    form = form_data(browser.get(Mission, "change", mission.pk))

    form |= {f"objectives-{row}-text": "Changed." for row in range(changed_parts)}

    with django_assert_num_queries(QUERIES_OF_A_SAVE):
        page = browser.post(Mission, "change", mission.pk, data={**form, "outcome": "Changed."}, follow=False)

    assert page.status_code == 302
    publish_drafts()
    mission.refresh_from_db()
    assert mission.outcome == "Changed."
    assert mission.objectives.filter(text="Changed.").count() == changed_parts


def test_saving_an_unpublished_record_writes_it_once(admin_as, editor):
    mission = make.mission()
    browser = admin_as(editor)
    form = form_data(browser.get(Mission, "change", mission.pk))

    with CaptureQueriesContext(connection) as queries:
        browser.post(Mission, "change", mission.pk, data={**form, "outcome": "Changed."}, follow=False)

    assert sum('UPDATE "missions_mission"' in query["sql"] for query in queries) == 1
