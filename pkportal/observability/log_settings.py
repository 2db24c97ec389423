"""Where the lines of the log go: all to standard error, in one format."""

LINES = "pkportal.observability.log_lines"
FORMATTERS = {"logfmt": "LogfmtFormatter", "json": "JSONFormatter"}


def log_settings(log_format: str) -> dict:
    """Return the setting LOGGING for a format, ``logfmt`` or ``json``."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"tracebacks": {"()": f"{LINES}.TracebackFilter"}},
        "formatters": {"line": {"()": f"{LINES}.{FORMATTERS[log_format]}"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tracebacks"]},
            "counter": {"class": "pkportal.observability.metrics.EventCounter", "filters": ["tracebacks"]},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console", "counter"], "level": "WARNING"},
        "loggers": {
            "pkportal": {"level": "INFO"},
            "pkportal.access": {"handlers": ["console"], "propagate": False},
            "django": {"handlers": []},  # Django's own handlers would log some lines twice
            "django.request": {"level": "ERROR"},  # the access log has all others
            "django.server": {"handlers": ["nowhere"], "propagate": False},  # the access log of runserver
            # a request with a wrong Host header gets an answer, and does not fill the log
            "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        },
    }
