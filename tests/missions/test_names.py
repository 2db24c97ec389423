"""Other names of countries and missions, and short titles of sources: what the database keeps of them."""

import pytest
from django.db import IntegrityError

from missions.models import MissionName
from tests import make

pytestmark = pytest.mark.django_db


def test_code_may_mean_one_country_in_one_list_and_another_in_another():
    make.country_name(name="100", kind="code_cow")
    make.country_name(name="100", kind="code_m49")


def test_former_name_may_lead_to_several_countries():
    make.country_name(name="Serbia and Montenegro", kind="former")
    make.country_name(name="Serbia and Montenegro", kind="former")


@pytest.mark.parametrize("name", [make.country_name, make.mission_name])
def test_name_cannot_go_out_of_use_before_it_came_into_use(name):
    with pytest.raises(IntegrityError, match="name_ends_after_it_starts"):
        name(from_date="2004", to_date="2003-12")


def test_name_of_a_mission_is_public_with_its_mission():
    make.mission_name(mission=make.mission())
    public = make.mission_name(mission=make.published_mission())

    assert [*MissionName.objects.published()] == [public]


def test_mission_cannot_be_under_nato_before_it_starts():
    make.mission(start_date="2001-12", under_nato_from="2003-08-11")

    with pytest.raises(IntegrityError, match="mission_starts_before_nato_leads_it"):
        make.mission(start_date="2001-12", under_nato_from="2001-11-30")


def test_two_sources_have_two_short_titles_or_none():
    make.source(short_title="Anadolu reserve force 2025")
    make.source()
    make.source()

    with pytest.raises(IntegrityError, match="source_short_title"):
        make.source(short_title="Anadolu reserve force 2025")


def test_figure_is_doubtful_until_it_is_checked():
    figure = make.contribution(doubt="15 between 185 and 186")
    assert figure.open_doubt

    figure.mark_checked()

    assert not figure.open_doubt
