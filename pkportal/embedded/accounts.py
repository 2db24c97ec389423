"""The user who runs PostgreSQL, which refuses to run as root: ourselves, or nobody if we are root."""

import contextlib
import os
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pkportal.embedded import Unavailable

if WINDOWS := sys.platform == "win32":
    OWN_GROUP = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    import pwd

    OWN_GROUP = {"start_new_session": True}

# environment variables that PostgreSQL needs; the rest may hold secrets, or settings for another server
PASSED_VARIABLES = {"LD_LIBRARY_PATH", "PATH", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "TZ", "WINDIR"}


@dataclass(frozen=True)
class Account:
    """A user of this machine who runs PostgreSQL; on Windows always ourselves, and without numbers."""

    name: str
    uid: int | None = None
    gid: int | None = None

    @property
    def is_us(self):
        """True if PostgreSQL runs as the user we are."""
        return WINDOWS or self.uid == os.geteuid()

    def run(self, *command, cwd="/", keep_open=(), **environment):
        """Run a program as this user and return its exit status and its output."""
        other = {} if self.is_us else {"user": self.uid, "group": self.gid, "extra_groups": []}
        passed = {name: value for name, value in os.environ.items() if name.upper() in PASSED_VARIABLES}
        with tempfile.TemporaryFile() as output:  # a pipe would stay open as long as the server that pg_ctl leaves
            done = subprocess.run(  # noqa: S603, our own programs
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=cwd,
                env={**passed, "HOME": str(cwd), "LC_ALL": "C", **environment},
                pass_fds=keep_open,
                umask=-1 if WINDOWS else 0o077,
                check=False,
                **other,
                **OWN_GROUP,
            )
            output.seek(0)
            return done.returncode, output.read().decode(errors="replace").strip()

    def may_run(self, program):
        """True if this user can run a program; tried, because modes, access lists and mount options all count."""
        try:
            return self.run(program, "--version")[0] == 0
        except OSError:
            return False

    def may_enter(self, directory):
        """True if this user can enter a directory; tried, for the same reason."""
        return self.is_us or self.run("/bin/sh", "-c", 'cd "$0"', directory)[0] == 0

    def own(self, directory):
        """Make a directory that only this user enters, or refuse one that somebody else put in its place."""
        with contextlib.suppress(FileExistsError):
            directory.mkdir(mode=0o700)
        if WINDOWS:
            return directory
        self.trust(directory)
        if not self.is_us:
            os.chown(directory, self.uid, self.gid, follow_symlinks=False)
        directory.chmod(0o700)
        return directory

    def trust(self, directory):
        """Refuse a directory, or a link in its place, that another user could have put there."""
        found = directory.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {self.uid, os.geteuid()}:
            raise Unavailable(
                f"{directory} should be a directory of {self.name}, but {owner_name(found.st_uid)} put something else "
                f"there. Remove it if you know why it is there."
            )


def owner_name(uid):
    """Return the name of a user, or the number if there is no name any more."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def account_for(cluster: Path):
    """Return the account that runs a cluster: its owner if it exists, else ourselves, and never root."""
    if WINDOWS:
        return Account(os.environ.get("USERNAME", "this user"))
    us = os.geteuid()
    owner = cluster.lstat().st_uid if cluster.exists() else us
    if us and owner != us:
        raise Unavailable(
            f"The database in {cluster} belongs to {owner_name(owner)} and you are {owner_name(us)}: "
            f"run the portal as {owner_name(owner)}, or set DATABASE_URL."
        )
    try:
        user = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    except KeyError:
        missing = f"a name for user {owner}" if owner else "a user “nobody”, and PostgreSQL refuses to run as root"
        raise Unavailable(
            f"This machine has no {missing}. Run the portal as a plain user with a name, or set DATABASE_URL."
        ) from None
    return Account(user.pw_name, user.pw_uid, user.pw_gid)
