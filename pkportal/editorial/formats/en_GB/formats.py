"""Formats of en-gb that differ from Django's."""

DATETIME_FORMAT = "j M Y, H:i"
