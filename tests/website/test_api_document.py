"""The OpenAPI document of the API keeps its word: what it describes is answered, and nothing makes the portal fail."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


def values_of(parameter):
    """Return a strategy of values: what the document names, or anything."""
    schema = parameter["schema"]
    named = schema.get("items", schema).get("enum", [])
    return st.one_of(st.sampled_from(named), JUNK) if named else JUNK


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_question_is_answered_but_by_the_document(client, document, data):
    path, operation = data.draw(st.sampled_from(operations_in(document)))
    asked = data.draw(st.lists(st.sampled_from(operation["parameters"]), max_size=4)) if operation["parameters"] else []
    query = {}
    for parameter in asked:
        query.setdefault(parameter["name"], []).append(data.draw(values_of(parameter)))
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
