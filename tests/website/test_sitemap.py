"""What crawlers are told: the map of all that is public, and robots.txt."""

import contextlib
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.urls import NoReverseMatch, reverse

from pkportal.exchange.registry import resources_by_name
from tests import make

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def lists():
    """Give the address of the list of each kind that has one."""
    for name in resources_by_name():
        with contextlib.suppress(NoReverseMatch):
            yield reverse(name)


ROOMS = {*["/", "/themes/", "/data/", "/about/", "/coverage/"], *lists()}


@pytest.fixture(autouse=True)
def at_home(settings):
    settings.SITE_URL = "https://record.example.org"
    settings.SITE = urlsplit(settings.SITE_URL)


def addresses(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - we have just made it
    return [loc.text.removeprefix("https://record.example.org") for loc in tree.iterfind("s:url/s:loc", NAMES)]


def test_maps_the_page_of_every_public_record_once(client):
    source = make.source()
    mission = make.published_mission(sources=[source])
    records = [source, mission, make.country(), make.theme(), make.published_topic(), make.command()]
    records += [make.command(mission=mission), make.mandate(mission=mission), make.published_lesson(sources=[source])]
    make.event(mission=mission)

    found = addresses(client)

    assert sorted(found) == sorted([*ROOMS, *(it.get_absolute_url() for it in records)])
    assert [address for address in found if client.get(address).status_code != 200] == []


def test_maps_nothing_that_is_not_published(client):
    draft = make.mission(sources=[])
    hidden = [draft, make.mandate(mission=draft), make.command(mission=draft), make.lesson(sources=[]), make.topic()]

    assert {*addresses(client)} == ROOMS > {"/missions/", "/lessons/", "/sources/", "/contributions/"}
    assert [it for it in hidden if client.get(it.get_absolute_url()).status_code != 404] == []


@pytest.mark.parametrize("records", [1, 3])
def test_map_costs_one_query_for_any_number_of_records(client, records, django_assert_num_queries):
    for _ in range(records):
        make.published_mission()
        make.published_lesson()

    with django_assert_num_queries(1):
        client.get("/sitemap.xml")


def test_map_names_the_portals_own_host_whoever_asks(client, settings):
    settings.ALLOWED_HOSTS = ["*"]

    page = client.get("/sitemap.xml", headers={"host": "elsewhere.example"})

    assert page["Content-Type"] == "application/xml"
    assert "elsewhere" not in page.text
    assert "<loc>https://record.example.org/missions/</loc>" in page.text


@pytest.mark.parametrize("part", ["0", "9", "x", "\x00"])
def test_a_part_of_the_map_that_does_not_exist_is_not_found(client, part):
    assert client.get("/sitemap.xml", {"p": part}).status_code == 404


def test_robots_are_kept_from_the_desk_and_from_searching(client):
    page = client.get("/robots.txt")

    assert page["Content-Type"] == "text/plain; charset=utf-8"
    assert page.text.splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Sitemap: https://record.example.org/sitemap.xml",
    ]


def test_the_map_is_only_read(client):
    assert client.post("/sitemap.xml").status_code == 405
