"""The sitemap of all public pages, and robots.txt."""

import contextlib
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.urls import NoReverseMatch, reverse

from pkportal.exchange.registry import resources_by_name
from tests import make

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def list_addresses():
    """Yield the address of the list of each model that has one."""
    for name in resources_by_name():
        with contextlib.suppress(NoReverseMatch):
            yield reverse(name)


LISTS = {*["/", "/themes/", "/data/", "/about/", "/glossary/", "/coverage/"], *list_addresses()}


@pytest.fixture(autouse=True)
def site_url(settings):
    settings.SITE_URL = "https://record.example.org"
    settings.SITE = urlsplit(settings.SITE_URL)


def addresses(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - we have just made it
    return [loc.text.removeprefix("https://record.example.org") for loc in tree.iterfind("s:url/s:loc", NAMES)]


def test_sitemap_has_the_page_of_every_public_record_once(client):
    source = make.source()
    mission = make.published_mission(sources=[source])
    records = [source, mission, make.country(), make.theme(), make.published_topic(), make.command()]
    records += [make.command(mission=mission), make.mandate(mission=mission), make.published_lesson(sources=[source])]
    make.event(mission=mission)

    listed = addresses(client)

    assert sorted(listed) == sorted([*LISTS, *(record.get_absolute_url() for record in records)])
    assert [address for address in listed if client.get(address).status_code != 200] == []


def test_sitemap_has_no_unpublished_records(client):
    draft = make.mission(sources=[])
    hidden = [draft, make.mandate(mission=draft), make.command(mission=draft), make.lesson(sources=[]), make.topic()]

    assert {*addresses(client)} == LISTS > {"/missions/", "/lessons/", "/sources/", "/contributions/"}
    assert [record for record in hidden if client.get(record.get_absolute_url()).status_code != 404] == []


@pytest.mark.parametrize("records", [1, 3])
def test_sitemap_costs_one_query_for_any_number_of_records(client, records, django_assert_num_queries):
    for _ in range(records):
        make.published_mission()
        make.published_lesson()

    with django_assert_num_queries(1):
        client.get("/sitemap.xml")


def test_sitemap_has_the_configured_host_whatever_the_request_says(client, settings):
    settings.ALLOWED_HOSTS = ["*"]

    page = client.get("/sitemap.xml", headers={"host": "elsewhere.example"})

    assert page["Content-Type"] == "application/xml"
    assert "elsewhere" not in page.text
    assert "<loc>https://record.example.org/missions/</loc>" in page.text


@pytest.mark.parametrize("part", ["0", "9", "x", "\x00"])
def test_unknown_page_of_the_sitemap_is_not_found(client, part):
    assert client.get("/sitemap.xml", {"p": part}).status_code == 404


def test_robots_txt_disallows_the_admin_and_the_search(client):
    page = client.get("/robots.txt")

    assert page["Content-Type"] == "text/plain; charset=utf-8"
    assert page.text.splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /api/v1/",
        "Sitemap: https://record.example.org/sitemap.xml",
    ]


def test_sitemap_does_not_accept_post(client):
    assert client.post("/sitemap.xml").status_code == 405
