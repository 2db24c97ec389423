"""Clients that are slow on purpose: they send or read next to nothing, and keep their connections."""

import contextlib
import socket
import time
from urllib.parse import urlsplit
from urllib.request import urlopen

UPLOAD = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: %b\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 2000\r\n\r\nusername="
)
DOWNLOAD = b"GET /contributions.csv HTTP/1.1\r\nHost: %b\r\n\r\n"


def address_of(portal):
    """Return host and port of a portal's address."""
    return urlsplit(portal).hostname, urlsplit(portal).port


@contextlib.contextmanager
def slow_clients(address, uploads, downloads):
    """Open connections that send 9 of 2,000 bytes of a form, and others that ask for a file and do not read it."""
    connections = []
    try:
        for request in [UPLOAD] * uploads + [DOWNLOAD] * downloads:
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)  # or the kernel reads in its place
            connection.settimeout(20)
            connection.connect(address_of(address))
            connection.sendall(request % urlsplit(address).netloc.encode())
            connections.append(connection)
        yield connections
    finally:
        for connection in connections:
            connection.close()


def seconds(address, times):
    """Return how long each of some requests took, in ascending order; without an answer, 20 s."""
    durations = []
    for _ in range(times):
        start = time.perf_counter()
        fresh = f"{address}?{start}"  # which no store has
        with contextlib.suppress(OSError), urlopen(fresh, timeout=20) as page:  # noqa: S310, ours
            page.read()
        durations.append(time.perf_counter() - start)
    return sorted(durations)
