"""What all tests share: workers, databases, settings."""

import gc
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.template import RequestContext
from django.template.response import TemplateResponse
from django.test import client
from django.test.client import store_rendered_templates
from hypothesis import HealthCheck, settings
from pytest_django.plugin import blocking_manager_key

from pkportal.website import lists
from tests import databases
from tests.browser.lacking import LACKING
from tests.parametrized_ids import pytest_make_parametrize_id  # noqa: F401 - a hook

HERE = Path(__file__).parent
# The cores are shared: how long an example takes says nothing of the code. What must be fast has a bound of its own.
# Fixtures of a function are shared by its examples, which leave them as they were.
EASED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("shared cores", deadline=None, suppress_health_check=EASED)
settings.load_profile("shared cores")
MIGRATING = pytest.StashKey[Thread]()
# The tests of a folder share what is slow to make. The embedded servers come first, while the record is being loaded
# that a served portal needs.
ONE_WORKER = {"browser": "browser", "embedded": "servers", "serving": "servers"}


@pytest.hookimpl(tryfirst=True)  # before xdist reads the mark
def pytest_collection_modifyitems(items):
    """Keep the tests together that share what is slow to make; xdist gives all others to whoever is free."""
    for item in items:
        folder = item.path.relative_to(HERE).parts[0]
        if folder in ONE_WORKER:
            item.add_marker(pytest.mark.xdist_group(ONE_WORKER[folder]))
        if folder in {"browser", "serving"}:
            item.add_marker(pytest.mark.django_db)  # or nobody makes the database whose record it copies


def pytest_collection_finish():
    """Look for garbage less often, and not among what was imported: it takes a twentieth of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Migrate the database that workers copy while they collect, when all tests run."""
    config = node.config
    if config.args_source == config.ArgsSource.TESTPATHS and MIGRATING not in config.stash:
        config.stash[blocking_manager_key].unblock()
        config.stash[MIGRATING] = Thread(target=databases.migrated, args=[node.workerinput["testrunuid"]])
        config.stash[MIGRATING].start()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request, django_db_modify_db_settings_parallel_suffix, django_db_blocker, django_db_keepdb, django_db_createdb
):
    """Let every worker copy one database that was migrated once."""
    run = getattr(request.config, "workerinput", {}).get("testrunuid")
    if run and (django_db_createdb or not django_db_keepdb):
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated(run)


@pytest.fixture(scope="session")
def record_database(request, django_db_setup, django_db_blocker):
    """Return the name of a database with the whole record, loaded once in a run, to be copied."""
    run = getattr(request.config, "workerinput", {}).get("testrunuid") or uuid4().hex
    with django_db_blocker.unblock():
        return databases.loaded(run)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Forget the template once the worker's own database is made: tests of the embedded server make others.

    No server runs on this database, so no commit waits for the lease of one.
    """
    connection.settings_dict["TEST"].pop("TEMPLATE", None)
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("UPDATE pk_content_lease SET lease_seconds = 0")


@pytest.fixture
def page_size(monkeypatch):
    """Return a function that cuts every list into pages of so many rows, short lists too."""

    def cut(rows):
        monkeypatch.setattr(lists, "ONE_PAGE", 0)
        monkeypatch.setattr(lists.FilteredList, "paginate_by", rows)

    return cut


@pytest.fixture
def unrendered(monkeypatch):
    """Leave pages empty, where it counts whether they open, or what they found: what they show is tested elsewhere."""
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")


@pytest.hookimpl(trylast=True)  # after the workers have ended
def pytest_sessionfinish(session):
    """Drop the databases that workers copied, and fail a run that had to drive a browser and did not."""
    config = session.config
    if hasattr(config, "workerinput"):
        return
    if MIGRATING in config.stash:
        config.stash[MIGRATING].join()
    if not config.getoption("collectonly"):
        with config.stash[blocking_manager_key].unblock():
            databases.drop_shared()
    if os.environ.get("BROWSER_TESTS") == "required" and not browser_tests(config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    if not browser_tests(config) and (LACKING or os.environ.get("BROWSER_TESTS") == "required"):
        terminalreporter.section("THE BROWSER TESTS DID NOT RUN", yellow=True)
        terminalreporter.write_line(f"Because {LACKING or 'none was chosen, and BROWSER_TESTS is “required”'}.")


def browser_tests(config):
    """Return the reports of browser tests that ran."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = [report for name in ("passed", "failed", "error") for report in reporter.stats.get(name, [])]
    return [report for report in reports if report.nodeid.startswith("tests/browser/")]


@pytest.fixture
def transactions(db):
    """Return a function that calls others at once, each with a connection of its own, and returns their results."""

    def call(function):
        try:
            return function()
        finally:
            connection.close()

    def call_all(*functions):
        with ThreadPoolExecutor(len(functions)) as pool:
            return [*pool.map(call, functions)]

    return call_all


@pytest.fixture(scope="session", autouse=True)
def contexts_of_pages():
    """Keep what a page was rendered with, and not what each of its hundred fragments was: copies take a test's time.

    Pages that are opened at once, in several threads, hear of each other's.
    """

    def store(stored, signal, sender, template, context, **kwargs):
        kept = [each.request for each in stored.get("context", ())]
        if isinstance(context, RequestContext) and context.request not in kept:
            store_rendered_templates(stored, signal, sender, template, context, **kwargs)

    client.store_rendered_templates = store
    yield
    client.store_rendered_templates = store_rendered_templates
