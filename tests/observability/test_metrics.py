"""Metrics count what the portal does, and only those who run it can read them."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as portal
from prometheus_client.parser import text_string_to_metric_families

from pkportal.observability import metrics

TOKEN = "x" * 20
LOCAL = "127.0.0.1"


def samples(text):
    """Return the value of each sample by its name and the values of its labels in the order of their names."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def read(serve):
    """Return a function that reads the metrics."""
    return lambda: samples(serve("/metrics", REMOTE_ADDR=LOCAL).body.decode())


@pytest.fixture
def growth(read):
    """Return a function that tells by how much a sample has grown since the test began."""
    before = read()
    return lambda *sample: read().get(sample, 0) - before.get(sample, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "192.0.2.7"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=127.0.0.1"}, 404),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, 404),
    ],
)
def test_metrics_are_for_this_machine_alone(serve, environ, status):
    assert serve("/metrics", **environ).status == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 404),
        (f"Basic {TOKEN}", 404),
        ("Bearer ", 404),
        ("Bearer \xff", 404),
        (TOKEN, 404),
        ("", 404),
    ],
)
def test_token_opens_the_metrics_from_elsewhere(serve, settings, authorization, status):
    settings.METRICS_TOKEN = TOKEN

    assert serve("/metrics", REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION=authorization).status == status


def test_proxy_on_this_machine_does_not_open_them(serve, settings):
    settings.BEHIND_PROXY = True

    assert serve("/metrics", REMOTE_ADDR=LOCAL).status == 404


@pytest.mark.django_db
def test_metrics_are_not_kept_by_anybody(serve):
    assert "no-store" in serve("/metrics", REMOTE_ADDR=LOCAL).headers["Cache-Control"]


@pytest.mark.django_db
def test_requests_are_counted_by_method_view_and_status(serve, growth):
    serve("/robots.txt")
    serve("/robots.txt", "POST")
    serve("/robots.txt", "BREW")
    serve("/nowhere/")

    assert growth("pkportal_requests_total", "GET", "2xx", "robots") == 1
    assert growth("pkportal_requests_total", "POST", "4xx", "robots") == 1
    assert growth("pkportal_requests_total", "other", "4xx", "robots") == 1
    assert growth("pkportal_requests_total", "GET", "4xx", "none") == 1
    assert growth("pkportal_request_seconds_count", "robots") == 3


@pytest.mark.parametrize(
    ("view", "kind"),
    [
        ("missions", "missions"),
        ("admin:missions_mission_change", "admin:change"),
        ("admin:lessons_remedialaction_process_import", "admin:process_import"),
        ("admin:password_change_done", "admin:password_change_done"),
        ("admin:index", "admin:index"),
    ],
)
def test_pages_of_all_models_in_the_admin_are_counted_together(view, kind):
    assert metrics.general_name(view) == kind


@pytest.mark.django_db
def test_events_and_errors_of_the_log_are_counted(serve, growth, monkeypatch):
    serve("/missions.csv")
    monkeypatch.setattr("pkportal.website.sitemap.reverse", lambda name: 1 // 0)
    serve("/robots.txt")

    assert growth("pkportal_events_total", "exchange", "export") == 1
    assert growth("pkportal_errors_total", "django.request") == 1


@pytest.mark.django_db
def test_page_store_and_queue_are_shown(read, growth):
    for result in ["hit", "miss", "miss", "bypass"]:
        metrics.count_store_answer(result)
    metrics.report_waiting(7)

    assert [growth("pkportal_page_store_total", result) for result in ["hit", "miss", "bypass"]] == [1, 2, 1]
    assert read()["pkportal_waiting_requests",] == 7


@pytest.mark.django_db
def test_database_and_memory_are_shown(read):
    values = read()

    assert values["pkportal_database_up",] == 1
    assert values["pkportal_database_bytes",] > 1_000_000
    assert values["pkportal_database_connections", "active"] >= 1
    assert values["pkportal_worker_resident_bytes", str(os.getpid())] > 10_000_000


TWO_WORKERS = """
import os
from prometheus_client import generate_latest
from pkportal.observability import metrics, metrics_page
for waiting in [2, 3]:
    if not (worker := os.fork()):
        metrics.count_store_answer("hit")
        metrics.report_waiting(waiting)
        os._exit(0)
    os.waitpid(worker, 0)
metrics.forget_process(worker)
print(generate_latest(metrics_page.counted()).decode())
"""


def test_numbers_of_all_workers_are_added_up_and_an_ended_one_no_longer_waits(tmp_path):
    process = subprocess.run(
        [sys.executable, "-c", TWO_WORKERS],
        cwd=portal.BASE_DIR,
        env={**os.environ, metrics.FOLDER_VARIABLE: str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    values = samples(process.stdout)
    assert values["pkportal_page_store_total", "hit"] == 2
    assert values["pkportal_waiting_requests",] == 2


def test_metrics_of_an_earlier_start_are_removed(settings, tmp_path, monkeypatch):
    settings.BASE_DIR = tmp_path
    monkeypatch.setenv(metrics.FOLDER_VARIABLE, "")
    metrics.make_metrics_folder(8000)
    folder = metrics.metrics_folder()
    (folder / "counter_1.db").touch()

    metrics.make_metrics_folder(8000)

    assert metrics.metrics_folder() == folder
    assert [*folder.iterdir()] == []
