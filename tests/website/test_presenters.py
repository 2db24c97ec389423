"""Columns of list rows: escaped text, labels and URLs, each made once a page for rows that share a value."""

from types import SimpleNamespace

import pytest
from django.db.models import TextChoices
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from pkportal.website.presenters import (
    ListColumn,
    first_words,
    label_column,
    present_records,
    present_values,
    text_column,
    url_column,
)

HOSTILE = "<b>\"'&"
ESCAPED = "&lt;b&gt;&quot;&#x27;&amp;"


class Level(TextChoices):
    HIGH = "high", "a <high> level"


def only_row(rows):
    (row,) = rows
    return row


@pytest.mark.parametrize(
    ("column", "value", "html"),
    [
        (text_column("name"), HOSTILE, ESCAPED),
        (text_column("name"), "", ""),
        (label_column("name", Level), "high", "a &lt;high&gt; level"),
        (label_column("name", Level, capfirst), "high", "A &lt;high&gt; level"),
        (url_column("name", "mission"), "kfor", "/missions/kfor/"),
        (url_column("name", "mission"), HOSTILE, f"/missions/{ESCAPED}/"),
        (url_column("name", "country"), "ITA", "/countries/ITA/"),
    ],
)
def test_column_is_escaped_html_that_a_template_shows_unchanged(column, value, html):
    row = only_row(present_values([{"name": value}], {"name": column}))

    assert row == {"name": html}
    assert isinstance(row["name"], SafeString)
    assert Template("{{ row.name }}").render(Context({"row": row})) == html


def test_plain_text_of_a_column_is_escaped_by_the_template():
    row = only_row(present_values([{"name": HOSTILE}], {"name": ListColumn(("name",), str)}))

    assert Template("{{ row.name }}").render(Context({"row": row})) == ESCAPED


def test_row_of_values_keeps_its_other_fields_and_is_not_changed_itself():
    values = {"code": "kfor", "name": "<KFOR>", "year": 1999}
    columns = {"name": text_column("name"), "url": url_column("code", "mission")}

    row = only_row(present_values([values], columns))

    assert row == {"code": "kfor", "name": "&lt;KFOR&gt;", "year": 1999, "url": "/missions/kfor/"}
    assert values == {"code": "kfor", "name": "<KFOR>", "year": 1999}


def test_columns_of_records_come_with_their_record_and_read_related_fields():
    first, second = (
        SimpleNamespace(code=code, country=SimpleNamespace(name=name)) for code, name in [("a", "<A>"), ("b", "B")]
    )
    columns = {"country": text_column("country.name"), "url": url_column("code", "mission")}

    rows = [*present_records([first, second], columns)]

    assert rows == [
        ({"country": "&lt;A&gt;", "url": "/missions/a/"}, first),
        ({"country": "B", "url": "/missions/b/"}, second),
    ]


@pytest.mark.parametrize("present", [present_values, lambda rows, columns: present_records(map(record, rows), columns)])
@pytest.mark.parametrize(("cached", "calls"), [(True, 2), (False, 3)])
def test_column_is_made_once_for_rows_with_the_same_values_unless_it_is_not_cached(present, cached, calls):
    made = []
    column = ListColumn(("name", "year"), lambda values: made.append(values), cached)
    names_and_years = [("KFOR", 1999), ("KFOR", 1999), ("KFOR", 2000)]

    rows = [*present([{"name": name, "year": year} for name, year in names_and_years], {"title": column})]

    assert len(rows) == 3
    assert len(made) == calls
    assert set(made) == {("KFOR", 1999), ("KFOR", 2000)}


def record(values):
    return SimpleNamespace(**values)


def test_column_of_a_list_is_not_cached():
    column = ListColumn(("names",), ", ".join, cached=False)

    assert only_row(present_values([{"names": ["A", "B"]}], {"names": column})) == {"names": "A, B"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It **kept** the peace [@book, p. 3].", "It kept the peace."),
        ("One two three four", "One two three four"),
        ("One two three four five", "One two three four …"),
        ("", ""),
    ],
)
def test_first_words_are_plain_text_with_an_ellipsis_if_more_follow(text, words):
    assert first_words(text, 4) == words
