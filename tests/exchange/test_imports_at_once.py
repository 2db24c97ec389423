"""Imports beside other writers: nothing is lost, nobody waits for a preview, and a killed load leaves nothing."""

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial

import pytest
from django.db import connection, transaction

from missions.models import Contribution, Country, Mission
from pkportal.exchange.loading import load_files
from pkportal.sources.models import Source
from tests import databases, make
from tests.served import ROOT, address_of

from .test_stages import stage_of

pytestmark = pytest.mark.django_db
SOURCES = "code,title,kind\nnew,New,news\n"
# In this database alone: those of other workers are copies, in which the table has the same number.
WAITING = """
SELECT pid FROM pg_locks WHERE relation = 'sources_source'::regclass AND NOT granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
END = WAITING.replace("SELECT pid", "SELECT pg_terminate_backend(pid)")
STAGES = "SELECT relname FROM pg_class WHERE relname LIKE 'pk_stage%%'"


@pytest.fixture
def kinds(transactions):
    """Make a mission, a country and a source that are committed, and remove them afterwards."""

    def prepare():
        make.contribution(
            mission=make.mission(code="kfor"), country=make.country(iso3="ITA"), source=make.source(code="report")
        )

    def clean():
        databases.emptied(Contribution, Mission, Country, Source)

    transactions(prepare)
    yield
    transactions(clean)


def test_two_loads_of_the_same_file_at_once_store_it_once(kinds, transactions, tmp_path):
    path = tmp_path / "sources.csv"
    path.write_text(SOURCES)

    results = transactions(partial(load_files, [str(path)]), partial(load_files, [str(path)]))

    assert sorted(result.counts[:3] for (result,) in results) == [(0, 0, 1), (1, 0, 0)]
    assert Source.objects.filter(code="new").count() == 1


def test_editor_saves_while_a_file_is_previewed(kinds, transactions):
    is_staged, is_saved = threading.Event(), threading.Event()

    def preview():
        with transaction.atomic():
            stage = stage_of("kfor,ITA,troops,2018,600,personnel,report", is_kept=False)
            is_staged.set()
            assert is_saved.wait(20)
            return stage.has_faults()

    def save():
        assert is_staged.wait(20)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '150ms'")
        try:
            return Contribution.objects.update(note="Saved meanwhile")
        finally:
            is_saved.set()

    assert transactions(preview, save) == [False, 1]


def test_load_that_is_killed_leaves_nothing_behind(tmp_path):
    path = tmp_path / "sources.csv"
    path.write_text(SOURCES)
    environment = {**os.environ, "DATABASE_URL": address_of(connection.settings_dict["NAME"])}
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE sources_source IN SHARE MODE")  # so that the load waits, its rows staged
        load = subprocess.Popen([sys.executable, "manage.py", "load", str(path)], cwd=ROOT, env=environment)
        wait_for(cursor, WAITING, 1)
        load.send_signal(signal.SIGKILL)
        load.wait()
        cursor.execute(END)  # what the end of the connection does sooner or later
        wait_for(cursor, WAITING, 0)
        wait_for(cursor, STAGES, 0)
    assert not Source.objects.exists()


def wait_for(cursor, query, number):
    """Wait until a query has so many rows."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        cursor.execute(query, [])
        if len(cursor.fetchall()) == number:
            return
        time.sleep(0.05)
    raise AssertionError(query)
