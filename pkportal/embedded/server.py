"""The embedded server of a directory: the first process that needs it starts it for all, until it is stopped."""

from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from pkportal.embedded import Unavailable
from pkportal.embedded.cluster import Cluster
from pkportal.embedded.locks import exclusive_lock


def start(data_dir: Path | str, database: str | None = None) -> dict[str, Any]:
    """Make sure that a server runs and has this database; return how to connect, as keys of DATABASES."""
    base = Path(data_dir).resolve()
    try:
        if not base.exists():
            base.mkdir(parents=True, exist_ok=True)
            base.chmod(0o755)  # PostgreSQL may run as another user; its own folder in here is private
        cluster = Cluster(base)
        with exclusive_lock(base / "lock"):
            if not cluster.is_ready():
                cluster.start()
            if database:
                make_database(cluster.connection_settings(), database)
            return cluster.connection_settings()
    except OSError as error:
        raise Unavailable(f"The embedded PostgreSQL of {base} cannot start: {error}") from error


def stop(data_dir: Path | str) -> bool:
    """Stop the server for all processes; return False if none was running."""
    base = Path(data_dir).resolve()
    if not base.exists():
        return False
    cluster = Cluster(base)
    with exclusive_lock(base / "lock"):
        return cluster.stop()


def is_running(data_dir: Path | str) -> bool:
    """True if a server of this directory takes connections now."""
    base = Path(data_dir).resolve()
    return base.exists() and Cluster(base).is_ready()


def home(data_dir: Path | str) -> Path:
    """Return the directory of the data, which may be outside ``data_dir``."""
    return Cluster(Path(data_dir).resolve()).home


def make_database(connection: dict[str, Any], name: str) -> None:
    """Make a database unless it exists."""
    parameters = {key.lower(): value for key, value in connection.items()}
    with psycopg.connect(dbname="postgres", autocommit=True, **parameters) as postgres:
        if not postgres.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            postgres.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
