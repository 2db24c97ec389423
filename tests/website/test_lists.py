"""What every filtered list promises, tested with the list of missions."""

import csv
import html
import json
import re

import pytest

from tests import make

pytestmark = pytest.mark.django_db

NUL, LONG = "%00", "x" * 10_000


@pytest.mark.parametrize(
    "query",
    [
        f"q={NUL}",
        f"q={LONG}",
        f"host={NUL}",
        f"host={LONG}",
        "host=kfor",
        f"type={NUL}",
        f"type={LONG}",
        "command=nobody",
        "active_in=99999999999999",
        "active_in=2099",
        f"active_in={'9' * 5000}",
        "active_in=1999.5",
        "active_in=NaN",
        f"active_in={NUL}",
        "sort=summary",
        "sort=name,-start",
        f"sort={NUL}",
    ],
)
def test_invalid_value_is_said_at_its_field_and_left_out(client, query):
    make.published_mission()
    field = query.partition("=")[0]

    page = client.get(f"/missions/?{query}")

    assert page.status_code == 200
    assert [*page.context["filter"].form.errors] == [field]
    assert len([*page.context["object_list"]]) == 1
    assert f'aria-describedby="id_{field}_error"' in page.text
    assert f'id="id_{field}_error"' in page.text
    assert "Some of what you asked was not understood" in page.text
    assert [notice.name for notice, _links in page.context["notices"]] == [field]


def test_csv_file_with_invalid_values_is_refused_with_the_reasons_as_text(client):
    response = client.get("/missions.csv?host=kfor&active_in=1900")

    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (
        "Not all parameters were understood.\n"
        "host: “kfor” is not one of the choices.\nactive_in: This must be at least 1949.\n"
    )


def test_json_file_with_invalid_values_is_refused_with_the_reasons_as_json(client):
    response = client.get("/missions.json?host=kfor&active_in=1900")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["errors"] == [
        {"parameter": "host", "detail": "“kfor” is not one of the choices.", "nearest": []},
        {
            "parameter": "active_in",
            "detail": "This must be at least 1949.",
            "nearest": [],
        },
    ]


@pytest.mark.parametrize("number", ["abc", "0", "-1", "99", "9" * 5000, NUL, ""])
def test_invalid_page_number_shows_the_nearest_page(client, number):
    mission = make.published_mission()

    assert [*client.get(f"/missions/?page={number}").context["object_list"]] == [mission]


def test_marks_of_campaigns_and_empty_values_filter_nothing_and_are_no_fault(client):
    mission = make.published_mission()
    query = "utm_source=mail&fbclid=1&type=&host=&q=&active_in=&sort="

    page = client.get(f"/missions/?{query}")

    assert [*page.context["object_list"]] == [mission]
    assert "mission on record" in page.text
    assert page.context["notices"] == []
    assert client.get(f"/missions.csv?{query}").status_code == 200


def test_page_links_keep_the_filters_and_pages_do_not_overlap(client, page_size):
    page_size(2)
    missions = [make.published_mission(start_date="1999", name=name) for name in "ABCDE"]
    make.published_mission(region="africa")

    pages = [client.get(f"/missions/?region=western-balkans&sort=name&page={number}") for number in [1, 2, 3]]

    assert [row for page in pages for row in page.context["object_list"]] == missions
    first, *_others = pages
    assert 'href="?region=western-balkans&amp;sort=name&amp;page=2"' in first.text
    assert '<span aria-current="page">1</span>' in first.text


def test_page_links_have_no_blank_parameters(client, page_size):
    page_size(1)
    for _ in range(3):
        make.published_mission()

    text = client.get("/missions/?q=&type=peacekeeping&host=&page=2").text

    nav = text.partition('<nav class="pagination"')[2].partition("</nav>")[0]
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', nav)]
    first, last = "?type=peacekeeping&page=1", "?type=peacekeeping&page=3"
    assert links == [first, first, last, last]  # previous, 1, 3, next


def test_rows_with_equal_sort_keys_have_a_stable_order(client, page_size):
    page_size(1)
    missions = {make.published_mission(start_date="1999") for _ in range(4)}

    pages = [client.get(f"/missions/?sort=start&page={number}") for number in [1, 2, 3, 4]]

    assert {row for page in pages for row in page.context["object_list"]} == missions


def test_list_shows_how_many_rows_match(client):
    for _ in range(3):
        make.published_mission()
    make.published_mission(region="africa")

    assert "<b>4</b> missions on record" in client.get("/missions/").text
    assert "<b>3</b> missions found" in client.get("/missions/?region=western-balkans").text
    assert "<b>1</b> mission found" in client.get("/missions/?region=africa").text


def test_files_have_the_rows_of_all_pages_in_order(client, page_size):
    page_size(1)
    make.published_mission(region="africa")
    make.mission(name="Draft")
    for code in ["b", "c", "a"]:
        make.published_mission(code=code, name=code.upper())

    page = client.get("/missions/?region=western-balkans&sort=name&page=2")
    addresses = dict(page.context["files"])

    assert addresses["csv"] == "/missions.csv?region=western-balkans&sort=name"
    rows = json.loads(b"".join(client.get(addresses["json"]).streaming_content))
    assert [row["code"] for row in rows] == ["a", "b", "c"]
    lines = b"".join(client.get(addresses["csv"]).streaming_content).decode("utf-8-sig").splitlines()
    assert [row["code"] for row in csv.DictReader(lines)] == ["a", "b", "c"]


def test_unknown_file_format_is_not_found(client):
    assert client.get("/missions.exe").status_code == 404


def test_file_loads_only_the_choices_of_its_filters(client, django_assert_num_queries):
    country = make.country()

    with django_assert_num_queries(
        5
    ):  # the countries, to find one; whether it is valid; two for limits, one for the rows
        b"".join(client.get(f"/missions.json?host={country.iso3}").streaming_content)


def test_filter_does_not_accept_a_command_of_a_draft_mission(client):
    hidden, public = make.command(mission=make.mission()), make.command(mission=make.published_mission())

    page = client.get(f"/missions/?command={hidden.code}")

    assert [*page.context["filter"].form.errors] == ["command"]
    assert hidden.name not in page.text
    assert public.name in page.text
