"""Worker processes: one that is killed comes back, and none outlives the portal."""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit
from urllib.request import urlopen

import psutil
import pytest

from tests.served import ROOT, served


def workers_of(master):
    return {child.pid for child in master.children()}


def answers(address):
    with urlopen(address, timeout=10) as page:  # noqa: S310, ours
        return page.status == 200


@pytest.fixture
def master(portal):
    return first_process(portal)


def first_process(portal):
    """Return the first process of a portal, which starts its workers."""
    port = portal.rpartition(":")[2]
    processes = [each for each in psutil.process_iter(["cmdline"]) if (each.info["cmdline"] or [])[-1:] == [port]]
    (first,) = [each for each in processes if each.parent() not in processes]
    return first


def wait_until(condition):
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("It did not happen within ten seconds.")


def test_killed_worker_comes_back_while_the_portal_answers(portal, master):
    before = workers_of(master)
    assert len(before) == 2

    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(workers_of(master) - before) == 2)

    assert answers(f"{portal}/missions/kfor/")


@pytest.mark.parametrize("request_line", [b"GET /x y", b"GET /missions/ HTTP/1.1\r\nHost: x"])
def test_workers_outlive_clients_that_do_not_wait_for_an_answer(portal, master, request_line):
    before, site = workers_of(master), urlsplit(portal)

    for _ in range(10):
        with socket.create_connection((site.hostname, site.port)) as client:
            client.sendall((request_line + b"\r\n\r\n") * 2)

    assert answers(f"{portal}/missions/kfor/")
    assert workers_of(master) == before


def test_workers_end_with_the_first_process_however_it_ends(served_database, tmp_path):
    environment = {**os.environ, "DATABASE_URL": served_database, "SITE_URL": "http://127.0.0.1", "WORKERS": "2"}
    command = [sys.executable, "-m", "pkportal.serving", "127.0.0.1", "0"]
    with (
        (tmp_path / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as first,
    ):
        wait_until(lambda: len(workers_of(psutil.Process(first.pid))) == 2)
        workers = workers_of(psutil.Process(first.pid))
        first.kill()
        wait_until(lambda: not any(psutil.pid_exists(pid) for pid in workers))


def test_worker_has_a_process_group_of_its_own(master):
    assert all(os.getpgid(pid) == pid for pid in workers_of(master))


def test_portal_that_is_asked_to_end_warns_of_nothing(served_database, tmp_path):
    with served(served_database, tmp_path / "log", is_prepared=True, WORKERS="1"):
        pass

    log = (tmp_path / "log").read_text()
    assert 'event="worker ended"' in log
    assert "level=warning" not in log
