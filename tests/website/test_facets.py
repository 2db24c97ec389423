"""The number beside each answer of a filtered list is the number of rows that this answer would give."""

import re

import pytest

from lessons.filters import LessonFilter
from missions.filters import ContributionFilter, CountryFilter, MissionFilter
from pkportal.website.facets import count_facets
from tests import make

pytestmark = pytest.mark.django_db


def counts(client, address):
    """Give what the list behind an address offers: for each question its codes with their numbers."""
    form = client.get(address).context["filter"].form
    return {
        name: {code: number for code, _label, number in field.widget.options if number is not None}
        for name, field in form.fields.items()
        if getattr(field.widget, "options", None) is not None
    }


def missions():
    host, other = make.country(name="Host"), make.country(name="Other")
    top = make.command(code="top")
    led = make.published_mission(type="peacekeeping", host_countries=[host, other])
    below = make.command(code="below", parent=top, mission=led)
    far = make.published_mission(type="humanitarian-relief", region="africa", host_countries=[host])
    make.command(code="lowest", parent=below, mission=far)
    for mission, nation in [(led, host), (led, host), (led, other), (far, other)]:
        make.contribution(mission=mission, country=nation)
    make.mandate(mission=led, kind="agreement")
    make.mandate(mission=led, kind="agreement")
    make.mandate(mission=make.mission(name="Draft", type="air-policing-no-fly", host_countries=[host]))
    return host, other


def test_each_number_is_what_the_list_has_if_the_answer_is_given_in_place_of_the_present_one(client):
    missions()
    for present in ["", "type=peacekeeping", "type=humanitarian-relief&command=top", "q=peace&region=africa"]:
        for name, codes in counts(client, f"/missions/?{present}").items():
            for code, number in codes.items():
                kept = "&".join(it for it in present.split("&") if not it.startswith(f"{name}="))
                assert client.get(f"/missions/?{kept}&{name}={code}").context["count"] == number, (present, name, code)


def test_what_hangs_on_a_mission_many_times_is_counted_once(client):
    host, other = missions()

    offered = counts(client, "/missions/")

    assert offered["host"] == {host.iso3: 2, other.iso3: 1}
    assert offered["contributor"] == {host.iso3: 1, other.iso3: 2}
    assert offered["mandate"] == {"agreement": 1}
    assert offered["command"] == {"top": 2, "below": 2, "lowest": 1}
    assert offered["type"] == {"peacekeeping": 1, "humanitarian-relief": 1}


def test_a_question_keeps_its_other_answers_in_sight_and_narrows_all_others(client):
    host, _other = missions()

    offered = counts(client, "/missions/?type=humanitarian-relief")

    assert offered["type"] == {"peacekeeping": 1, "humanitarian-relief": 1}
    assert offered["region"] == {"africa": 1}
    assert offered["host"] == {host.iso3: 1}


def test_what_was_chosen_stays_a_choice_even_where_it_finds_nothing(client):
    _host, other = missions()

    page = client.get(f"/missions/?host={other.iso3}&type=humanitarian-relief")

    assert page.context["count"] == 0
    assert f'<option value="{other.iso3}" selected>Other (0)</option>' in page.text
    assert 'id="id_type_humanitarian-relief" checked> <span>humanitarian relief</span> <b>0</b>' in page.text
    assert 'id="id_type_peacekeeping"> <span>peacekeeping</span> <b>1</b>' in page.text


def test_arrays_truth_and_links_to_drafts_are_counted_as_they_are_found(client):
    shown, hidden = make.published_mission(code="shown"), make.mission(name="Secret")
    make.published_lesson(dotmlpfi=["training", "doctrine"], missions=[shown, hidden]).mark_checked()
    make.published_lesson(dotmlpfi=["training"], missions=[hidden], themes=[make.theme(code="plans")])

    offered = counts(client, "/lessons/")

    assert offered["dotmlpfi"] == {"training": 2, "doctrine": 1}
    assert offered["checked"] == {"yes": 1, "no": 1}
    assert offered["mission"] == {"shown": 1}
    assert offered["theme"] == {"plans": 1}
    assert "Secret" not in client.get("/lessons/").text


def test_nations_are_counted_by_where_they_stand_today(client):
    make.country(joined_on="1949-04-04")
    make.country(joined_on="1949-04-04", partnership="PfP/EAPC")
    make.country(partnership="MD")
    make.country()

    assert counts(client, "/countries/")["standing"] == {"ally": 2, "partner": 1, "neither": 1}
    assert client.get("/countries/?standing=partner").context["count"] == 1


def test_a_question_without_sense_offers_all_that_could_be_asked_and_counts_nothing(client):
    missions()

    page = client.get("/missions/?active_in=9")

    assert counts(client, "/missions/?active_in=9") == {}
    assert re.search(r'<option value="\w+">Host</option>', page.text)
    assert 'value="air-policing-no-fly"' in page.text


@pytest.mark.parametrize("kind", [MissionFilter, ContributionFilter, LessonFilter, CountryFilter])
def test_all_questions_of_a_list_are_counted_in_one_query(kind, django_assert_num_queries):
    missions()
    questions = kind(queryset=kind._meta.model.objects.published())

    with django_assert_num_queries(1):
        counted = count_facets(questions)

    assert counted.total == questions.queryset.count()
