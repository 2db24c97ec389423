"""The API: the rows of lists and files as JSON for programs, a page at a time."""

import json

import pytest

from missions.models import Mission
from pkportal.exchange.registry import resources_by_name
from pkportal.website.api.rows import read_page
from pkportal.website.api.shared_values import values_of
from pkportal.website.api.tables import api_tables
from tests import make
from tests.equipment.make import equipment
from tests.files import rows_of

pytestmark = pytest.mark.django_db


API = "/api/v1/"


def pages_of(client, address):
    """Yield the pages from an address on, each by the link of the one before it."""
    while address:
        page = client.get(address).json()
        yield page
        address = page["links"]["next"]


def make_several_of_every_kind():
    for code in ["kfor", "ifor", "sfor"]:
        mission = make.published_mission(code=code, end_date=None if code == "kfor" else "2004-12")
        make.appointment(command=make.command(mission=mission))
        for part in [
            *[make.objective, make.mandate, make.event, make.challenge, make.contribution, make.stated_total],
            *[make.fatality, make.mission_name, equipment],
        ]:
            part(mission=mission)
        make.cost_share()
        make.country_name()
        make.synonym()
        make.remedial_action(lesson=make.published_lesson())
        make.published_topic()


def test_every_table_has_all_rows_of_its_file_once_page_by_page(client):
    make_several_of_every_kind()
    make.contribution(mission=make.mission())

    for name in resources_by_name():
        rows = [row for page in pages_of(client, f"{API}{name}?limit=2") for row in page["data"]]
        file = rows_of(client.get(f"/data/{name}.json"))
        assert sorted(rows, key=json.dumps) == sorted(file, key=json.dumps), name
        assert len(rows) >= 3, name


def test_every_order_of_every_list_is_walked_forwards_and_backwards(rf):
    make_several_of_every_kind()

    for table in api_tables():
        filterset = table.filterset(rf.get("/"))
        for order in filterset.filters["sort"].orders if "sort" in filterset.filters else ():
            rows = filterset.filters["sort"].filter(filterset.queryset, order)
            whole, last = [read_page(table.columns()[:1], rows, limit, order) for limit in [2, 1]]
            after = read_page(table.columns()[:1], rows, 1, order, after=last.next)
            before = read_page(table.columns()[:1], rows, 1, order, before=after.previous)
            assert (last.rows + after.rows, before.rows) == (whole.rows, last.rows), (table.name, order)
            assert (len(whole.rows), before.previous, bool(before.next)) == (2, "", True)


def test_page_before_a_mark_is_the_page_that_led_there(client):
    for _ in range(5):
        make.published_mission()
    first, second, third = pages_of(client, f"{API}missions?limit=2")

    back = client.get(third["links"]["prev"]).json()
    assert back["data"] == second["data"]
    assert client.get(back["links"]["prev"]).json()["data"] == first["data"]
    assert client.get(back["links"]["next"]).json()["data"] == third["data"]
    assert client.get(client.get(back["links"]["prev"]).json()["links"]["next"]).json()["data"] == second["data"]


def test_rows_are_filtered_and_sorted_by_the_parameters_of_the_list(client):
    kfor = make.published_mission(code="kfor")
    for quantity in [10, 30, 20]:
        make.contribution(mission=kfor, quantity=quantity, country=make.country())
    make.contribution(quantity=99)

    page = client.get(f"{API}contributions?mission=kfor&sort=-quantity&min=15&fields=quantity,mission").json()

    assert page == {
        "data": [{"mission": "kfor", "quantity": 30}, {"mission": "kfor", "quantity": 20}],
        "links": {"prev": None, "next": None},
    }


def test_page_goes_on_after_a_row_that_was_deleted_or_changed_meanwhile(client):
    for name in ["A", "B", "C", "D"]:
        make.published_mission(code=name.lower(), name=name)
    first = client.get(f"{API}missions?sort=name&limit=2&fields=code").json()

    Mission.objects.filter(code="b").delete()
    Mission.objects.filter(code="a").update(name="Z")

    assert client.get(first["links"]["next"]).json()["data"] == [{"code": "c"}, {"code": "d"}]


def test_links_to_other_pages_are_in_the_header_too(client):
    for _ in range(3):
        make.published_mission()
    first = client.get(f"{API}missions?limit=1")
    second = client.get(first.json()["links"]["next"])

    links = second.json()["links"]
    assert second["Link"] == f'<{links["prev"]}>; rel="prev", <{links["next"]}>; rel="next"'


def test_parameters_that_no_row_can_meet_together_say_so(client):
    for table in ["contributions", "events", "mandates"]:
        problem = client.get(f"{API}{table}?from=2010&to=1999").json()
        assert (problem["status"], problem["title"]) == (404, "No row can meet all parameters.")
        assert problem["errors"][0]["detail"] == "The period ends before it begins."


def test_mark_of_another_order_or_of_nobody_is_no_page(client):
    for _ in range(2):
        make.published_mission()
    mark = client.get(f"{API}missions?limit=1").json()["links"]["next"].partition("after=")[2]

    for query in [f"sort=name&after={mark}", f"after={mark[:-1]}{'A' if mark[-1] != 'A' else 'E'}"]:
        response = client.get(f"{API}missions?{query}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_another_name_of_a_choice_leads_on_to_its_code(client):
    make.country_name(country=make.country(iso3="GBR", name="United Kingdom"), name="UK", kind="short")

    response = client.get(f"{API}contributions?country=UK&limit=5")

    assert (response.status_code, response["Location"]) == (
        301,
        f"http://testserver{API}contributions?limit=5&country=GBR",
    )


def test_links_to_hidden_records_are_left_out(client):
    make.published_lesson(missions=[make.mission(code="hidden"), make.published_mission(code="open")])

    (row,) = client.get(f"{API}lessons").json()["data"]

    assert row["missions"] == ["open"]
    assert client.get(f"{API}lessons/{row['number']}").json() == row


def test_page_costs_the_same_queries_for_any_number_of_rows(client, django_assert_num_queries):
    for _ in range(3):
        make.contribution()

    for limit in [1, 3]:
        with django_assert_num_queries(1):
            assert len(client.get(f"{API}contributions?limit={limit}").json()["data"]) == limit


def test_list_links_its_rows_in_the_api(client):
    figure = make.contribution()

    address = client.get(f"/contributions/?mission={figure.mission.code}&sort=date&page=1").context["api_url"]

    assert address == f"{API}contributions?mission={figure.mission.code}&sort=date"
    assert [row["reference"] for row in client.get(address).json()["data"]] == [figure.reference]


def test_start_of_the_api_names_every_table(client):
    start = client.get(API).json()

    assert [*start["tables"]] == [*resources_by_name()]
    assert all(client.get(address).status_code == 200 for address in [*start["tables"].values(), start["docs"]])


def test_document_describes_every_parameter_and_every_column(client, rf):
    make.contribution()
    document = client.get(f"{API}openapi.json").json()
    contributions = document["paths"][f"{API}contributions"]["get"]
    parameters = {each["name"]: each["schema"] for each in contributions["parameters"]}

    assert document["openapi"] == "3.1.0"
    filters = {*api_tables()[0].filterset(rf.get("/")).filters}
    assert {"sort", "q"} <= filters
    assert {"mission", "country", "from", "to", "sort", "limit", "after", "before", "fields"} <= {*parameters}
    assert {"troops", "-troops"} <= {*values_of(parameters["kind"], document["components"]["schemas"])}
    columns = document["components"]["schemas"]["contributions"]["properties"]
    assert columns["quantity"]["type"] == "integer"
    row = client.get(f"{API}contributions").json()["data"][0]
    assert [*columns][: len(row)] == [*row]
    assert {"country_name", "kind_in_words", "permanent_address"} <= {*columns}


def test_columns_that_explain_a_row_are_to_be_had_by_their_names(client):
    figure = make.contribution(country=make.country(iso3="ITA", name="Italy"), kind="troops")

    page = client.get(f"{API}contributions?fields=kind_in_words,country_name,permanent_address").json()

    address = f"https://localhost/r/{figure.reference}"
    assert page["data"] == [{"country_name": "Italy", "kind_in_words": "troops", "permanent_address": address}]


def test_page_for_people_describes_each_address_and_each_kind_of_problem(client):
    make.source(code="unscr-1244")

    page = client.get(f"{API}docs")

    assert f"<code>GET {API}contributions</code>" in page.text
    assert f"{API}sources/unscr-1244" in page.text
    assert all(f'id="problem-{status}"' in page.text for status in [400, 404, 405, 410, 429, 503])
    assert "<script" not in page.text.partition("<main")[2]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["1", "2", "3"]),
        ("mission=kfor", ["1", "2"]),
        ("mission=kfor&mission=sfor", ["1", "2", "3"]),
        ("mission=-kfor", ["3"]),
        ("met=met", ["1"]),
        ("met=none", ["2", "3"]),
        ("met_source=report&ai_assisted=no", ["1"]),
        ("met_source=none&checked=no&limit=1", ["2"]),
    ],
)
def test_table_without_a_list_is_filtered_by_its_links_and_choices(client, query, found):
    kosovo, bosnia = (make.published_mission(code=code, name=f"Mission {code}") for code in ["kfor", "sfor"])
    source = make.source(code="report")
    make.objective(mission=kosovo, order=1, met="met", met_source=source, text="1")
    make.objective(mission=kosovo, order=2, text="2")
    make.objective(mission=bosnia, order=1, text="3")

    assert [row["text"] for row in client.get(f"{API}objectives?{query}").json()["data"]] == found


def test_filter_of_a_table_without_a_list_names_the_nearest_value_and_parameter(client):
    make.objective(mission=make.published_mission(code="kfor"))

    for query, parameter, nearest in [("mission=kfo", "mission", "kfor"), ("mision=kfor", "mision", "mission")]:
        (error,) = client.get(f"{API}objectives?{query}").json()["errors"]
        assert (error["parameter"], error["nearest"]) == (parameter, [nearest])
