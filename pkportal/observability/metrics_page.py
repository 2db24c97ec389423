"""The page /metrics for Prometheus: for programs of this machine, and for those that know the token."""

import ipaddress
from collections.abc import Iterator

import psutil
from django.conf import settings
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from .metrics import COUNTED, metrics_folder

FORWARDING_HEADERS = ["HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_VIA"]
DATABASE_SQL = """
SELECT coalesce(state, 'unknown'), count(*), pg_database_size(current_database())
FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1
"""


@require_safe
@never_cache
def metrics(request):
    """Answer 404 to everybody who may not read the metrics, as if there were no such page."""
    if not may_read_metrics(request):
        raise Http404
    observed = CollectorRegistry()
    observed.register(DatabaseState())
    observed.register(WorkerMemory())
    return HttpResponse(generate_latest(counted()) + generate_latest(observed), content_type=CONTENT_TYPE_LATEST)


def may_read_metrics(request: HttpRequest) -> bool:
    """True with the token, and for a client on this machine that no proxy stands for."""
    if settings.METRICS_TOKEN:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and constant_time_compare(token.strip(), settings.METRICS_TOKEN):
            return True
    if settings.BEHIND_PROXY or any(header in request.META for header in FORWARDING_HEADERS):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def counted() -> CollectorRegistry:
    """Return what this process has counted, or what all processes have that share a folder."""
    if folder := metrics_folder():
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, str(folder))
        return registry
    return COUNTED


class DatabaseState(Collector):
    """Whether the database answers, its size, and the connections to it by state."""

    def collect(self) -> Iterator[Metric]:
        """Ask the database once; a database that fails is a metric too."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(DATABASE_SQL)
                rows = cursor.fetchall()
        except Error:
            rows = []
        yield GaugeMetricFamily("pkportal_database_up", "1 if the database answers, else 0.", value=bool(rows))
        connections = GaugeMetricFamily(
            "pkportal_database_connections", "Connections to the database, of all programs.", labels=["state"]
        )
        for state, number, _size in rows:
            connections.add_metric([state], number)
        yield connections
        for _state, _number, size in rows[:1]:
            yield GaugeMetricFamily("pkportal_database_bytes", "Size of the database.", value=size)


class WorkerMemory(Collector):
    """The memory that each process uses which answers requests."""

    def collect(self) -> Iterator[Metric]:
        """Read the resident memory of this process and of those with the same parent that share its folder."""
        memory = GaugeMetricFamily("pkportal_worker_resident_bytes", "Resident memory of a worker.", labels=["pid"])
        for process in workers():
            try:
                memory.add_metric([str(process.pid)], process.memory_info().rss)
            except psutil.Error:  # it ended meanwhile
                continue
        yield memory


def workers() -> list[psutil.Process]:
    """Return the processes that answer requests."""
    this, folder = psutil.Process(), metrics_folder()
    parent = this.parent()
    if not folder or not parent:
        return [this]
    counting = {path.stem.rpartition("_")[2] for path in folder.glob("*.db")}
    return [process for process in parent.children() if str(process.pid) in counting]
