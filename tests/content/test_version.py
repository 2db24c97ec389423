"""The content version: it changes with every change of a record, once for each transaction, and with nothing else."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from missions.models import Mission
from pkportal.content.models import Record
from pkportal.content.registry import models_with
from pkportal.content.version import fold_changes, tables_of, watch_content
from tests import make

pytestmark = pytest.mark.django_db


def version():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pk_content_version()")
        return cursor.fetchone()[0]


def watched():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'pk_content_changed'")
        return sorted(table for (table,) in cursor.fetchall())


def test_every_table_of_records_and_of_their_links_is_watched_once():
    expected = sorted(table for model in models_with(Record) for table in tables_of(model))

    for model in models_with(Record):
        watch_content(model._meta.app_config)

    assert watched() == sorted([*expected, "website_release"])  # /data/ lists releases too


def test_any_number_of_changes_in_a_transaction_counts_once():
    before = version()

    mission = make.mission()
    make.mission()
    mission.delete()

    assert version() == before + 1


def test_change_by_typed_sql_counts():
    before = version()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE missions_mission SET name = name WHERE false")

    assert version() == before + 1


def test_change_that_is_rolled_back_does_not_count_and_the_next_one_does():
    before = version()

    with transaction.atomic():
        make.mission()
        transaction.set_rollback(True)
    assert version() == before

    make.mission()
    assert version() == before + 1


def test_reading_and_accounts_do_not_count():
    before = version()

    list(Mission.objects.all())
    get_user_model().objects.create_user("reader")

    assert version() == before


def test_folding_the_rows_keeps_the_version():
    make.mission()
    before = version()

    with connection.cursor() as cursor:
        fold_changes(cursor)
        cursor.execute("SELECT count(*) FROM pk_content_change")
        assert cursor.fetchone() == (1,)

    assert version() == before
