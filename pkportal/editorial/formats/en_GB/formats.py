"""Formats of en-gb that differ from Django's."""

DATETIME_FORMAT = "j M Y, H:i"
# As forms show a day and the calendar writes it: 12/03/1999 may be two days, and is refused when it is sent.
DATE_INPUT_FORMATS = ["%Y-%m-%d"]
