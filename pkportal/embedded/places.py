"""Paths of a cluster: in the portal's own directory, or where the account that runs it has access."""

import hashlib
import logging
import os
import tempfile
from pathlib import Path

from pkportal.embedded import Unavailable
from pkportal.embedded.accounts import account_for

logger = logging.getLogger(__name__)

LONGEST_SOCKET = 103  # bytes, on macOS; Linux allows four more


def digest(base):
    """Return a short digest of a path, for names where the path itself would be too long or should not show."""
    return hashlib.sha256(os.fsencode(base)).hexdigest()[:12]


def find(base):
    """Return where the cluster of a directory is, or would be, and who runs it."""
    inside = base / "cluster"
    account = account_for(inside)
    outside = Path("/var/tmp", f"pkportal-{digest(base)}")  # noqa: S108, own() refuses what others planted
    if account.is_us or inside.exists():
        return inside, account
    if os.path.lexists(outside):
        account.trust(outside)  # data once begun there stays there
        return outside, account
    return (inside if account.may_enter(base) else outside), account


def settle(base, home, account):
    """Make the directory of a cluster; leave a note when it is not where one would look for it."""
    if home.parent == base and not account.may_enter(base):
        raise Unavailable(
            f"PostgreSQL runs as {account.name}, who owns {home} but may not enter {base}: "
            f"open the directories above it to {account.name} (chmod a+x), or set DATABASE_URL."
        )
    account.own(home)
    if home.parent != base:
        logger.warning(
            "PostgreSQL does not run as root, and %s may not enter %s: the database is kept in %s. "
            "Machines may clear /var/tmp: for lasting work move the portal to a directory others may enter, "
            "run it as a plain user, or set DATABASE_URL.",
            account.name,
            base,
            home,
        )


def socket_directory(base, account):
    """Make the directory of the server's socket: a short path, and no access for others, who would be trusted."""
    for parent in [tempfile.gettempdir(), "/tmp", "/var/tmp"]:  # noqa: S108, own() refuses what others planted
        path = Path(parent, f"pkportal-{account.uid}-{digest(base)}")
        fits = len(os.fsencode(path / ".s.PGSQL.5432")) <= LONGEST_SOCKET and not set(parent) & set(',"')
        if fits and account.may_enter(parent):  # a comma parts one server from the next where PostgreSQL reads it
            return account.own(path)
    raise Unavailable(f"{account.name} may enter neither {tempfile.gettempdir()} nor /tmp, where the socket should be.")
