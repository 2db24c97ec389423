"""What the portal answers to whoever watches over it."""

import socket

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from pkportal.website.health import healthz


@pytest.fixture
def unreachable(django_db_blocker):
    """Point the portal at a port where nobody listens, because we hold it."""
    kept = connections[DEFAULT_DB_ALIAS]
    with socket.socket() as held, django_db_blocker.unblock():
        held.bind(("127.0.0.1", 0))
        address = {"HOST": "127.0.0.1", "PORT": str(held.getsockname()[1]), "PASSWORD": "not to be shown"}
        connections[DEFAULT_DB_ALIAS] = DatabaseWrapper({**kept.settings_dict, **address}, DEFAULT_DB_ALIAS)
        yield
        connections[DEFAULT_DB_ALIAS] = kept


@pytest.mark.django_db
def test_says_that_all_is_well(rf):
    response = healthz(rf.get("/healthz"))

    assert response.status_code == 200
    assert response.content == b'{"database": "ok", "migrations": "ok"}'
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_names_a_migration_that_was_forgotten(rf):
    MigrationRecorder.Migration.objects.filter(app="sessions").delete()

    response = healthz(rf.get("/healthz"))

    assert response.status_code == 503
    assert response.content == b'{"database": "ok", "migrations": "unapplied"}'
    assert "no-store" in response["Cache-Control"]


@pytest.mark.usefixtures("unreachable")
def test_names_a_database_that_does_not_answer_and_nothing_else(rf):
    response = healthz(rf.get("/healthz"))

    assert response.status_code == 503
    assert response.content == b'{"database": "unreachable", "migrations": "unknown"}'
    assert "no-store" in response["Cache-Control"]


def test_only_answers_questions(rf):
    assert healthz(rf.post("/healthz")).status_code == 405


@pytest.mark.django_db
def test_costs_little(rf, django_assert_max_num_queries):
    healthz(rf.get("/healthz"))

    with django_assert_max_num_queries(2):  # is there a table of migrations, and what is in it
        healthz(rf.get("/healthz"))
