"""Shares of threads: requests that can take long never use the threads that pages need."""

from waitress.parser import HTTPRequestParser
from waitress.task import ThreadedTaskDispatcher

from pkportal.website.api import API_PATH, DOCS_PATH

THREADS = {"health": 1, "pages": 2, "forms": 2, "downloads": 2}  # in each worker
COMPRESSED = (".xlsx", ".zip")
DOWNLOADS = (".csv", ".json", ".jsonl", *COMPRESSED, "/export/")


def is_download(path: str) -> bool:
    """True for files and for the API: what programs read, which may be very much."""
    return path.endswith(DOWNLOADS) or (path.startswith(API_PATH) and path != DOCS_PATH)


def share_of(request: HTTPRequestParser) -> str:
    """Return the share of threads that answers a request: a key of ``THREADS``."""
    if request.error or request.path == "/healthz":
        return "health"
    if request.command not in {"GET", "HEAD"}:
        return "forms"
    return "downloads" if is_download(request.path) else "pages"


class Shares:
    """A task dispatcher of waitress with a dispatcher, and threads, for each share."""

    def __init__(self):
        self.dispatchers = {}
        for share, threads in THREADS.items():
            self.dispatchers[share] = dispatcher = ThreadedTaskDispatcher()
            dispatcher.queue_logger.disabled = True  # how many requests wait is a metric, not a line of the log
            dispatcher.set_thread_count(threads)

    def add_task(self, channel):
        """Queue the channel's next request in its share."""
        self.dispatchers[share_of(channel.requests[0])].add_task(channel)

    def waiting(self) -> dict[str, int]:
        """Return how many requests wait for a thread of each share."""
        return {share: len(dispatcher.queue) for share, dispatcher in self.dispatchers.items()}

    def shutdown(self, cancel_pending=True, timeout=5):
        """End all threads, each after the request that it answers."""
        for dispatcher in self.dispatchers.values():
            dispatcher.set_thread_count(0)
        for dispatcher in self.dispatchers.values():
            dispatcher.shutdown(cancel_pending, timeout)
