"""Paths of a cluster: in the portal's own directory, or where the account that runs it has access."""

import hashlib
import logging
import os
import tempfile
from pathlib import Path

from pkportal.embedded import Unavailable
from pkportal.embedded.accounts import Account, account_for

logger = logging.getLogger(__name__)

LONGEST_SOCKET = 103  # bytes, on macOS; Linux allows four more


def path_digest(base: Path) -> str:
    """Return a short digest of a path, for names where the path itself would be too long or should not show."""
    return hashlib.sha256(os.fsencode(base)).hexdigest()[:12]


def find_home(base: Path) -> tuple[Path, Account]:
    """Return where the cluster of a directory is, or would be, and who runs it."""
    inside = base / "cluster"
    account = account_for(inside)
    outside = Path("/var/tmp", f"pkportal-{path_digest(base)}")  # noqa: S108, make_private() refuses what others planted
    if account.is_current_user or inside.exists():
        return inside, account
    if os.path.lexists(outside):
        account.check_owner(outside)  # data that was begun there stays there
        return outside, account
    return (inside if account.can_enter(base) else outside), account


def prepare_home(base: Path, home: Path, account: Account) -> None:
    """Make the directory of a cluster; log a warning if it is outside the portal's own directory."""
    if home.parent == base and not account.can_enter(base):
        raise Unavailable(
            f"PostgreSQL runs as {account.name}, who owns {home} but may not enter {base}: "
            f"open the directories above it to {account.name} (chmod a+x), or set DATABASE_URL."
        )
    account.make_private(home)
    if home.parent != base:
        logger.warning(
            "PostgreSQL does not run as root, and %s may not enter %s: the database is kept in %s. "
            "Machines may clear /var/tmp: for lasting work move the portal to a directory others may enter, "
            "run it as a plain user, or set DATABASE_URL.",
            account.name,
            base,
            home,
        )


def socket_directory(base: Path, account: Account) -> Path:
    """Make the directory of the server's socket: a short path, and no access for others, who would be trusted."""
    for parent in [tempfile.gettempdir(), "/tmp", "/var/tmp"]:  # noqa: S108, make_private() refuses what others planted
        path = Path(parent, f"pkportal-{account.uid}-{path_digest(base)}")
        fits = len(os.fsencode(path / ".s.PGSQL.5432")) <= LONGEST_SOCKET and not set(parent) & set(',"')
        if fits and account.can_enter(parent):  # PostgreSQL splits the setting at commas
            return account.make_private(path)
    raise Unavailable(f"{account.name} may enter neither {tempfile.gettempdir()} nor /tmp, where the socket should be.")
