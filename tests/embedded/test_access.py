"""Who may connect to the embedded server: the portal's user, as the owner of its database and no more."""

import os
import pwd
from contextlib import contextmanager

import psycopg
import pytest

from pkportal.embedded import Unavailable, server
from pkportal.embedded.access import SUPERUSER, connect
from pkportal.embedded.cluster import Cluster

from .test_server import ROOT, lent

OLD_TABLES = """
CREATE DOMAIN word AS text;
CREATE FUNCTION first() RETURNS word LANGUAGE sql IMMUTABLE AS $$SELECT 'kept'$$;
CREATE TABLE kept (id int GENERATED ALWAYS AS IDENTITY, serial serial, word word DEFAULT first());
CREATE SEQUENCE numbers;
CREATE VIEW seen AS SELECT word FROM kept;
INSERT INTO kept DEFAULT VALUES;
"""
CHANGES_BY_AN_OWNER = """
DROP VIEW seen; DROP SEQUENCE numbers; ALTER TABLE kept ADD note text;
ALTER TABLE kept ALTER word DROP DEFAULT; DROP FUNCTION first(); ALTER DOMAIN word ADD CHECK (VALUE <> '');
"""


@pytest.fixture(scope="module")
def data_dir():
    with lent(0o755) as data_dir:
        server.start(data_dir, "pkportal")
        yield data_dir


@contextmanager
def acting_as(name):
    os.seteuid(pwd.getpwnam(name).pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


def test_portal_owns_its_database_and_may_do_nothing_else(data_dir):
    rights = """
    SELECT rolname::text, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, datdba = pg_roles.oid
    FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()
    """
    with connect(server.start(data_dir, "pkportal"), "pkportal") as session:
        assert session.execute(rights).fetchone() == ("pkportal", False, False, False, False, False, True)
        session.execute("CREATE TABLE own (id int)")
        for forbidden in ["CREATE DATABASE another", "COPY own FROM PROGRAM 'id'", "SET ROLE postgres"]:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(forbidden)


@pytest.mark.skipif(not ROOT, reason="Only root can act as another user.")
@pytest.mark.parametrize("role", ["pkportal", "postgres"])
def test_another_user_of_the_machine_cannot_connect(data_dir, role):
    settings = {**server.start(data_dir), "USER": role}

    # nobody runs the server, and so reaches its socket
    with acting_as("nobody"), pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        connect(settings, "pkportal")


def test_nobody_may_connect_over_the_network(data_dir):
    with connect(Cluster(data_dir).connection_settings(SUPERUSER), "postgres") as session:
        rules = session.execute("SELECT DISTINCT type, auth_method FROM pg_hba_file_rules").fetchall()

    assert rules == [("local", "peer")]


def test_data_of_an_earlier_version_gets_its_owner_and_its_rules():
    with lent(0o755) as data_dir:
        server.start(data_dir, "kept")
        cluster = Cluster(data_dir)
        with connect(cluster.connection_settings(SUPERUSER), "kept") as session:
            session.execute("ALTER DATABASE kept OWNER TO postgres")
            session.execute(OLD_TABLES)
        server.stop(data_dir)
        (cluster.data / "pg_hba.conf").write_text("local all all trust\n")

        for _ in range(2):
            owner = server.start(data_dir, "kept")

        with connect(owner, "kept") as session:
            session.execute(CHANGES_BY_AN_OWNER)
            assert session.execute("SELECT id, serial, word, note FROM kept").fetchall() == [(1, 1, "kept", None)]
        assert "trust" not in (cluster.data / "pg_hba.conf").read_text()


@pytest.mark.skipif(not ROOT, reason="Root writes as the server's user.")
def test_rules_are_not_written_through_a_link(data_dir, tmp_path):
    (tmp_path / "mine").write_text("mine")
    link = Cluster(data_dir).data / "link"
    link.symlink_to(tmp_path / "mine")

    with pytest.raises(Unavailable, match="cannot write"):
        Cluster(data_dir).account.write(link, "other")
