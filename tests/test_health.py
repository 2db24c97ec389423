"""The health check of the portal, for monitoring."""

import socket

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from pkportal.website.health import healthz


@pytest.fixture
def unreachable_database(django_db_blocker):
    """Point the portal at a port on which nobody listens, because the test has bound it."""
    original = connections[DEFAULT_DB_ALIAS]
    with socket.socket() as reserved_port, django_db_blocker.unblock():
        reserved_port.bind(("127.0.0.1", 0))
        address = {"HOST": "127.0.0.1", "PORT": str(reserved_port.getsockname()[1]), "PASSWORD": "not to be shown"}
        connections[DEFAULT_DB_ALIAS] = DatabaseWrapper({**original.settings_dict, **address}, DEFAULT_DB_ALIAS)
        yield
        connections[DEFAULT_DB_ALIAS] = original


@pytest.mark.django_db
def test_healthy_portal_returns_200(rf):
    response = healthz(rf.get("/healthz"))

    assert response.status_code == 200
    assert response.content == b'{"database": "ok", "migrations": "ok"}'
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_unapplied_migration_returns_503(rf):
    MigrationRecorder.Migration.objects.filter(app="sessions").delete()

    response = healthz(rf.get("/healthz"))

    assert response.status_code == 503
    assert response.content == b'{"database": "ok", "migrations": "unapplied"}'
    assert "no-store" in response["Cache-Control"]


@pytest.mark.usefixtures("unreachable_database")
def test_unreachable_database_returns_503_without_details(rf):
    response = healthz(rf.get("/healthz"))

    assert response.status_code == 503
    assert response.content == b'{"database": "unreachable", "migrations": "unknown"}'
    assert "no-store" in response["Cache-Control"]


def test_post_is_not_allowed(rf):
    assert healthz(rf.post("/healthz")).status_code == 405


@pytest.mark.django_db
def test_costs_at_most_two_queries(rf, django_assert_max_num_queries):
    healthz(rf.get("/healthz"))

    with django_assert_max_num_queries(2):  # whether there is a table of migrations, and its rows
        healthz(rf.get("/healthz"))
