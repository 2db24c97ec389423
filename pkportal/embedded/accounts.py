"""The user who runs PostgreSQL, which refuses to run as root: the current user, or ``nobody`` for root."""

import contextlib
import os
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pkportal.embedded import Unavailable

WINDOWS = sys.platform == "win32"
if sys.platform == "win32":
    NEW_PROCESS_GROUP = {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
else:
    import pwd

    NEW_PROCESS_GROUP = {"start_new_session": True}

# environment variables that PostgreSQL needs; the rest may hold secrets, or settings for another server
PASSED_VARIABLES = {"LD_LIBRARY_PATH", "PATH", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "TZ", "WINDIR"}


@dataclass(frozen=True)
class Account:
    """A user of this machine who runs PostgreSQL; on Windows always the current user, whose ids are not known."""

    name: str
    uid: int = -1
    gid: int = -1

    @property
    def is_current_user(self):
        """True if PostgreSQL runs as the user of this process."""
        return WINDOWS or self.uid == os.geteuid()

    def run(self, *command, cwd="/", keep_open=(), **environment):
        """Run a program as this user and return its exit status and its output."""
        options: dict[str, Any] = {**NEW_PROCESS_GROUP}
        if not self.is_current_user:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        passed = {name: value for name, value in os.environ.items() if name.upper() in PASSED_VARIABLES}
        with tempfile.TemporaryFile() as output:  # the server that pg_ctl starts would keep a pipe open
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
                **options,
            )
            output.seek(0)
            return done.returncode, output.read().decode(errors="replace").strip()

    def write(self, path, text):
        """Write a file as this user, who may have put a link in its place."""
        status, output = self.run("/bin/sh", "-c", 'printf %s "$1" > "$0"', path, text)
        if status:
            raise Unavailable(f"{self.name} cannot write {path}: {output}")

    def can_run(self, program):
        """True if this user can run a program; tried, because modes, access lists and mount options all count."""
        try:
            status, _output = self.run(program, "--version")
        except OSError:
            return False
        return status == 0

    def can_enter(self, directory):
        """True if this user can enter a directory; tried, for the same reason."""
        if self.is_current_user:
            return True
        status, _output = self.run("/bin/sh", "-c", 'cd "$0"', directory)
        return status == 0

    def make_private(self, directory):
        """Make a directory that only this user can enter; raise ``Unavailable`` if another user made it first."""
        with contextlib.suppress(FileExistsError):
            directory.mkdir(mode=0o700)
        if WINDOWS:
            return directory
        self.check_owner(directory)
        if not self.is_current_user:
            os.chown(directory, self.uid, self.gid, follow_symlinks=False)
        directory.chmod(0o700)
        return directory

    def check_owner(self, directory):
        """Raise ``Unavailable`` for a directory, or a link in its place, that another user may have made."""
        status = directory.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {self.uid, os.geteuid()}:
            raise Unavailable(
                f"{directory} should be a directory of {self.name}, but {owner_name(status.st_uid)} put something else "
                f"there. Remove it if you know why it is there."
            )


def owner_name(uid: int) -> str:
    """Return the name of a user, or the id if the user has been deleted."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def account_for(cluster: Path) -> Account:
    """Return the account that runs a cluster: its owner if it exists, else the current user, but never root."""
    if WINDOWS:
        return Account(os.environ.get("USERNAME", "this user"))
    current = os.geteuid()
    owner = cluster.lstat().st_uid if cluster.exists() else current
    if current and owner != current:
        raise Unavailable(
            f"The database in {cluster} belongs to {owner_name(owner)} and you are {owner_name(current)}: "
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
