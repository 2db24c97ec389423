"""Metrics in the format of Prometheus: what the processes of the portal count while they work.

With several processes each writes its numbers into files of one folder, which the page /metrics adds up. The folder
must be known before this module is imported: ``manage.py up`` makes it and sets ``PROMETHEUS_MULTIPROC_DIR``.
"""

import logging
import os
import shutil
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, multiprocess

from .current_request import CurrentRequest, current_request

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
COUNTED = CollectorRegistry()

REQUESTS = Counter("pkportal_requests", "Requests that were answered.", ["method", "view", "status"], registry=COUNTED)
DURATIONS = Histogram("pkportal_request_seconds", "Time until an answer was complete.", ["view"], registry=COUNTED)
STORE_ANSWERS = Counter(
    "pkportal_page_store", "Requests by what the page store did: hit, miss or bypass.", ["result"], registry=COUNTED
)
ANONYMOUS_READS = Counter(
    "pkportal_anonymous_reads", "Anonymous reads by the database server they used.", ["server"], registry=COUNTED
)
REPLICA_LAGS = Gauge(
    "pkportal_replica_lag_seconds",
    "For how long a replica has lacked content that the primary has; +Inf if it does not answer.",
    ["replica"],
    registry=COUNTED,
    multiprocess_mode="livemax",
)
EVENTS = Counter(
    "pkportal_events",
    "Events of the log: sign-ins, imports, exports, publications.",
    ["area", "event"],
    registry=COUNTED,
)
ERRORS = Counter("pkportal_errors", "Lines of the log with level error.", ["logger"], registry=COUNTED)
WAITING_REQUESTS = Gauge(
    "pkportal_waiting_requests", "Requests that wait for a thread.", registry=COUNTED, multiprocess_mode="livesum"
)


class EventCounter(logging.Handler):
    """Counts the lines of the log: errors by logger, and the portal's own events by their names."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count a line."""
        if record.levelno >= logging.ERROR:
            ERRORS.labels(record.name).inc()
        package, _, area = record.name.partition(".")
        if package == "pkportal":
            EVENTS.labels(area, record.msg).inc()


def count_request(method: str, view: str, status: str, seconds: float) -> None:
    """Count a request that was answered."""
    requests, durations = request_metrics(method if method in METHODS else "other", view, f"{status[:1]}xx")
    requests.inc()
    durations.observe(seconds)


@lru_cache(maxsize=4096)
def request_metrics(method: str, view: str, status: str) -> tuple[Counter, Histogram]:
    """Return the counter and the histogram of some requests: finding them takes longer than counting."""
    return REQUESTS.labels(method, view, status), DURATIONS.labels(view)


def count_store_answer(result: str) -> None:
    """Count what the page store did with a request: ``hit``, ``miss`` or ``bypass``."""
    STORE_ANSWERS.labels(result).inc()
    current = current_request.get()
    if current and result == "hit":
        current.view = "page store"


def count_read(server: str) -> None:
    """Count an anonymous read that a database server answered: ``primary`` or a replica's name."""
    ANONYMOUS_READS.labels(server).inc()


def report_lag(replica: str, seconds: float) -> None:
    """Set for how long a replica has lacked what the primary has."""
    REPLICA_LAGS.labels(replica).set(seconds)


def report_waiting(number: int) -> None:
    """Set how many requests wait for a thread of this process."""
    WAITING_REQUESTS.set(number)


def kind_of_view(request: CurrentRequest) -> str:
    """Return what answers a request: the name of its URL, in the admin that of the page without its model."""
    django_request = request.django_request
    if request.view or django_request is None:
        return request.view or "none"
    if match := django_request.resolver_match:
        return general_name(match.view_name)
    return "static" if django_request.path_info.startswith(settings.STATIC_URL) else "none"


@lru_cache(maxsize=1024)
def general_name(view_name: str) -> str:
    """Return the name of a URL; ``admin:app_model_change`` is ``admin:change`` for any model."""
    namespace, colon, name = view_name.rpartition(":")
    app_label, _, rest = name.partition("_")
    model, _, page = rest.partition("_")
    is_of_model = page and model in apps.all_models.get(app_label, {})
    return f"{namespace}{colon}{page}" if is_of_model else view_name


def make_metrics_folder(port: int) -> None:
    """Make an empty folder for the metrics of the processes that serve a port, and name it in the environment."""
    folder = settings.BASE_DIR / ".metrics" / str(port)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[FOLDER_VARIABLE] = str(folder)


def metrics_folder() -> Path | None:
    """Return the folder that several processes share, or None for a single process."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return Path(folder) if folder else None


def forget_process(pid: int) -> None:
    """Leave out what a process that ended has said of its present state; what it counted stays counted."""
    if folder := metrics_folder():
        multiprocess.mark_process_dead(pid, str(folder))
