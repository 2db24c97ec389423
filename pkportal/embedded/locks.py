"""Locks that end with the process that holds them, however it ends."""

import contextlib
import os
import sys

if sys.platform == "win32":
    import msvcrt

    def lock_exclusively(descriptor):
        """Wait until no other process has locked this file, then lock it."""
        while True:
            with contextlib.suppress(OSError):  # it gives up after ten seconds
                return msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

    def lock_shared(directory):
        """No-op on Windows, where programs that clear old files ignore locks."""
        return ()

else:
    import fcntl

    def lock_exclusively(descriptor):
        """Wait until no other process has locked this file, then lock it."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def lock_shared(directory):
        """Open a directory and lock it: systemd-tmpfiles does not clear a locked directory."""
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        return (descriptor,)


@contextlib.contextmanager
def exclusive_lock(path):
    """Context manager that one process at a time enters."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock_exclusively(descriptor)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def inherited_locks(directory):
    """Yield file descriptors for a program to inherit, so that a directory stays locked while it runs."""
    descriptors = lock_shared(directory)
    try:
        yield descriptors
    finally:
        for descriptor in descriptors:
            os.close(descriptor)
