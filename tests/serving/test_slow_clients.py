"""Clients that are slow on purpose take nothing from other readers, and none may send more than a form needs."""

import http.client
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.serving.slow_clients import address_of, slow_clients

KIB = 2**10


def post(address, length, **headers):
    """Announce a body, send nothing of it, and return the status of the answer."""
    client = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    client.putrequest("POST", "/admin/login/")
    for name, value in {"Content-Length": length, **headers}.items():
        client.putheader(name, str(value))
    client.endheaders()
    status = client.getresponse().status
    client.close()
    return status


def wait_until_forgotten(portal):
    """Wait until the server has noticed that the slow clients of other tests are gone."""
    for _ in range(100):
        if post(portal, 0) != 429:
            return
        time.sleep(0.1)


@pytest.mark.parametrize("number", [40, 200])
def test_slow_clients_do_not_keep_others_waiting(portal, number):
    with slow_clients(portal, uploads=number, downloads=number):
        for path in ["/", "/missions/kfor/", "/static/css/site.css", "/healthz"] * 3:
            with urlopen(portal + path, timeout=10) as page:  # noqa: S310, ours
                assert page.status == 200


def test_pages_that_a_client_waits_for_do_not_count_against_its_forms(portal):
    def read(number):
        with urlopen(f"{portal}/missions/kfor/?{number}", timeout=20) as page:  # noqa: S310, ours
            return page.status

    wait_until_forgotten(portal)
    with ThreadPoolExecutor(30) as readers:
        pages = readers.map(read, range(60))
        forms = [post(portal, 0) for _ in range(10)]

    assert {*pages} == {200}
    assert {*forms} == {403}  # without its token, but not 429


@pytest.mark.parametrize("cookie", ["", "theme=dark", "sessionid=some", f"sessionid={'0' * 40}"])
def test_large_body_of_a_stranger_is_refused_before_it_is_read(portal, cookie):
    assert post(portal, 64 * KIB + 1, Cookie=cookie) == 413


def test_body_over_12_megabytes_is_refused_with_a_session_too(portal, signed_cookie):
    assert post(portal, 12 * KIB * KIB + 1, Cookie=signed_cookie) == 413


def test_client_that_asks_before_it_sends_a_large_body_is_refused(portal):
    with socket.create_connection(address_of(portal), timeout=10) as client:
        client.sendall(
            b"POST /admin/login/ HTTP/1.1\r\nHost: any\r\nExpect: 100-continue\r\nContent-Length: 300000000\r\n\r\n"
        )
        assert client.recv(100).startswith(b"HTTP/1.1 413")


def test_body_of_somebody_who_signed_in_may_be_larger(portal, signed_cookie):
    body = b"x" * (64 * KIB + 1)
    request = Request(portal + "/admin/login/", body, {"Cookie": signed_cookie})  # noqa: S310, ours

    with pytest.raises(HTTPError) as refused:
        urlopen(request, timeout=10)  # noqa: S310, ours
    assert refused.value.code == 403  # by Django, without its token
    refused.value.close()
