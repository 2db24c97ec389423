"""Log lines: one line an event, in logfmt or JSON, whatever a client has sent.

An event is logged with its fields as a dictionary: ``logger.info("import", {"file": "missions.csv", "new": 3})``.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import UnreadablePostError

from .current_request import current_request

MAX_VALUE = 500  # characters
MAX_TRACEBACK = 20_000
NUMBERS = (int, float)
NAMES_WITH_PATHS = {"django.request", "django.security.csrf"}  # loggers that write "What happened: /path/"
REFUSALS = (PermissionDenied, SuspiciousOperation, BadRequest)
CLIENT_GONE = (UnreadablePostError, BrokenPipeError, ConnectionResetError, ConnectionAbortedError)
_bare_word = re.compile(r"[!#-<>-\[\]-~]+")  # printable ASCII without the blank, ", = and \


class TracebackFilter(logging.Filter):
    """Leaves tracebacks to errors of the portal: a refused request and a client that went away are none."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take traceback and level from such a record, and keep every record."""
        if record.name in NAMES_WITH_PATHS and record.args:
            # the access log has the path, without what is secret in it
            record.msg, record.args = record.getMessage().partition(": ")[0], ()
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, CLIENT_GONE):
            record.msg, record.args = "client went away", ()
        if isinstance(error, REFUSALS + CLIENT_GONE):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class FieldFormatter(logging.Formatter):
    """What the formats have in common: the fields of a line."""

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """Return time, level, logger and event, the request that is being answered, and what the event says itself."""
        request = current_request.get()
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if request:
            fields |= {"request": request.id, "address": request.address}
            if user := request.user:
                fields["user"] = user
        if isinstance(record.args, dict):
            fields |= record.args
        fields = {name: value if isinstance(value, NUMBERS) else cut_off(value) for name, value in fields.items()}
        if record.exc_info:
            fields["traceback"] = cut_off(self.formatException(record.exc_info), MAX_TRACEBACK)
        return fields


class LogfmtFormatter(FieldFormatter):
    """Lines that people read: ``time=2026-11-27T09:30:00.123Z level=info logger=pkportal.exchange event=import``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the fields as pairs; a value that is not one plain word is quoted."""
        fields = self.fields(record).items()
        return " ".join(
            [f"{name}={value if isinstance(value, NUMBERS) else quote_value(value)}" for name, value in fields]
        )


class JSONFormatter(FieldFormatter):
    """Lines that programs read: one JSON object each."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the fields as an object."""
        return json.dumps(self.fields(record))


def quote_value(text: str) -> str:
    """Return a text as it is if it is one plain word, else in quotes, without what could change or hide a line."""
    if _bare_word.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())


def cut_off(value: Any, max_length: int = MAX_VALUE) -> str:
    """Return a value as text, or the beginning of a long one."""
    text = str(value)
    return text if len(text) <= max_length else f"{text[:max_length]}…"
