"""What the server refuses by itself is logged and counted like everything else."""

import contextlib
import json
import socket
import threading
import time
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from pkportal.serving.connections import Server
from pkportal.serving.workers import listen
from tests.observability.conftest import log  # noqa: F401 - a fixture


def send(address, request):
    """Send bytes, and return the status of the response."""
    with socket.create_connection(address, timeout=10) as client:
        client.sendall(request)
        return int(client.makefile("rb").readline().split()[1])


def events(text, **fields):
    """Return the lines of a log that have some fields, from a text of JSON lines among others."""
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    return [line for line in lines if fields.items() <= line.items()]


@pytest.mark.parametrize(
    ("request_text", "status", "method", "path"),
    [
        (b"POST /about/?a=1&token=x HTTP/1.1\r\nContent-Length: 70000\r\n", 413, "POST", "/about/"),
        (
            b"POST /admin/password_reset/1-secret/ HTTP/1.1\r\nContent-Length: 70000\r\n",
            413,
            "POST",
            "/admin/password_reset/…",
        ),
        (b"GET /about/ HTTP/1.1\r\nContent-Length: x\r\n", 400, "GET", "/about/"),
        (b"GET /x y\r\n", 400, "", ""),
        (b"GET /about/ HTTP/1.1\r\nX: " + b"x" * 2**18, 431, "GET", "/"),
        (b"POST /about/ HTTP/1.1\r\nTransfer-Encoding: odd\r\n", 501, "POST", "/about/"),
    ],
)
def test_refused_request_has_a_line_in_the_log(portal, portal_log, request_text, status, method, path):
    site, id = urlsplit(portal), f"refused-{status}-{len(request_text)}"
    header = b"X-Request-ID: " + id.encode()

    assert send((site.hostname, site.port), request_text + header + b"\r\n\r\n") == status

    (line,) = events(portal_log.read_text(), status=status, method=method, path=path)[-1:]
    assert (line["event"], line["logger"], line["view"]) == ("request", "pkportal.access", "server")
    assert (line["address"], line["level"]) == ("127.0.0.0/24", "info")
    assert line["bytes"] > 0
    assert "secret" not in json.dumps(line)


def test_refused_requests_are_counted(portal):
    site = urlsplit(portal)
    send((site.hostname, site.port), b"BREW /about/ HTTP/1.1\r\nContent-Length: 70000\r\n\r\n")

    with urlopen(f"{portal}/metrics", timeout=10) as page:  # noqa: S310, ours
        assert b'pkportal_requests_total{method="other",status="4xx",view="server"}' in page.read()


def test_client_that_is_late_with_its_request_hears_408_and_is_logged(log):  # noqa: F811 - the fixture
    with contextlib.closing(listen("127.0.0.1", 0)) as listener:
        server = Server(lambda environ, start_response: [], listener, max_connections=10, is_behind_proxy=False)
        threading.Thread(target=server.run, daemon=True).start()
        with socket.create_connection(listener.getsockname(), timeout=10) as client:
            client.sendall(b"POST /about/ HTTP/1.1\r\nContent-Length: 100\r\n\r\na=1")
            while not any(channel.request for channel in [*server.active_channels.values()]):
                time.sleep(0.01)
            for channel in server.active_channels.values():
                channel.deadline = 0
            server.next_channel_cleanup = 0
            answer = client.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert events(log.stream.getvalue(), status=408, method="POST", path="/about/", view="server")
