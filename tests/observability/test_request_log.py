"""Each request is one line of the access log, with its id, its client's network and its user."""

import logging

import pytest
from django.contrib.auth.models import User
from django.test import Client

from pkportal.observability.current_request import shorten_address
from pkportal.observability.request_log import RequestLog
from tests.observability.conftest import call


@pytest.fixture
def cookie(db):
    """Return the cookie of somebody who is signed in."""
    client = Client()
    client.force_login(User.objects.create_user("anna", is_staff=True, is_superuser=True))
    return f"sessionid={client.cookies['sessionid'].value}"


def test_request_is_logged_with_what_an_operator_asks_for(serve, log):
    response = serve("/robots.txt?a=1", REMOTE_ADDR="192.0.2.77", HTTP_X_REQUEST_ID="proxy-42")

    (event,) = log.events()
    assert event.pop("time")
    assert event.pop("ms") > 0
    assert event == {
        "level": "info",
        "logger": "pkportal.access",
        "event": "request",
        "request": "proxy-42",
        "address": "192.0.2.0/24",
        "method": "GET",
        "path": "/robots.txt",
        "query": "a=1",
        "status": 200,
        "bytes": len(response.body),
        "view": "robots",
    }
    assert response.headers["X-Request-ID"] == "proxy-42"


@pytest.mark.parametrize("given", ["", "x" * 65, "two words", "a\nb", "ä"])
def test_request_id_that_is_no_short_plain_word_is_replaced(serve, log, given):
    ids = {serve("/robots.txt", HTTP_X_REQUEST_ID=given).headers["X-Request-ID"] for _ in range(2)}

    assert len(ids) == 2
    assert {event["request"] for event in log.events()} == ids
    assert all(len(id) == 16 for id in ids)


@pytest.mark.parametrize(
    ("address", "shortened"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "unknown"),
        ("192.0.2.77\nx", "unknown"),
    ],
)
def test_address_is_shortened_to_a_network(address, shortened):
    assert shorten_address(address) == shortened


@pytest.mark.parametrize(("is_behind_proxy", "network"), [(True, "198.51.100.0/24"), (False, "10.0.0.0/24")])
def test_forwarded_address_counts_behind_a_proxy_only(serve, log, settings, is_behind_proxy, network):
    settings.BEHIND_PROXY = is_behind_proxy

    serve("/robots.txt", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")

    assert log.events()[0]["address"] == network


def test_user_is_named_where_a_page_has_asked_who_it_is(serve, log, cookie):
    serve("/admin/", HTTP_COOKIE=cookie)

    (event,) = log.events("request")
    assert (event["user"], event["view"]) == ("anna", "admin:index")


def test_log_asks_nothing_of_the_database(serve, log, cookie, django_assert_num_queries):
    with django_assert_num_queries(0):
        serve("/robots.txt", HTTP_COOKIE=cookie)

    assert ["user" in event for event in log.events("request")] == [False]


def test_line_of_another_logger_has_the_request_too(serve, log):
    serve("/robots.txt", HTTP_X_REQUEST_ID="proxy-42", REMOTE_ADDR="192.0.2.77")
    logging.getLogger("pkportal.trial").info("later in the same thread")

    assert [event["request"] for event in log.events()] == ["proxy-42"] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "logged", "query"),
    [
        ("/admin/login/?next=/admin/&username=anna", "/admin/login/", None),
        ("/admin/password_reset/1-secret-key/?x=secret", "/admin/password_reset/…", None),
        ("/preview/secret/comment/", "/preview/…", None),
        ("/about/?csrfmiddlewaretoken=secret&q=a", "/about/", "csrfmiddlewaretoken=…&q=a"),
        ("/about/?a=1&new_password=secret", "/about/", "a=1&new_password=…"),
        ("/about/?q=secretary", "/about/", "q=secretary"),
        ("/%C3%A4/%FF?q=%0A", "/ä/\ufffd", "q=%0A"),
    ],
)
def test_secrets_in_an_address_are_not_logged(serve, log, path, logged, query):
    serve(path)

    (event,) = log.events("request")
    assert (event["path"], event.get("query")) == (logged, query)


@pytest.mark.django_db
def test_cookies_headers_and_bodies_are_not_logged(serve, logfmt):
    data = b"username=anna&password=secret-1"
    environ = {"HTTP_COOKIE": "sessionid=secret-2", "HTTP_AUTHORIZATION": "Bearer secret-3"}
    serve("/admin/login/", "POST", data, **environ, CONTENT_TYPE="application/x-www-form-urlencoded")

    assert logfmt.lines
    assert "secret" not in logfmt.stream.getvalue()


def test_refused_permission_is_one_line_without_a_traceback(serve, log, db):
    client = Client()
    client.force_login(User.objects.create_user("ben", is_staff=True))

    serve("/admin/auth/user/", HTTP_COOKIE=f"sessionid={client.cookies['sessionid'].value}")

    (event,) = log.events("request")
    assert (event["status"], event["user"], event["view"]) == (403, "ben", "admin:changelist")


def test_error_is_logged_with_its_traceback_and_the_same_id(serve, log, monkeypatch):
    monkeypatch.setattr("pkportal.website.sitemap.reverse", lambda name: 1 // 0)

    serve("/robots.txt")

    error, request = log.events()
    assert (error["level"], error["event"]) == ("error", "Internal Server Error")
    assert "ZeroDivisionError" in error["traceback"]
    assert (request["status"], request["request"]) == (500, error["request"])


def test_download_is_logged_when_it_is_closed_even_if_nobody_read_it_to_the_end(log):
    def application(environ, start_response):
        start_response("200 OK", [])
        return (part for part in [b"first", b"second"])

    body = RequestLog(application)({"REQUEST_METHOD": "GET", "PATH_INFO": "/x.csv"}, lambda *response: None)
    assert next(iter(body)) == b"first"
    assert log.events() == []
    body.close()

    (event,) = log.events()
    assert (event["status"], event["bytes"]) == (200, 5)


def test_application_that_fails_is_logged(log):
    def application(environ, start_response):
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the server's to answer
        call({"REQUEST_METHOD": "GET", "PATH_INFO": "/x"}, RequestLog(application))

    assert [event["status"] for event in log.events()] == [500]
