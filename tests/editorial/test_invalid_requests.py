"""Invalid requests to the admin get a page, a reason or status 400, and never a server error."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from lessons.models import Lesson
from missions.models import CostShare, Event, Mandate, Mission
from tests import make
from tests.editorial.pages import admin_url, errors, form_data, problems, publish_drafts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Mandate, "chapter__regex=%5C"),
        (Mandate, "code__icontains=x"),
        (Mandate, "kind__exact=%00"),
        (Mandate, "kind__trigram_similar=x"),
        (Event, "pk__contained_by=0"),
        (CostShare, "period_from__year__lt=x"),
    ],
)
def test_list_accepts_only_the_filters_that_it_offers(admin_as, editor, model, query):
    page = admin_as(editor).client.get(f"{admin_url(model, 'changelist')}?{query}", follow=True)

    assert page.redirect_chain == [(f"{admin_url(model, 'changelist')}?e=1", 302)]
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Mandate, "kind__exact=nonsense"),
        (Mandate, "mission__id__exact=nonsense"),
        (Mandate, "is_checked__exact=nonsense"),
        (Lesson, "themes__id__exact=99999999999999999999"),
        (CostShare, "period_from__year=99999999"),
        (CostShare, "period_from__month=13"),
        (Mandate, "q=%00"),
        (Mandate, "o=nonsense"),
        (Mandate, "p=nonsense"),
    ],
)
def test_invalid_filter_value_does_not_break_the_list(admin_as, editor, model, query):
    page = admin_as(editor).client.get(f"{admin_url(model, 'changelist')}?{query}", follow=True)

    assert page.status_code == 200


def test_autocomplete_ignores_null_characters(admin_as, editor):
    source = make.source(code="report")
    parameters = {"app_label": "missions", "model_name": "contribution", "field_name": "source", "term": "rep\x00ort"}

    data = admin_as(editor).client.get(reverse("admin:autocomplete"), parameters).json()

    assert [result["id"] for result in data["results"]] == [str(source.pk)]


@pytest.mark.parametrize("key", ["nonsense", "-1", "1.5", "\x00", "9" * 5000])
def test_invalid_relation_is_an_error_at_its_field(admin_as, editor, key):
    browser, mandate = admin_as(editor), make.mandate()

    page = browser.save(mandate, mission=key, sources=[key])

    form = page.context["adminform"].form
    assert {*form.errors} == {"mission", "sources"}
    assert browser.get(Mandate, "add", mission=key, sources=key).status_code == 200


@pytest.mark.parametrize("key", ["nonsense", "1.5", "\x00", "9" * 5000])
def test_action_on_invalid_ids_is_a_bad_request(admin_as, editor, key):
    data = {"action": "mark_unchecked", "_selected_action": [make.mandate().pk, key]}

    assert admin_as(editor).post(Mandate, "changelist", data=data).status_code == 400


@pytest.mark.parametrize("name", ["", "+", "mission+", "a b", "\x00", "ä"])
def test_invalid_to_field_is_a_bad_request(admin_as, editor, name):
    browser, mandate = admin_as(editor), make.mandate()

    assert browser.get(Mandate, "changelist", _to_field=name).status_code == 400
    assert browser.get(Mandate, "change", mandate.pk, _to_field=name).status_code == 400
    assert browser.post(Mandate, "add", data={"_to_field": name}).status_code == 400


@pytest.mark.parametrize("number", ["1001", "9999999", "+9999999", "9" * 5000])
@pytest.mark.parametrize("name", ["events-TOTAL_FORMS", "events-INITIAL_FORMS"])
def test_more_forms_than_a_page_can_have_are_a_bad_request(admin_as, editor, name, number):
    data = {"events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0, name: number}

    assert admin_as(editor).post(Mission, "add", data=data).status_code == 400


def test_unique_violation_after_validation_is_a_form_error(admin_as, editor, monkeypatch):
    mission, taken = make.mission(), make.mission()
    browser = admin_as(editor)
    monkeypatch.setattr(
        Mission, "validate_unique", lambda mission, exclude=None: monkeypatch.undo()
    )  # skips the first check only

    page = browser.save(mission, code=taken.code)

    assert errors(page) == ["Mission with this Code already exists."]
    assert Mission.objects.filter(code=taken.code).count() == 1


def test_unexpected_integrity_error_is_raised(admin_as, editor, monkeypatch):
    monkeypatch.setattr(Mission, "validate_unique", lambda mission, exclude=None: None)

    with pytest.raises(IntegrityError):
        admin_as(editor).save(make.mission(), code=make.mission().code)


@pytest.mark.parametrize("number", ["-1", "0", "1"])
def test_inline_forms_that_claim_to_be_new_are_not_stored_twice(admin_as, editor, number):
    mission = make.mission()
    events = [make.event(mission=mission) for _ in range(3)]
    browser = admin_as(editor)

    page = browser.save(mission, **{"events-INITIAL_FORMS": number})

    assert "Event with this Mission, Date and Title already exists." in errors(page)
    assert {*Event.objects.all()} == {*events}


def test_inline_forms_of_a_draft_that_claim_to_be_new_cannot_be_published(admin_as, editor):
    mission = make.published_mission()
    make.event(mission=mission)

    page = admin_as(editor).save(mission, **{"events-INITIAL_FORMS": "0"})

    assert len(problems(page)) == 1


def test_event_that_was_added_meanwhile_is_named(admin_as, editor):
    mission = make.published_mission()
    browser = admin_as(editor)
    form = form_data(browser.get(Mission, "change", mission.pk))
    make.event(mission=mission, date="1999", title="They arrive")
    new = {"events-TOTAL_FORMS": 1, "events-0-date": "1999", "events-0-title": "They arrive"}

    page = browser.post(Mission, "change", mission.pk, data={**form, **new, "events-0-kind": "deployment"})

    assert problems(page) == ["Another event has the same mission, date and title."]


@pytest.mark.parametrize(
    ("sent", "orders"),
    [
        ({"0-order": 2, "1-order": 1}, [2, 1, 3]),
        ({"0-order": 2, "1-order": 3, "2-order": 1}, [2, 3, 1]),
        ({"0-order": 2, "1-order": 3, "2-order": 4}, [2, 3, 4]),
        ({"0-order": 3, "2-DELETE": "on"}, [3, 2]),
        ({"0-order": 4, "3-order": 1, "3-text": "New", "TOTAL_FORMS": 4}, [4, 2, 3, 1]),
    ],
)
@pytest.mark.parametrize("is_public", [False, True])
def test_rows_of_one_page_swap_and_pass_on_their_keys(admin_as, publisher, is_public, sent, orders):
    mission = make.published_mission() if is_public else make.mission()
    for order in [1, 2, 3]:
        make.objective(mission=mission, order=order)

    admin_as(publisher).save(mission, **{f"objectives-{name}": value for name, value in sent.items()})
    publish_drafts()

    assert [objective.order for objective in mission.objectives.order_by("pk")] == orders


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"0-order": 2}, "Objective with this Mission and Order already exists."),
        ({"0-order": 2, "1-order": 3}, "Objective with this Mission and Order already exists."),
        (
            {"0-order": 2, "1-text": "Others"},
            "Please correct the duplicate data for order.",
        ),
        ({"3-order": 2, "3-text": "New", "TOTAL_FORMS": 4}, "Objective with this Mission and Order already exists."),
    ],
)
def test_row_with_the_key_of_another_that_keeps_it_is_refused(admin_as, editor, sent, message):
    mission = make.mission()
    for order in [1, 2, 3]:
        make.objective(mission=mission, order=order)

    page = admin_as(editor).save(mission, **{f"objectives-{name}": value for name, value in sent.items()})

    assert message in page.text
    assert [objective.order for objective in mission.objectives.order_by("pk")] == [1, 2, 3]


def test_same_person_cannot_be_appointed_twice_without_dates(admin_as, editor):
    command = make.command()
    people = {f"appointments-{number}-person": "General X" for number in [0, 1]}

    page = admin_as(editor).save(command, **people, **{"appointments-TOTAL_FORMS": 2})

    assert "Two rows have the same person and from." in page.text
    assert not command.appointments.exists()


@pytest.mark.parametrize("path", ["1/%00", "1/2", "0/x", "x"])
def test_view_on_site_redirects_are_not_found(admin_as, editor, path):
    assert admin_as(editor).client.get(f"/admin/r/{path}/").status_code == 404
