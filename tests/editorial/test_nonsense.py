"""Whatever a browser sends to the desk, the desk answers: with the page, with a reason, or with “bad request”."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from lessons.models import Lesson
from missions.models import CostShare, Event, Mandate, Mission
from pkportal.sources.models import Source
from tests import make
from tests.editorial.pages import address, errors, filled

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "question"),
    [
        (Mandate, "chapter__regex=%5C"),
        (Mandate, "code__icontains=x"),
        (Mandate, "kind__exact=%00"),
        (Mandate, "kind__trigram_similar=x"),
        (Event, "pk__contained_by=0"),
        (CostShare, "period_from__year__lt=x"),
    ],
)
def test_a_list_is_filtered_by_what_it_offers_and_by_nothing_else(desk, editor, model, question):
    page = desk(editor).client.get(f"{address(model, 'changelist')}?{question}", follow=True)

    assert page.redirect_chain == [(f"{address(model, 'changelist')}?e=1", 302)]
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("model", "question"),
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
def test_an_answer_without_sense_leads_back_to_the_list(desk, editor, model, question):
    page = desk(editor).client.get(f"{address(model, 'changelist')}?{question}", follow=True)

    assert page.status_code == 200


def test_typing_what_no_text_can_hold_finds_what_is_left_of_it(desk, editor):
    source = make.source(code="report")
    asked = {"app_label": "missions", "model_name": "contribution", "field_name": "source", "term": "rep\x00ort"}

    found = desk(editor).client.get(reverse("admin:autocomplete"), asked).json()

    assert [it["id"] for it in found["results"]] == [str(source.pk)]


@pytest.mark.parametrize("key", ["nonsense", "-1", "1.5", "\x00", "9" * 5000])
def test_a_relation_to_nothing_is_refused_beside_its_box(desk, editor, key):
    here, mandate = desk(editor), make.mandate()

    page = here.save(mandate, mission=key, sources=[key])

    form = page.context["adminform"].form
    assert {*form.errors} == {"mission", "sources"}
    assert here.get(Mandate, "add", mission=key, sources=key).status_code == 200


@pytest.mark.parametrize("key", ["nonsense", "1.5", "\x00", "9" * 5000])
def test_acting_on_what_is_no_record_is_a_bad_request(desk, editor, key):
    chosen = {"action": "mark_checked", "_selected_action": [make.mandate().pk, key]}

    assert desk(editor).post(Mandate, "changelist", data=chosen).status_code == 400


def test_a_record_is_not_looked_for_by_a_field_without_a_name(desk, editor):
    assert desk(editor).get(Mandate, "change", make.mandate().pk, _to_field="").status_code == 200


def test_whoever_is_slower_by_a_moment_hears_that_the_name_is_taken(desk, editor, monkeypatch):
    source, taken = make.source(), make.source()
    fields = {"title": "T", "kind": "news"}
    here = desk(editor)
    monkeypatch.setattr(Source, "validate_unique", lambda it, exclude=None: monkeypatch.undo())  # of the first check

    page = here.post(Source, "add", data={**fields, "code": taken.code})

    assert errors(page) == ["Source with this Code already exists."]
    assert {*Source.objects.all()} == {source, taken}


def test_a_refusal_that_no_form_foresees_is_not_hidden(desk, editor, monkeypatch):
    monkeypatch.setattr(Source, "validate_unique", lambda it, exclude=None: None)
    taken = make.source()

    with pytest.raises(IntegrityError):
        desk(editor).post(Source, "add", data={"title": "T", "kind": "news", "code": taken.code})


@pytest.mark.parametrize("number", ["-1", "0", "1"])
def test_parts_that_claim_to_be_new_are_not_stored_twice(desk, editor, number):
    mission = make.published_mission()
    events = [make.event(mission=mission) for _ in range(3)]
    here = desk(editor)

    page = here.save(mission, **{"events-INITIAL_FORMS": number})

    assert "Event with this Mission, Date and Title already exists." in errors(page)
    assert {*Event.objects.all()} == {*events}


def test_an_event_that_somebody_else_wrote_meanwhile_is_refused_in_words(desk, editor):
    mission = make.published_mission()
    here = desk(editor)
    form = filled(here.get(Mission, "change", mission.pk))
    make.event(mission=mission, date="1999", title="They arrive")
    new = {"events-TOTAL_FORMS": 1, "events-0-date": "1999", "events-0-title": "They arrive"}

    page = here.post(Mission, "change", mission.pk, data={**form, **new, "events-0-kind": "deployment"})

    assert errors(page) == ["Event with this Mission, Date and Title already exists."]


def test_two_objectives_cannot_change_their_numbers_at_once_and_it_is_said(desk, editor):
    mission = make.published_mission()
    for order in [1, 2]:
        make.objective(mission=mission, order=order)

    page = desk(editor).save(mission, **{"objectives-0-order": 2, "objectives-1-order": 1})

    assert "Objective with this Mission and Order already exists." in errors(page)
    assert [it.order for it in mission.objectives.order_by("pk")] == [1, 2]


def test_one_person_is_not_appointed_twice_without_a_date(desk, editor):
    command = make.command()
    twice = {f"appointments-{nth}-person": "General X" for nth in [0, 1]}

    page = desk(editor).save(command, **twice, **{"appointments-TOTAL_FORMS": 2})

    assert "Two of them have the same person and from." in page.text
    assert not command.appointments.exists()


def test_a_text_that_search_cannot_hold_is_refused_in_words(desk, editor):
    page = desk(editor).save(make.published_mission(), summary="x " * 30_000)

    assert errors(page) == ["The text has 60000 characters; it can have 50000."]


@pytest.mark.parametrize("record", ["1/%00", "1/2", "0/x", "x"])
def test_no_number_leads_past_the_desk_to_a_page(desk, editor, record):
    assert desk(editor).client.get(f"/admin/r/{record}/").status_code == 404
