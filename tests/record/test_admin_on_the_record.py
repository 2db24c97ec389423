"""The admin on the whole record: pages of the largest mission cost few queries."""

import pytest

from missions.models import Mission
from pkportal.content.models import Status
from tests.editorial.conftest import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher_client(client, settings):
    settings.STAFF_MFA = "optional"
    client.force_login(member("publisher", "Publisher"))
    return client


def test_deletion_page_of_the_largest_mission_costs_at_most_40_queries(publisher_client, django_assert_max_num_queries):
    mission = Mission.objects.get(code="kfor")
    Mission.objects.filter(pk=mission.pk).update(status=Status.DRAFT)

    with django_assert_max_num_queries(40):
        page = publisher_client.get(f"/admin/missions/mission/{mission.pk}/delete/")

    assert len(page.context["protected"]) > 100


def test_history_of_the_largest_mission_costs_at_most_50_queries(publisher_client, django_assert_max_num_queries):
    mission = Mission.objects.get(code="kfor")

    with django_assert_max_num_queries(50):
        page = publisher_client.get(f"/admin/missions/mission/{mission.pk}/history/")

    (moment,) = page.context["moments"]
    assert "more: Contributions" in " ".join(moment.left_out)
