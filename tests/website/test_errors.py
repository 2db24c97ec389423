"""Requests that fail: the reader is told in the portal's frame, and a program in the form of what it asked for."""

import json
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from django.test import Client

from missions.models import Mission
from pkportal.content.timeouts import LONG_LIMITS, PAGE_LIMITS, _limit_connection, long_statements
from tests import make

pytestmark = pytest.mark.django_db


def limits():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'current_setting($${name}$$)' for name in PAGE_LIMITS)}")
        return dict(zip(PAGE_LIMITS, cursor.fetchone(), strict=True))


@contextmanager
def locked(model):
    """Hold a table in another session, so that nobody else can read it."""
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    with psycopg.connect(**parameters) as other:
        other.execute(f"LOCK TABLE {model._meta.db_table}")
        yield
        other.rollback()


def test_page_of_a_locked_table_is_interrupted_and_says_when_to_come_back(client):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '50ms'")

    with locked(Mission):
        page = client.get("/missions/")

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "10"
    assert "Not available at the moment" in page.text
    assert "site.css" in page.text


def test_served_connection_has_limits_and_an_import_has_longer_ones():
    _limit_connection(connection)
    assert limits() == {
        "statement_timeout": "10s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "1min",
    }

    with long_statements():
        assert limits() == LONG_LIMITS

    assert limits()["statement_timeout"] == "10s"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/missions/", "/missions/kfor/", "/missions.csv", "/search/", "/robots.txt"])
def test_public_pages_can_only_be_read(method, address):
    make.published_mission(code="kfor")
    client = Client(enforce_csrf_checks=True)

    response = client.generic(method, address, b"title=changed", "application/x-www-form-urlencoded")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_form_of_the_admin_without_its_token_is_still_refused():
    assert Client(enforce_csrf_checks=True).post("/admin/login/").status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/missions/gone.json", 410),
        ("/missions/kforr.json", 404),
        ("/nowhere.json", 404),
        ("/data/nowhere.json", 404),
        ("/missions.json?type=nothing", 400),
    ],
)
def test_errors_of_json_files_are_json(client, address, status):
    make.published_mission(code="kfor")
    gone = make.published_mission(code="gone", name="Gone")
    make.withdrawn(gone)

    response = client.get(address)
    problem = json.loads(response.content)

    assert response.status_code == problem["status"] == status
    assert response["Content-Type"] == "application/problem+json"
    assert problem["title"]
    near = {"/missions/kforr.json": "/missions/kfor/", "/data/nowhere.json": "/data/"}
    assert [each["address"].removeprefix("http://testserver") for each in problem.get("nearest", [])] == (
        [near[address]] if address in near else []
    )


@pytest.mark.parametrize(
    ("address", "status", "text"),
    [
        ("/nowhere.csv", 404, "There is no page at this address.\n"),
        ("/missions/kforr.csv", 404, "There is no page at this address.\nThe nearest: kfor.\n"),
        ("/sources/nothing.bib", 404, "There is no page at this address.\n"),
    ],
)
def test_errors_of_other_files_are_plain_text(client, address, status, text):
    make.published_mission(code="kfor", name="KFOR")

    response = client.get(address)

    assert (response.status_code, response["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert response.text == text


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_file_of_a_locked_table_says_when_to_come_back(client, ending):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '50ms'")

    with locked(Mission):
        response = client.get(f"/missions.{ending}")

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "<" not in response.text
