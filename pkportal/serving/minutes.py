"""What the portal does by itself each minute while it is served: publish what is due.

Each worker has a thread for it: whichever comes first does what there is to do.
"""

import logging
import threading
import time

from django.db import connection

from pkportal.changes.schedule import publish_due

_log = logging.getLogger("pkportal.workers")
SECONDS = 60


def keep_minutes() -> None:
    """Start the thread of this process."""
    threading.Thread(target=watch_clock, name="minutes", daemon=True).start()


def watch_clock() -> None:
    """Wait for each full minute."""
    while True:
        time.sleep(SECONDS - time.time() % SECONDS)
        do_what_is_due()


def do_what_is_due() -> None:
    """Publish what is due; whatever goes wrong is logged, and tried again a minute later."""
    try:
        publish_due()
    except Exception:
        _log.exception("publish_due failed")
    finally:
        connection.close()
