"""Reporting an error in one figure, event or lesson."""

import re

import pytest

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Make a figure, an event and a lesson; return the page of each and the words that name it."""
    mission = make.published_mission(name="Kosovo Force", acronym="KFOR")
    make.contribution(
        mission=mission, country=make.country(name="Italy", iso3="ITA"), as_of="2014-02", quantity=600, kind="troops"
    )
    named = make.event(mission=mission, date="2004-03-17", title="Riots & fires")
    lesson = make.published_lesson()
    event = "KFOR%2C%202004-03-17%2C%20Riots%20%26%20fires"
    return {
        "/contributions/": "Italy%2C%20KFOR%2C%202014-02%2C%20Troops%2C%20600",
        "/events/": f"{named.reference}%2C%20{event}",
        mission.get_absolute_url(): f"{named.reference}%2C%20{event}",
        lesson.get_absolute_url(): lesson.number,
    }


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("mailto:desk@record.example", "mailto:desk@record.example?subject=Error%20in%20"),
        ("https://record.example/report", "https://record.example/report?subject=Error%20in%20"),
        ("https://record.example/report?site=1", "https://record.example/report?site=1&amp;subject=Error%20in%20"),
    ],
)
def test_every_figure_event_and_lesson_has_a_report_that_names_it(client, settings, rows, contact, address):
    settings.CONTACT = contact

    for page, name in rows.items():
        text = client.get(page).text
        assert f'href="{address}' in text
        assert f'{name}"' in text


def test_row_that_a_script_gives_its_report_has_its_reference_as_id(client, settings, rows):
    settings.CONTACT = "mailto:desk@record.example"

    for page in ["/contributions/", "/events/", *(address for address in rows if "missions" in address)]:
        text = client.get(page).text
        without_script = re.findall(r"<noscript><a[^>]+Error%20in%20([A-Z]+-[0-9]+)", text)
        assert without_script
        assert {*without_script} <= {*re.findall(r'id="([A-Z]+-[0-9]+)"', text)}


@pytest.mark.parametrize(
    ("address", "make_record"),
    [("/contributions/", make.contribution), ("/events/", make.event), ("/challenges/", make.challenge)],
)
def test_row_of_a_list_without_a_page_of_its_own_has_its_reference_as_id(client, address, make_record):
    record = make_record(mission=make.published_mission())

    assert f'id="{record.reference}"' in client.get(address).text


def test_there_are_no_reports_where_nobody_takes_them(client, rows):
    assert [page for page in rows if "Report an error" in client.get(page).text] == []


def test_report_says_to_a_screen_reader_which_row_it_is_about(client, settings, rows):
    settings.CONTACT = "mailto:desk@record.example"

    assert ', KFOR, 2004-03-17, Riots &amp; fires"' in client.get("/events/").text


@pytest.mark.parametrize("contact", ["mailto:desk@record.example", ""])
def test_every_page_says_where_an_error_in_any_of_its_rows_is_reported(client, settings, contact):
    settings.CONTACT = contact

    page = client.get("/countries/").text

    assert page.count('data-report-address="mailto:desk@record.example?subject=Error%20in%20%23"') == bool(contact)
    assert page.count("report an error") == bool(contact)
