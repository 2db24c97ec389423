"""Files of any size: a worker holds a little of them in memory, whether the client is fast, slow or both."""

import contextlib
import hashlib
import itertools
import random
import socket
import threading
import time
import tracemalloc

import pytest

from pkportal.serving.connections import Server
from pkportal.serving.workers import listen

BLOCK = random.Random(11).randbytes(40_000)  # noqa: S311 - not a secret
BLOCKS = 800


def large_file(environ, start_response):
    """Answer with 32 MB, block by block."""
    start_response("200 OK", [("Content-Length", str(BLOCKS * len(BLOCK)))])
    return itertools.repeat(BLOCK, BLOCKS)


@pytest.mark.parametrize("pauses", [0, 20], ids=["fast", "with pauses"])
def test_worker_holds_a_little_of_a_large_file_and_sends_all_of_it(pauses):
    with contextlib.closing(listen("127.0.0.1", 0)) as listener:
        server = Server(large_file, listener, max_connections=10, is_behind_proxy=False)
        threading.Thread(target=server.run, daemon=True).start()
        tracemalloc.start()
        with socket.create_connection(listener.getsockname(), timeout=10) as client:
            client.sendall(b"GET /large.csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            file = client.makefile("rb")
            while file.readline() != b"\r\n":
                pass
            digest, read = hashlib.sha256(), 0
            while part := file.read(400_000):
                digest.update(part)
                read += 1
                time.sleep(0.005 if read < pauses else 0)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert digest.digest() == hashlib.sha256(BLOCK * BLOCKS).digest()
    assert held < 4_000_000
