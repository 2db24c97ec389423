"""What was asked and not understood is said on every page, and refused for every file."""

import re
from urllib.parse import urlsplit

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def test_every_page_says_which_parameters_it_does_not_know(client):
    mission = make.published_mission(code="kfor")
    make.mandate(mission=mission)
    make.command(mission=mission)
    make.published_lesson(missions=[mission])
    make.published_topic()
    make.theme()
    pages = [urlsplit(address).path for address in re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").text)]
    assert len(pages) > 20

    for path in [*pages, "/search/"]:
        page = client.get(f"{path}?onn=2010&utm_source=mail&gclid=1")
        assert (path, re.findall("<b>(.*?)</b>: not a parameter here", page.text)) == (path, ["onn"])
        assert "not a parameter here" not in client.get(path).text


@pytest.mark.parametrize("path", ["/data/missions.csv", "/data/missions.json", "/sources/atlas.bib"])
def test_file_refuses_parameters_that_it_does_not_know(client, path):
    make.source(code="atlas")

    refused = client.get(f"{path}?nation=ITA&fbclid=1")

    assert refused.status_code == 400
    known = "This address takes none." if path.endswith(".bib") else "It knows: columns."
    assert f"nation: not a parameter here. {known}" in refused.text
    assert client.get(f"{path}?fbclid=1").status_code == 200


@pytest.mark.parametrize("path", ["/commands/", "/missions/kfor/"])
def test_pages_of_a_date_read_it_as_it_is_written_and_ask_which_was_meant(client, path):
    make.contribution(mission=make.published_mission(code="kfor"))

    assert client.get(f"{path}?on=1 July 2010").context["notices"] == []
    page = client.get(f"{path}?on=01/07/2010")
    ((_notice, links),) = page.context["notices"]
    assert [address for _words, address in links] == [f"{path}?on=2010-07-01", f"{path}?on=2010-01-07"]
    assert 'maxlength="40"' in client.get("/commands/").text


@pytest.mark.parametrize("path", ["/contributions.csv", "/missions.json", "/sources.csv"])
def test_file_has_no_pages_and_says_so(client, path):
    refused = client.get(f"{path}?page=2")

    assert refused.status_code == 400
    assert "page: not a parameter here" in refused.text


def test_marks_that_count_visits_make_no_address_of_their_own(client):
    page = client.get("/missions/?utm_source=mail&fbclid=1")

    assert "noindex" not in page.text
    assert re.search('rel="canonical" href="[^"?]*/missions/"', page.text)
