"""Every room of the site on the whole record: it answers, has a title, and asks a known number of queries."""

import gzip
import html
import re
from typing import NamedTuple

import pytest
from django.test import Client

from lessons.models import Lesson
from missions.models import Command, Contribution, Mandate
from pkportal.content.models import Record
from pkportal.content.registry import models_with
from pkportal.sources.models import Source
from tests.bench.weight import STATIC_FILE, sent
from tests.browser.lacking import LACKING
from tests.chart_labels import WIDTHS, label_faults
from tests.valid_html import NO_CHECKER, html_errors

pytestmark = pytest.mark.django_db

# of each page its title, its queries, and the kB that it may have as it is sent: a sixth more than it has
PAGES = {
    "/": ("What NATO did to keep the peace", 9, 24),
    "/missions/": ("Missions", 2, 11),
    "/missions/?contributor=ITA&type=peacekeeping&sort=start": (
        "Type: peacekeeping; Contributor: Italy – Missions",
        3,
        7,
    ),
    "/missions/?view=cards": ("Missions", 2, 17),
    "/missions/?view=timeline": ("Missions", 2, 19),
    "/missions/?view=map": ("Missions", 3, 10),
    "/missions/kfor/": ("Kosovo Force (KFOR)", 12, 31),
    "/missions/isaf/": ("International Security Assistance Force (NATO-led from 11 August 2003) (ISAF)", 12, 37),
    "/missions/isaf/?on=2009-06": (
        "International Security Assistance Force (NATO-led from 11 August 2003) (ISAF)",
        12,
        37,
    ),
    "/missions/agile-genie/": ("Air surveillance of the central Mediterranean during the Libya sanctions", 12, 5),
    "/contributions/": ("Contributions", 2, 11),
    "/contributions/?mission=kfor": ("Mission: Kosovo Force – Contributions", 5, 21),
    "/contributions/?mission=kfor&kind=troops&basis=deployed&date=2017-02": (
        "Mission: Kosovo Force; Kind: troops; Counted as: deployed; As of: February 2017 – Contributions",
        4,
        7,
    ),
    "/coverage/": ("Coverage by year", 3, 9),
    "/countries/": ("Nations", 3, 6),
    "/countries/ITA/": ("Italy", 9, 32),
    "/countries/USA/": ("United States", 9, 35),
    "/countries/XKX/": ("Kosovo", 8, 4),
    "/mandates/": ("Mandates", 2, 12),
    "/mandates/unscr-1244-kfor/": ("S/RES/1244 (1999): International civil and security presences in Kosovo", 4, 4),
    "/commands/": ("Commands", 1, 6),
    "/commands/?on=1999-12-31": ("Commands on 31 December 1999", 3, 5),
    "/commands/hq-kfor/": ("Headquarters KFOR", 4, 12),
    "/lessons/": ("Lessons", 2, 14),
    "/lessons/PK-L-0001/": ("Plan for the worst while hoping for the best", 9, 4),
    "/challenges/": ("Challenges", 2, 14),
    "/themes/": ("Themes", 6, 4),
    "/themes/political-legal/": ("Politics, law and rules of engagement", 13, 15),
    "/topics/": ("Topics", 1, 4),
    "/topics/key-operations/": ("Key operations", 9, 19),
    "/sources/": ("Sources", 2, 7),
    "/sources/un-sres-1244/": ("Security Council resolution 1244 (1999)", 2, 4),
    "/search/?q=kosovo": ("“kosovo” in the record", 4, 6),
    "/search/?q=nation:italy+kfor": ("“nation:italy kfor” in the record", 5, 5),
    "/search/?q=peacekeping": ("“peacekeping” in the record", 7, 3),
    "/data/": ("Data", 2, 16),
    "/about/": ("About the record", 2, 5),
    "/glossary/": ("Glossary", 3, 18),
    "/events/": ("Events", 2, 23),
}

STATIC_WEIGHT = 110  # kB of the styles, scripts, icons and fonts of a first visit: a sixth more than they have

SPECIAL_PAGES = ["/missions/never-was/", "/missions/?q=qqzzx", "/search/?q=qqzzx", "/search/", "/accounts/login/"]

CRAMPED = """<main><figure class="chart" id="cramped"><svg height="20">
    <text x="0" y="14">1999</text><text x="9" y="14">2000</text><text x="99" y="40">2001</text>
</svg></figure></main>"""


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers_with_its_title_a_known_number_of_queries_and_few_bytes(
    client, django_assert_num_queries, address
):
    title, queries, kilobytes = PAGES[address]
    with django_assert_num_queries(queries):
        page = client.get(address)

    assert page.status_code == 200
    found = html.unescape(re.search(r"<title>(.*?)</title>", page.text, re.S)[1])
    assert found.strip() == f"{title} – Peacekeeping Record"
    assert len(re.findall("<h1", page.text)) == 1
    assert len(gzip.compress(page.content)) <= kilobytes * 1000


def test_files_of_a_first_visit_are_light_as_they_are_sent(client):
    files = {*STATIC_FILE.findall(client.get("/missions/kfor/").text)}

    assert len(files) > 3
    assert sum(map(sent, files)) <= STATIC_WEIGHT * 1000


# Of the records whose pages are alike, one in so many is looked at; a figure is on a page of its date.
ALIKE = {Source: 30, Lesson: 4, Mandate: 4, Command: 3}
STEPS = ALIKE | {Contribution: 400}


class Site(NamedTuple):
    """All pages that links lead to: the addresses seen, those that answer with an error, and the HTML by address."""

    seen: set[str]
    broken: list[tuple[str, int]]
    pages: dict[str, str]


@pytest.fixture(scope="module")
def site(the_record):
    """Follow every link of the site, but to most of the pages that are alike; these are the addresses of records."""
    client = Client()
    known = {
        record.get_absolute_url()
        for model, step in ALIKE.items()
        for number, record in enumerate(model._default_manager.published().order_by("pk"))
        if number % step
    }
    waiting, seen, broken, pages = ["/"], set(), [], {}
    while waiting:
        address = waiting.pop()
        page = client.get(address)
        if page.status_code not in {200, 301, 302}:
            broken.append((address, page.status_code))
        if page.status_code != 200 or page.streaming or "html" not in page.headers["Content-Type"]:
            continue
        pages[address] = page.text
        links = {html.unescape(link).partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', page.text)}
        # one question a list is enough: filters have tests of their own
        new = (
            {link for link in links if "?" not in link and not link.startswith(("/static/", "/admin/"))} - seen - known
        )
        seen |= new
        waiting += new
    return Site(seen, broken, pages)


@pytest.mark.xdist_group("site")
def test_no_link_of_the_site_leads_nowhere(site):
    assert site.broken == []
    assert len(site.seen) > 250


@pytest.mark.xdist_group("site")
def test_permanent_reference_of_every_record_leads_to_a_page_that_has_it_as_id(site, client):
    lost, ids = [], {}
    for model in models_with(Record):
        rows = model._default_manager.published().order_by("pk")
        for record in rows[:: STEPS.get(model, 1)]:
            address = record.permanent_address().partition("#")[0]
            if address not in ids:
                page = site.pages.get(address) or client.get(address).text
                ids[address] = {*re.findall(r' id="([A-Z-]+[0-9]+)"', page)}
            if record.reference not in ids[address]:
                lost.append((record.reference, address))

    assert lost == []


@pytest.mark.xdist_group("site")
@pytest.mark.skipif(bool(NO_CHECKER), reason=NO_CHECKER)
def test_every_page_of_the_site_is_valid_html(site, client, tmp_path):
    pages = site.pages | {address: client.get(address).text for address in [*PAGES, *SPECIAL_PAGES]}

    assert html_errors(pages, tmp_path) == []


@pytest.mark.xdist_group("site")
@pytest.mark.skipif(bool(LACKING), reason=LACKING)
def test_labels_of_charts_do_not_overlap_or_leave_their_chart_but_on_one_made_so(site, tmp_path):
    labels, faults = label_faults(site.pages | {"/cramped/": CRAMPED}, tmp_path)

    assert faults == [
        f"{width} px: /cramped/#cramped: {fault}"
        for width in WIDTHS
        for fault in ["2001 leaves it", "1999 overlaps 2000"]
    ]
    assert labels > 4000


@pytest.mark.skipif(bool(NO_CHECKER), reason=NO_CHECKER)
def test_checker_finds_what_is_wrong(client, tmp_path):
    faulty = client.get("/about/").text.replace("<main", "<figcaption>Astray</figcaption><main")

    [error] = html_errors({"/about/": faulty}, tmp_path)

    assert error.startswith("/about/")
    assert "figcaption" in error
