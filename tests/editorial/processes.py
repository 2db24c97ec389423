"""Processes of long work in tests: those that were started are waited for, or killed as nothing can prevent."""

import os
import signal
import time
from datetime import timedelta

from pkportal.changes import long_work


def wait_until(condition):
    """Wait until something is so."""
    for _ in range(3000):
        if condition():
            return True
        time.sleep(0.02)
    return False


def kill(process, monkeypatch):
    """Kill a process, and let its silence count at once."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait(10)
    monkeypatch.setattr(long_work, "STARTING", timedelta(0))
