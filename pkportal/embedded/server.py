"""The embedded server of a directory: the first process that needs it starts it for all, until it is stopped."""

from pathlib import Path

import psycopg
from psycopg import sql

from pkportal.embedded import Unavailable
from pkportal.embedded.cluster import Cluster
from pkportal.embedded.locks import alone


def start(data_dir, database=None):
    """Make sure that a server runs and has this database; return how to connect, as keys of DATABASES."""
    base = Path(data_dir).resolve()
    try:
        if not base.exists():
            base.mkdir(parents=True, exist_ok=True)
            base.chmod(0o755)  # PostgreSQL may run as another user than we do; what it keeps here is its own alone
        cluster = Cluster(base)
        with alone(base / "lock"):
            if not cluster.is_ready():
                cluster.start()
            if database:
                make_database(cluster.connection(), database)
            return cluster.connection()
    except OSError as error:
        raise Unavailable(f"The embedded PostgreSQL of {base} cannot start: {error}") from error


def stop(data_dir):
    """Stop the server for all processes; return False if none was running."""
    base = Path(data_dir).resolve()
    if not base.exists():
        return False
    cluster = Cluster(base)
    with alone(base / "lock"):
        return cluster.stop()


def is_running(data_dir):
    """True if a server of this directory takes connections now."""
    base = Path(data_dir).resolve()
    return base.exists() and Cluster(base).is_ready()


def home(data_dir):
    """Return the directory in which the data really is."""
    return Cluster(Path(data_dir).resolve()).home


def make_database(connection, name):
    """Make a database unless it exists."""
    known = {key.lower(): value for key, value in connection.items()}
    with psycopg.connect(dbname="postgres", autocommit=True, **known) as postgres:
        if not postgres.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            postgres.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
