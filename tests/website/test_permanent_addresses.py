"""Permanent addresses: /r/EV-0123 leads to the row of the record on its page."""

import datetime
import re

import pytest
from django.utils import timezone

from pkportal.content.models import Record
from pkportal.content.registry import models_with
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def mission():
    return make.published_mission(code="kfor")


@pytest.mark.parametrize("name", ["event", "objective", "stated_total", "fatality", "contribution", "challenge"])
@pytest.mark.parametrize("change", [str, str.lower, lambda reference: re.sub("-0+", "-", reference)])
def test_reference_in_any_case_and_without_its_zeros_leads_to_the_row_on_its_page(client, mission, name, change):
    record = getattr(make, name)(mission=mission)

    response = client.get(f"/r/{change(record.reference)}")

    address, fragment = response.headers["Location"].split("#")
    assert (response.status_code, fragment) == (302, record.reference)
    page = client.get(address)
    assert f'id="{record.reference}"' in page.text
    assert page.context.get("notices", []) == []  # the address asks nothing that its page does not know


def test_appointment_cost_share_and_remedial_action_have_a_row(client, mission):
    lesson = make.published_lesson(missions=[mission])
    records = [make.appointment(command=make.command(mission=mission)), make.cost_share()]
    records += [make.remedial_action(lesson=lesson)]
    for record in records:
        page = client.get(f"/r/{record.reference}", follow=True)
        assert f'id="{record.reference}"' in page.text


def test_record_with_a_page_of_its_own_leads_there(client, mission):
    response = client.get(f"/r/{mission.reference}")

    assert response.headers["Location"] == mission.get_absolute_url()


@pytest.mark.parametrize("reference", ["EV-9999", "XYZ-0001", "FIG-1", "nonsense"])
def test_unknown_reference_is_not_found(client, reference):
    assert client.get(f"/r/{reference}").status_code == 404


def test_draft_is_not_found_and_what_was_withdrawn_is_gone(client, mission):
    event, draft = make.event(mission=mission), make.event(mission=make.mission())
    mission.published_at = timezone.now() - datetime.timedelta(days=1)
    mission.save()
    make.withdrawn(mission)

    assert client.get(f"/r/{draft.reference}").status_code == 404
    gone = client.get(f"/r/{event.reference}")
    assert gone.status_code == 410
    assert event.title in gone.text


def test_every_kind_has_an_address():
    for model in models_with(Record):
        assert callable(model.permanent_address)


def test_search_hit_of_a_part_leads_to_its_row(client, mission):
    event = make.event(mission=mission, title="Pristina airfield")

    page = client.get("/search/", {"q": "airfield"})

    assert f'href="{event.get_absolute_url()}#{event.reference}"' in page.text
