"""Any text a cell can hold goes out and comes back, and none of it runs in a spreadsheet."""

import csv
import io

import pytest
import tablib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pkportal.exchange.csv_file import escape_formula, read_csv, unescape_formula, write_line
from pkportal.exchange.exporting import csv_lines
from pkportal.exchange.resources import SourceResource
from pkportal.sources.models import Source

# all that UTF-8 can write and PostgreSQL can store
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@given(TEXT)
def test_a_disarmed_text_comes_back_to_the_letter(text):
    assert unescape_formula(escape_formula(text)) == text


@given(TEXT)
def test_no_disarmed_text_begins_like_a_formula(text):
    assert not escape_formula(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=4))
def test_any_table_is_read_as_it_was_written(rows):
    content = "".join(write_line(cells) for cells in [["code", "title"], *rows])

    assert read_csv(content.encode()) == (["code", "title"], rows)


@pytest.mark.django_db
@given(text=TEXT.filter(lambda text: text.strip() and len(text) <= 300))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_stored_text_survives_dump_and_load(text):
    Source.objects.all().delete()
    Source.objects.create(code="a", title=text, kind="news")
    dumped = "".join(csv_lines(SourceResource, Source.objects.all(), public=False))

    Source.objects.update(title="changed")
    header, rows = read_csv(dumped.encode())
    result = SourceResource().import_data(tablib.Dataset(*rows, headers=header))

    assert not result.has_errors()
    assert not result.has_validation_errors()
    assert Source.objects.get().title == text


def test_a_formula_is_text_in_the_file_and_a_negative_number_is_not(db):
    Source.objects.create(code="a", title='=HYPERLINK("x")', publisher="-5", kind="news")

    row = next(csv.DictReader(io.StringIO("".join(csv_lines(SourceResource, Source.objects.all(), public=False)))))

    assert (row["title"], row["publisher"]) == ('\'=HYPERLINK("x")', "'-5")
