"""The OpenAPI document of the API keeps its word: what it describes is answered, and nothing makes the portal fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkportal.website.api.shared_values import MOST_IN_PLACE, values_of
from tests import make

pytestmark = pytest.mark.django_db
DOCUMENT = "/api/v1/openapi.json"
JUNK = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "\0", "none", "-", "--1", "9" * 5000, "-1", "1e9", "NaN", "1999-02-30", "a" * 3000, "٣", "a.b"]
    ),
    st.sampled_from(["FIG-00001", "FIG-99999999999999999999", "..", "%", "'", '"', "\\", "<b>", "🙂", "kfor", "ITA"]),
)


@pytest.fixture
def document(client):
    figure = make.contribution(mission=make.published_mission(code="kfor"), country=make.country(iso3="ITA"))
    make.lesson(missions=[figure.mission])
    return client.get(DOCUMENT).json()


def operations_in(document):
    return [(path, methods["get"]) for path, methods in document["paths"].items()]


def values_for(parameter, document):
    """Return a strategy of values: what the document names, or anything."""
    named = values_of(parameter["schema"], document["components"]["schemas"])
    return st.one_of(st.sampled_from(named), JUNK) if named else JUNK


@settings(max_examples=60)
@given(data=st.data())
def test_no_question_is_answered_but_by_the_document(client, document, data):
    path, operation = data.draw(st.sampled_from(operations_in(document)))
    asked = data.draw(st.lists(st.sampled_from(operation["parameters"]), max_size=4)) if operation["parameters"] else []
    query = {}
    for parameter in asked:
        query.setdefault(parameter["name"], []).append(data.draw(values_for(parameter, document)))
    address = path.replace("{key}", data.draw(st.sampled_from(["kfor", "FIG-00001", "x", "%00", "a%2Fb", "🙂", "-"])))

    response = client.get(address, query)

    known = {*operation["responses"], *(["404"] if "%2F" in address else [])}
    assert str(response.status_code) in known
    if response.status_code != 301:
        assert response.json()
        is_problem = response.status_code >= 400
        assert response["Content-Type"] == ("application/problem+json" if is_problem else "application/json")
    if response.status_code == 200 and "data" in response.json():
        columns = columns_described(operation, document)
        assert all({*row} <= columns for row in response.json()["data"])


def columns_described(operation, document):
    """Return the names of the columns that a page may have."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["data"]["items"]
    name = schema.get("$ref", "").rpartition("/")[2]
    described = document["components"]["schemas"][name] if name else schema
    return {*described["properties"]}


def test_every_operation_has_a_name_of_its_own_and_says_what_it_answers(document):
    operations = operations_in(document)
    names = [operation["operationId"] for _path, operation in operations]

    assert len({*names}) == len(names)
    for _path, operation in operations:
        assert {"200", "304", "429", "503"} <= {*operation["responses"]}
        assert operation["summary"]
        assert len({each["name"] for each in operation["parameters"]}) == len(operation["parameters"])


def test_long_list_of_values_is_written_once(client):
    codes = {make.source(code=f"report-{number:02}").code for number in range(MOST_IN_PLACE)}
    make.contribution(mission=make.published_mission())

    response = client.get(DOCUMENT)

    document = response.json()
    schemas = document["components"]["schemas"]
    asked = [it["schema"] for _path, operation in operations_in(document) for it in operation["parameters"]]
    assert sum(codes <= {*values_of(schema, schemas)} for schema in asked) > 2
    assert response.text.count('"report-00"') == 1
    assert any(f"<code>{code}</code>" in client.get("/api/v1/docs").text for code in codes)
