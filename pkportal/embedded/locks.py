"""Locks that end with the process that holds them, however it ends."""

import contextlib
import os
import sys

if sys.platform == "win32":
    import msvcrt

    def take(file):
        """Wait until nobody else holds this file."""
        while True:
            with contextlib.suppress(OSError):  # it gives up after ten seconds
                return msvcrt.locking(file, msvcrt.LK_LOCK, 1)

    def share(directory):
        """No-op on Windows, where programs that clear old files ignore locks."""
        return ()

else:
    import fcntl

    def take(file):
        """Wait until nobody else holds this file."""
        fcntl.flock(file, fcntl.LOCK_EX)

    def share(directory):
        """Open a directory and lock it: systemd-tmpfiles does not clear a locked directory."""
        held = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(held, fcntl.LOCK_SH)
        return (held,)


@contextlib.contextmanager
def alone(path):
    """Context manager that one process at a time enters."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        take(file)
        yield
    finally:
        os.close(file)


@contextlib.contextmanager
def spared(directory):
    """Yield file descriptors that a program inherits, so that the directories stay locked while it runs."""
    held = share(directory)
    try:
        yield held
    finally:
        for descriptor in held:
            os.close(descriptor)
