"""The embedded server of a directory: the first process that needs it starts it for all, until it is stopped."""

from pathlib import Path
from typing import Any

from pkportal.embedded import Unavailable
from pkportal.embedded.access import SUPERUSER, allow_new_databases, prepare_role
from pkportal.embedded.cluster import Cluster
from pkportal.embedded.locks import exclusive_lock


def start(data_dir: Path | str, database: str | None = None) -> dict[str, Any]:
    """Make sure that a server runs and has this database; return how its owner connects, as keys of DATABASES."""
    base = Path(data_dir).resolve()
    try:
        if not base.exists():
            base.mkdir(parents=True, exist_ok=True)
            base.chmod(0o755)  # PostgreSQL may run as another user; its own folder in here is private
        cluster = Cluster(base)
        with exclusive_lock(base / "lock"):
            if not cluster.is_ready():
                cluster.start()
            prepare_role(cluster.connection_settings(SUPERUSER), database)
            return cluster.connection_settings()
    except OSError as error:
        raise Unavailable(f"The embedded PostgreSQL of {base} cannot start: {error}") from error


def allow_tests(data_dir: Path | str) -> None:
    """Let the portal's role make databases on a running server, as tests do."""
    base = Path(data_dir).resolve()
    with exclusive_lock(base / "lock"):  # two processes may not change a role at once
        allow_new_databases(Cluster(base).connection_settings(SUPERUSER))


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
