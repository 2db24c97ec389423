"""A log line is one line with time, level and event, whatever a client has sent."""

import json
import logging
import re

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import UnreadablePostError
from hypothesis import given
from hypothesis import strategies as st

from pkportal.observability.log_lines import JSONFormatter, LogfmtFormatter

logger = logging.getLogger("pkportal.trial")


def line(formatter, message, *args):
    return formatter.format(logger.makeRecord("pkportal.trial", logging.INFO, "", 0, message, args, None))


def test_logfmt_is_pairs_of_names_and_values(logfmt):
    logger.info("import", {"file": "missions.csv", "note": 'says "no"', "new": 3, "seconds": 0.5})

    (text,) = logfmt.lines
    time, rest = text.split(" ", 1)
    assert re.fullmatch(r"time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time)
    assert rest == (
        'level=info logger=pkportal.trial event=import file=missions.csv note="says \\"no\\"" new=3 seconds=0.5'
    )


def test_json_keeps_numbers(log):
    logger.info("import", {"file": "missions.csv", "new": 3})

    (event,) = log.events()
    assert event.keys() == {"time", "level", "logger", "event", "file", "new"}
    assert (event["level"], event["event"], event["file"], event["new"]) == ("info", "import", "missions.csv", 3)


@given(st.text())
def test_no_text_can_end_a_line_or_hide_a_part_of_it(text):
    for formatter in [LogfmtFormatter(), JSONFormatter()]:
        for written in [line(formatter, "import", {"file": text}), line(formatter, "Found %s.", text)]:
            assert written.isprintable()
    assert json.loads(line(JSONFormatter(), "import", {"file": text}))["file"].startswith(text[:500])


@pytest.mark.parametrize("text", ["a\nlevel=error", "a\r", "\x1b[2J", "\x7f", "\x9b1m", "\u2028", "\u202e", "\udc80"])
def test_control_characters_are_escaped(text):
    written = line(LogfmtFormatter(), "import", {"file": text})

    assert json.loads(written.partition(" file=")[2]) == text
    assert written.isprintable()


def test_long_values_are_cut():
    assert len(line(LogfmtFormatter(), "import", {"file": "x" * 100_000})) < 700
    assert len(line(JSONFormatter(), "x" * 100_000)) < 700


@pytest.mark.parametrize("error", [PermissionDenied("no"), SuspiciousOperation("no"), BadRequest("no")])
def test_refused_request_is_a_warning_without_a_traceback(log, error):
    logging.getLogger("django.security").error("no", exc_info=error)

    (event,) = log.events()
    assert (event["level"], "traceback" in event) == ("warning", False)


@pytest.mark.parametrize("error", [UnreadablePostError("gone"), BrokenPipeError(), ConnectionResetError()])
def test_client_that_went_away_is_a_warning_without_a_traceback(log, error):
    logging.getLogger("django.request").error("Internal Server Error: %s", "/x", exc_info=error)

    (event,) = log.events()
    assert (event["level"], event["event"], "traceback" in event) == ("warning", "client went away", False)


def test_path_in_a_line_of_django_is_left_to_the_access_log(log):
    logging.getLogger("django.security.csrf").warning("Forbidden (%s): %s", "No cookie", "/reset/secret/")

    assert [event["event"] for event in log.events()] == ["Forbidden (No cookie)"]


def test_error_of_the_portal_is_one_line_with_its_traceback(logfmt):
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/x")

    (text,) = logfmt.lines
    assert 'event="Internal Server Error" traceback="Traceback (most recent call last):\\n' in text
    assert text.endswith('ValueError: two\\nlines"')
