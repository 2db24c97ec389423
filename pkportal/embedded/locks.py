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
        """Hold nothing: what clears old files on Windows heeds no locks."""
        return ()

else:
    import fcntl

    def take(file):
        """Wait until nobody else holds this file."""
        fcntl.flock(file, fcntl.LOCK_EX)

    def share(directory):
        """Hold a directory open under a lock, the sign by which systemd-tmpfiles spares it."""
        held = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(held, fcntl.LOCK_SH)
        return (held,)


@contextlib.contextmanager
def alone(path):
    """Let one process at a time do what follows."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        take(file)
        yield
    finally:
        os.close(file)


@contextlib.contextmanager
def spared(directory):
    """Lend a program descriptors that spare a directory for as long as it runs."""
    held = share(directory)
    try:
        yield held
    finally:
        for descriptor in held:
            os.close(descriptor)
