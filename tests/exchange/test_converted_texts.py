"""Texts in cells: they are stored as a form stores them, and any text of a record comes back from a file exactly."""

import datetime
import unicodedata

import pytest
from django.contrib.admin import site
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.models import Contribution
from pkportal.content.clean_texts import TextKind
from pkportal.exchange.marked_texts import marked_sql
from pkportal.exchange.widgets import TextWidget

from .columns import DATE, NBSP, THIN, WHOLE, ZERO_WIDTH_SPACE, reader

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "text", "stored"),
    [
        *[
            ("contributions.location", text, "Peć")
            for text in ["Peć ", f"{NBSP}Peć", "Pec\u0301", f"P{ZERO_WIDTH_SPACE}eć"]
        ],
        *[
            ("contributions.location", f"North{gap}Mitrovica", "North Mitrovica")
            for gap in ["  ", NBSP, "\n", "\r\n", "\t"]
        ],
        ("contributions.note", " from the\nmap ", "from the map"),
        ("missions.name", "\u200eKosovo Force\u200f", "Kosovo Force"),
        ("missions.summary", "One.\r\nTwo.\rThree.", "One.\nTwo.\nThree."),
        ("missions.summary", "e\u0301", "é"),
        ("sources.url", "www.nato.int/x", "https://www.nato.int/x"),
        ("sources.code", "“report”", "report"),
    ],
)
def test_text_is_stored_as_the_form_stores_it_and_what_changed_is_said(path, text, stored):
    reading = reader(path).read(text)

    assert (reading.value, reading.refusal) == (stored, "")
    assert "” was read as " in reading.conversion


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("contributions.note", f"12{NBSP}000 of the  force"),
        ("missions.summary", f" Two  blanks,{NBSP}a {ZERO_WIDTH_SPACE} and\nlines.\n"),
        ("contributions.location", "'s-Hertogenbosch"),
    ],
)
def test_text_that_a_form_keeps_is_kept(path, text):
    assert reader(path).read(text)[:3] == (text, "", "")


@pytest.mark.parametrize("path", ["contributions.note", "missions.peak_strength", "missions.end_date"])
def test_blanks_in_a_blank_cell_are_no_conversion(path):
    assert reader(path).read(f" {NBSP} ") == reader(path).read("")


def test_conversion_shows_what_cannot_be_seen():
    assert reader("contributions.location").read(f"Peć{NBSP}").conversion == "“Peć[U+00A0]” was read as Peć"
    assert (
        reader("contributions.location")
        .read("Pec\u0301")
        .conversion.endswith("was read as Peć, with each accent as a part of its letter")
    )


CANONICAL = st.one_of(
    st.tuples(st.just(WHOLE), st.integers(0, 10**15).map(str)),
    st.tuples(st.just("cost_shares.share"), st.decimals(0, 100, places=4).map(lambda it: f"{it.normalize():f}")),
    st.tuples(st.just("missions.latitude"), st.floats(-90, 90).map(lambda it: str(it).removesuffix(".0"))),
    st.tuples(st.just(DATE), st.dates(datetime.date(1900, 1, 1)).map(str)),
    st.tuples(st.just("contributions.kind"), st.sampled_from(["troops", "ships", "training"])),
    st.tuples(st.just("missions.summary"), st.text("aé.\n ", min_size=1).filter(str.strip)),
)


@given(CANONICAL)
@settings(max_examples=60)
def test_what_a_dump_writes_is_never_converted(cell):
    path, text = cell
    assert reader(path).read(text).conversion == ""


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20))
@settings(max_examples=60)
def test_any_text_of_a_record_comes_back_from_a_file_exactly(text):
    for path in ["contributions.location", "contributions.note", "missions.summary", "sources.title"]:
        widget = reader(path).widget
        assert widget.unescape(widget.escape(text))[0] == text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60))
@settings(max_examples=40)
def test_conversion_of_any_text_is_composed_and_converted_no_further(text):
    for path in ["contributions.location", "contributions.note", "contributions.quantity", "missions.end_date"]:
        column = reader(path)
        reading = column.read(text)
        if reading.conversion:
            again = column.read(column.widget.escape(column.widget.render(reading.value)))
            assert again[:3] == (reading.value, "", "")
        elif not reading.refusal and isinstance(reading.value, str) and not text.startswith("'"):
            assert unicodedata.is_normalized("NFC", reading.value)


AWKWARD = ["'", " ", "  ", "\t", "\r", "\n", "\r\n", "=", "-", "\x1c", "\x85", NBSP, THIN, ZERO_WIDTH_SPACE, "\ufeff"]
AWKWARD += ["e\u0301", "\u200e", "\u2028", "＝", "a", "ć", "\u212b", "\u1100\u1161"]


@given(st.lists(st.lists(st.sampled_from(AWKWARD), max_size=5).map("".join), max_size=60))
@settings(max_examples=20)
def test_database_marks_the_same_texts_as_python(texts):
    for kind in [None, *TextKind]:
        condition = marked_sql(kind, "text")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT text FROM unnest(%s::text[]) AS texts (text) WHERE {condition}", [texts])  # noqa: S608
            marked = [text for (text,) in cursor.fetchall()]
        assert marked == [text for text in texts if TextWidget(kind).is_marked(text)]


@given(st.lists(st.sampled_from([*AWKWARD, "b", "\u00ad", "\u200f"]), max_size=6).map("".join))
@settings(max_examples=60)
def test_form_and_file_store_the_same_text(text):
    for path, kind in [("contributions.location", Contribution), ("contributions.note", Contribution)]:
        column = reader(path)
        field = site.get_model_admin(kind).formfield_for_dbfield(column.field, request=None)
        if not text.startswith("'"):  # an apostrophe may be that of an export
            assert column.read(text).value == field.clean(text)
