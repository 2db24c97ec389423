"""One record of the API, and what an answer says of itself: its state, its links, who may read it, what is refused."""

import re

import pytest
from django.test import Client

from missions.models import Mission
from tests import make
from tests.website.test_api import API

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "parameter", "nearest"),
    [
        ("contry=ITA", "contry", ["country"]),
        ("kind=trops", "kind", ["troops"]),
        ("country=Atlantis", "country", []),
        ("limit=0", "limit", []),
        ("limit=1001", "limit", []),
        (f"limit={'9' * 5000}", "limit", []),
        ("limit=%00", "limit", []),
        ("fields=mission,quantty", "fields", ["quantity"]),
        ("fields=,", "fields", []),
        ("after=nowhere", "after", []),
        ("before=%00", "before", []),
        ("page=2", "page", ["place"]),
        ("sort=qqq", "sort", []),
        ("limit=1&limit=2", "limit", []),
    ],
)
def test_what_is_not_understood_is_refused_with_the_nearest_that_there_is(client, query, parameter, nearest):
    make.contribution(country=make.country(iso3="ITA", name="Italy"))

    response = client.get(f"{API}contributions?{query}")
    problem = response.json()

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert (problem["status"], problem["title"]) == (400, "Not all parameters were understood.")
    assert problem["type"].endswith("/api/v1/docs#problem-400")
    assert [(error["parameter"], error["nearest"]) for error in problem["errors"]][-1:] == [(parameter, nearest)]
    assert problem["errors"][-1]["detail"] in problem["detail"]


def test_one_record_is_found_by_its_key_and_by_its_reference_in_any_case_and_without_its_zeros(client):
    mission = make.published_mission(code="kfor", name="Kosovo Force")

    for name in ["kfor", mission.reference, mission.reference.lower(), re.sub("-0+", "-", mission.reference)]:
        assert client.get(f"{API}missions/{name}?fields=name").json() == {"name": "Kosovo Force"}
    assert client.get(f"{API}missions/KFOR?fields=name")["Location"] == f"{API}missions/kfor?fields=name"


def test_record_whose_key_has_several_parts_is_found_by_all_of_them(client):
    figure = make.contribution(location="", as_of="2005-04", kind="troops", unit="personnel", basis="deployed")
    key = {name: getattr(figure, name) for name in ["kind", "unit", "as_of"]}
    key |= {"mission": figure.mission.code, "country": figure.country.iso3, "source": figure.source.code}

    assert client.get(f"{API}contributions/key", key).json()["reference"] == figure.reference
    assert client.get(f"{API}contributions/key", {**key, "as_of": "2005"}).status_code == 404
    assert client.get(f"{API}contributions/key", {**key, "as_of": "soon"}).json()["errors"][0]["parameter"] == "as_of"
    del key["mission"]
    assert client.get(f"{API}contributions/key", key).json()["errors"][0]["parameter"] == "mission"


def test_record_that_is_not_there_or_was_withdrawn_says_so(client):
    make.published_mission(code="kfor")
    make.mission(code="draft")
    gone = make.published_mission(code="gone", name="Gone")
    figure = make.contribution(mission=gone)
    make.withdrawn(gone, reason="It was counted twice.")

    missing = client.get(f"{API}missions/kforr")
    assert (missing.status_code, missing.json()["nearest"]) == (
        404,
        [{"title": "kfor", "address": f"http://testserver{API}missions/kfor"}],
    )
    assert client.get(f"{API}missions/draft").status_code == 404
    for address in ["missions/gone", f"contributions/{figure.reference}"]:
        withdrawn = client.get(f"{API}{address}")
        assert (withdrawn.status_code, withdrawn.json()["detail"]) == (410, "It was counted twice.")


def test_answer_that_did_not_change_is_304_without_a_body(client):
    mission = make.published_mission(code="kfor")

    for address in [f"{API}missions", f"{API}missions/kfor", f"{API}openapi.json"]:
        etag = client.get(address)["ETag"]
        same = client.get(address, headers={"If-None-Match": etag})
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)

    Mission.objects.filter(pk=mission.pk).update(name="Changed")
    assert client.get(f"{API}missions", headers={"If-None-Match": etag}).status_code == 200


def test_pages_of_other_sites_may_read_answers_and_problems_and_nothing_can_be_written(client):
    for address, status in [("missions", 200), ("missions/nowhere", 404), ("missions?q=%00", 400), ("nowhere", 404)]:
        answer = client.get(API + address, headers={"Origin": "https://elsewhere.example"})
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, "*")
        assert "Access-Control-Allow-Credentials" not in answer
        assert not answer.cookies

    asked = client.options(f"{API}missions", headers={"Access-Control-Request-Method": "GET"})
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    head = client.head(f"{API}missions")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", client.get(f"{API}missions")["ETag"])
    refused = Client(enforce_csrf_checks=True).post(f"{API}missions", {})
    assert (refused.status_code, refused["Allow"], refused["Content-Type"]) == (
        405,
        "GET, HEAD, OPTIONS",
        "application/problem+json",
    )


@pytest.mark.parametrize(("path", "location"), [("missions/", "missions"), ("missions/kfor/?a=1", "missions/kfor?a=1")])
def test_slash_at_the_end_leads_on_to_the_address_without_it(client, path, location):
    assert client.get(API + path)["Location"] == API + location
