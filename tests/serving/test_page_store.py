"""The store of pages: a reader gets what the record says at that moment, and a signed-in reader gets their own."""

import contextlib
import gzip
import socket
import time
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import brotli
import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from pkportal.content.version import EDITION, NextPublication
from pkportal.serving.page_store import Edition, PageStore, best_coding
from pkportal.serving.versions import AskedVersion
from tests import make
from tests.serving.slow_clients import address_of

ADDRESS = "/missions/kfor/"


def get(address, method="GET", **headers):
    """Return the response to a request, with its body read."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        response = urlopen(Request(address, method=method, headers=headers), timeout=10)  # noqa: S310, ours
    except HTTPError as error:
        response = error
    with response:
        response.body = response.read()
    return response


@pytest.fixture
def editor(served_database):
    """Return a connection that commits each statement, as an editor or a typed statement would."""
    with psycopg.connect(served_database, autocommit=True) as connected:
        yield connected


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, br;q=0", "gzip"),
        ("*", "br"),
        ("identity", ""),
        ("GZIP;q=0.5", "gzip"),
    ],
)
def test_best_coding_that_a_client_accepts(accepted, coding):
    assert best_coding(accepted) == coding


def test_page_is_the_same_in_every_coding(portal):
    plain, gzipped, brotlied = [get(portal + ADDRESS, Accept_Encoding=coding) for coding in ["", "gzip", "br"]]

    assert gzip.decompress(gzipped.body) == brotli.decompress(brotlied.body) == plain.body
    assert len(brotlied.body) < len(gzipped.body) < len(plain.body)
    assert plain.headers["ETag"] == gzipped.headers["ETag"] == brotlied.headers["ETag"]
    assert {"Accept-Encoding", "Cookie", "HX-Request"} <= set(plain.headers["Vary"].split(", "))


@pytest.mark.parametrize(
    "path", [ADDRESS, "/missions/", "/contributions/?mission=kfor", "/missions.csv", "/events.zip"]
)
def test_client_that_has_the_response_hears_304(portal, path):
    etag = get(portal + path).headers["ETag"]
    again = get(portal + path, If_None_Match=f'"other", {etag}')

    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
    assert get(portal + path, If_None_Match='"other"').status == 200


def test_head_has_the_headers_and_no_body(portal):
    page, site = get(portal + ADDRESS), urlsplit(portal)
    request = f"HEAD {ADDRESS} HTTP/1.1\r\nHost: {site.netloc}\r\nConnection: close\r\n\r\n"
    with socket.create_connection((site.hostname, site.port), timeout=10) as client:  # urllib would skip a body
        client.sendall(request.encode())
        status, *headers, end, rest = client.makefile("rb").read().split(b"\r\n")

    assert status == b"HTTP/1.1 200 OK"
    assert f"Content-Length: {page.headers['Content-Length']}".encode() in headers
    assert (end, rest) == (b"", b"")


@pytest.mark.parametrize("path", [ADDRESS, "/contributions.csv", "/nowhere/", "/healthz", "/static/css/site.css"])
def test_answer_to_head_ends_with_its_headers(portal, path):
    with socket.create_connection(address_of(portal), timeout=10) as client:
        host = urlsplit(portal).netloc
        client.sendall(f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        headers, _, body = client.makefile("rb").read().partition(b"\r\n\r\n")

    assert headers.startswith(b"HTTP/1.1 ")
    assert body == b""


def test_fragment_and_page_are_stored_apart(portal):
    page, fragment = get(f"{portal}/missions/"), get(f"{portal}/missions/", HX_Request="true")

    assert b"<!doctype html>" in page.body
    assert b"<!doctype html>" not in fragment.body


@pytest.mark.parametrize(
    "headers",
    [
        {"HX_Request": "other"},
        {"HX_Request": "%74rue", "HX_Request_URI_AutoEncoded": "true"},
        {"X_Forwarded_Host": "other.example"},
        {"X_Forwarded_Proto": "https"},
        {"Accept_Language": "de"},
    ],
)
def test_no_header_of_one_client_changes_what_another_gets(portal, headers):
    address = f"{portal}/lessons/?utm_id={hash(tuple(headers))}"
    for _ in range(6):  # of both workers, each with a store of its own
        get(address, **headers)

    for _ in range(6):
        assert b"<!doctype html>" in get(address).body
        assert b"<!doctype html>" not in get(address, HX_Request="true").body
        assert b"other.example" not in get(address).body


@pytest.mark.django_db
def test_counts_of_a_list_are_kept_for_its_other_pages_orders_and_views(client, django_assert_num_queries):
    make.mission(status="published", published_at=timezone.now())
    edition = Edition(1, timezone.localdate(), NextPublication(None, None))
    pages = ["/missions/", "/missions/?sort=start", "/missions/?view=cards", "/missions/?page=1"]

    with django_assert_num_queries(2 + 1 + 1 + 1):
        counts = [client.get(page, **{EDITION: edition}).context["count"] for page in pages]

    assert counts == [1, 1, 1, 1]
    assert client.get("/missions/?q=nothing", **{EDITION: edition}).context["count"] == 0


def test_application_answers_while_the_database_is_away(monkeypatch, tmp_path):
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))

    def application(environ, start_response):
        start_response("503 Service Unavailable", [])
        return [b"busy"]

    store = PageStore(application, AskedVersion())
    environ = RequestFactory().get(ADDRESS).environ

    for _ in range(2):
        assert store(environ, lambda *answer: None) == [b"busy"]


def test_response_to_somebody_known_is_not_stored(portal, signed_cookie):
    assert "ETag" not in get(portal + ADDRESS, Cookie=signed_cookie).headers
    assert "ETag" not in get(portal + ADDRESS, Authorization="Bearer some").headers


@pytest.mark.parametrize("cookie", [f"sessionid={'0' * 40}", "sessionid=", "csrftoken=other", "messages=x; a=b"])
def test_made_up_cookie_gets_and_leaves_what_everybody_gets(portal, cookie):
    address = f"{portal}{ADDRESS}?utm_id={hash(cookie)}"
    made = get(address, Cookie=cookie)

    assert "Set-Cookie" not in made.headers
    assert made.headers["ETag"] == get(address).headers["ETag"]


@pytest.mark.parametrize("path", ["/admin/login/", "/healthz", "/missions/never-was/"])
def test_what_is_not_for_everybody_is_not_stored(portal, path):
    assert "ETag" not in get(portal + path).headers


@pytest.mark.parametrize(
    ("path", "is_stored"),
    [("/about/", True), ("/admin/", False), ("/healthz", False), ("/metrics", False), ("/static/css/site.css", False)],
)
@pytest.mark.django_db
def test_some_addresses_are_never_stored_whatever_their_response_says(path, is_stored):
    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return HttpResponse("for one reader")

    started, version = [], AskedVersion()
    with contextlib.closing(version.connection()):
        PageStore(application, version)(RequestFactory().get(path).environ, lambda *answer: started.append(answer))

    assert [("ETag" in dict(headers)) for _status, headers in started] == [is_stored]


def test_page_is_never_older_than_the_last_commit(portal, editor):
    for number in range(12):
        title = f"Authority number {number}"
        editor.execute("UPDATE missions_mandate SET title = %s WHERE code = 'unscr-1244-kfor'", [title])
        for _ in range(4):  # of both workers
            assert title.encode() in get(f"{portal}/mandates/unscr-1244-kfor/").body


def test_files_of_other_rows_have_other_etags_and_head_says_them_too(portal):
    addresses = [
        f"{portal}/missions.{ending}?{query}"
        for ending in ["csv", "xlsx"]
        for query in ["type=peacekeeping", "status=ongoing"]
    ]

    etags = [get(address).headers["ETag"] for address in addresses]

    assert len({*etags}) == 4
    assert [get(address, method="HEAD").headers["ETag"] for address in addresses] == etags


def test_file_is_never_older_than_the_last_commit(portal, editor):
    etag = get(f"{portal}/missions.csv").headers["ETag"]
    editor.execute("UPDATE missions_mission SET region = region WHERE code = 'kfor'")

    assert get(f"{portal}/missions.csv", If_None_Match=etag).status == 200


@pytest.mark.parametrize("path", ["/api/v1/missions?limit=2", "/api/v1/missions/kfor", "/api/v1/openapi.json"])
def test_answer_of_the_api_is_304_for_pages_of_other_sites_too_until_the_record_changes(portal, editor, path):
    answer, head = get(portal + path, Accept_Encoding="gzip"), get(portal + path, method="HEAD")
    etag = answer.headers["ETag"]
    same = get(portal + path, If_None_Match=etag)

    assert gzip.decompress(answer.body) == get(portal + path).body
    assert (same.status, same.body, same.headers["ETag"]) == (304, b"", etag)
    assert (head.status, head.body, head.headers["ETag"]) == (200, b"", etag)
    assert {each.headers["Access-Control-Allow-Origin"] for each in [answer, same, head]} == {"*"}
    editor.execute("UPDATE missions_mission SET region = region WHERE code = 'kfor'")
    assert get(portal + path, If_None_Match=etag).status == 200


def test_record_appears_when_its_time_comes(portal, editor):
    editor.execute(
        "UPDATE lessons_topic SET published_at = now() + interval '1 second' WHERE code = %s", ["key-operations"]
    )
    address = f"{portal}/topics/"
    assert b"/topics/key-operations/" not in get(address).body

    time.sleep(1.2)

    assert b"/topics/key-operations/" in get(address).body
