"""Worker processes: one for each core answers requests.

The first process loads the portal and forks the workers. It answers no request itself: it starts a worker again that
was killed, and replaces one that has grown too large.
"""

import contextlib
import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from wsgiref.types import WSGIApplication

import psutil
from django.conf import settings

from pkportal.observability.metrics import forget_process

from .connections import Server
from .minutes import keep_minutes

if sys.platform != "win32":
    import resource

WORKER_LOG = logging.getLogger("pkportal.workers")
MAX_MEMORY = 2**30  # bytes of one worker
CHECK_SECONDS = 0.25
STOP_SECONDS = 8  # for requests that are being answered
BACKLOG = 1024
FILES_KEPT = 200  # file descriptors for all but connections; each connection may have a second one, for its spool


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener


def max_connections() -> int:
    """Allow this process as many open files as it may have, and return how many connections that makes."""
    if sys.platform == "win32":
        return 400
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = min(hard, 65_536) if hard != resource.RLIM_INFINITY else 65_536
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(50, (files - FILES_KEPT) // 2)


def work(application: WSGIApplication, listener: socket.socket) -> None:
    """Answer requests in this process until it gets a signal to end, and do what is due each minute."""
    keep_minutes()
    Server(application, listener, max_connections(), settings.BEHIND_PROXY).run()


class Workers:
    """The first process, which starts workers and watches them."""

    def __init__(self, application: WSGIApplication, listener: socket.socket, number: int):
        self.application = application
        self.listener = listener
        self.number = number
        self.pids: set[int] = set()
        self.stopping = False
        self.alive, self.watched = os.pipe()  # a worker reads the end of this pipe when the first process is gone

    def run(self) -> None:
        """Keep all workers running until a signal says to stop."""
        for number in [signal.SIGTERM, signal.SIGINT]:
            signal.signal(number, self.stop)
        gc.freeze()  # what was loaded stays in memory that the workers share
        next_memory_check = time.monotonic()
        while not self.stopping:
            self.reap()
            while len(self.pids) < self.number and not self.stopping:
                self.start()
            if time.monotonic() >= next_memory_check:
                self.replace_large()
                next_memory_check = time.monotonic() + 20 * CHECK_SECONDS
            time.sleep(CHECK_SECONDS)
        self.end()

    def start(self) -> None:
        """Fork a worker."""
        pid = os.fork()
        if pid:
            self.pids.add(pid)
            return
        status = 1
        try:
            os.close(self.watched)
            # A terminal's Ctrl-C goes to a whole process group; a worker in a group of its own gets one signal only.
            os.setpgrp()
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            threading.Thread(target=self.end_when_alone, daemon=True).start()
            work(self.application, self.listener)
            status = 0
        except SystemExit:
            status = 0
        except BaseException:
            WORKER_LOG.exception("worker failed")
        finally:
            logging.shutdown()
            os._exit(status)

    def end_when_alone(self):
        """End this worker when the first process is gone, however that ended."""
        os.read(self.alive, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def reap(self) -> None:
        """Forget the workers that have ended."""
        for pid in [*self.pids]:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self.pids.discard(pid)
                forget_process(pid)
                log = WORKER_LOG.info if self.stopping and not status else WORKER_LOG.warning
                log("worker ended", {"pid": pid, "status": os.waitstatus_to_exitcode(status)})

    def replace_large(self) -> None:
        """End the workers that have grown too large; others take their places."""
        for pid in self.pids:
            with contextlib.suppress(psutil.Error, ProcessLookupError):
                memory = psutil.Process(pid).memory_info().rss
                if memory > MAX_MEMORY:
                    WORKER_LOG.warning("worker too large", {"pid": pid, "bytes": memory})
                    os.kill(pid, signal.SIGTERM)

    def stop(self, *_):
        """Note that a signal asked to stop."""
        self.stopping = True

    def end(self) -> None:
        """End all workers; those that do not end in time are killed."""
        self.listener.close()
        for pid in self.pids:
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while self.pids and time.monotonic() < deadline:
            self.reap()
            time.sleep(0.05)
        for pid in self.pids:
            os.kill(pid, signal.SIGKILL)


def serve(application: WSGIApplication, host: str, port: int) -> None:
    """Serve an application at an address until a signal says to stop."""
    listener = listen(host, port)
    if hasattr(os, "fork"):
        Workers(application, listener, settings.WORKERS or cores()).run()
    else:
        work(application, listener)
