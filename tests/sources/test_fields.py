"""MarkdownField: a column that refuses a citation of nothing."""

import pytest
from django import forms
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.core.exceptions import ValidationError
from django.db import models

from pkportal.sources.fields import MarkdownField
from pkportal.sources.models import Source

field = MarkdownField("summary", blank=True, help_text="Says what it was.")


@pytest.fixture
def known(db):
    return Source.objects.create(
        code="un-sres-1244", title="Resolution 1244", kind="resolution", published="1999-06-10"
    )


def test_takes_a_text_whose_sources_exist_and_asks_once(known, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert field.clean("X [@un-sres-1244]. Y [@un-sres-1244, para. 7].", None)


def test_names_every_unknown_code(known):
    with pytest.raises(ValidationError) as refused:
        field.clean("X [@un-sres-9999; @un-sres-1244]. Y [@nobody]. Z [@nobody].", None)

    assert refused.value.messages == ['No source has the code "un-sres-9999".', 'No source has the code "nobody".']
    assert {error.code for error in refused.value.error_list} == {"unknown_source"}


def test_a_code_longer_than_any_source_has_is_refused_even_where_it_is_an_example(db):
    with pytest.raises(ValidationError) as refused:
        field.clean(f"`[@{'a' * 61}]` or `[@{'b' * 60}]`", None)

    assert refused.value.messages == [f'No source has the code "{"a" * 60}…".']


@pytest.mark.parametrize("text", ["x " * 25_001, "`[@" + "a" * 50_000])
def test_a_text_is_no_longer_than_search_can_hold(text, db):
    with pytest.raises(ValidationError, match=f"The text has {len(text)} characters; it can have 50000."):
        field.clean(text, None)


@pytest.mark.parametrize("text", ["", "No claim.", "me@example.org", "`[@code]` is how to cite."])
def test_a_text_that_cites_nothing_costs_no_query(text, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert field.clean(text, None) == text


def test_nothing_is_a_text_too():
    assert MarkdownField(null=True, blank=True).clean(None, None) is None


def test_a_migration_shows_it_plainly():
    assert field.deconstruct()[1:] == (
        "pkportal.sources.fields.MarkdownField",
        [],
        {"verbose_name": "summary", "blank": True, "help_text": "Says what it was."},
    )


def test_its_box_is_marked_and_keeps_what_the_admin_and_the_field_say():
    plain = field.formfield()
    assert isinstance(plain.widget, forms.Textarea)
    assert plain.widget.attrs["class"] == "markdown"
    assert plain.help_text == "Says what it was."

    desk = field.formfield(**FORMFIELD_FOR_DBFIELD_DEFAULTS[models.TextField])
    assert desk.widget.attrs["class"] == "vLargeTextField markdown"


@pytest.mark.parametrize("text", ["[@nöpe]", "[@nope:7]", "[@ nope]", "[@known", "[@known, p. [12]]"])
def test_what_is_nearly_a_citation_is_refused_as_it_was_typed(text, db):
    with pytest.raises(ValidationError) as refused:
        field.clean(f"It began {text}.", None)

    (message,) = refused.value.messages
    assert message.startswith(f"“{text.partition(' [')[0]}")
    assert message.endswith("is not a citation. Write [@code] or [@code, p. 12].")


@pytest.mark.parametrize("text", [r"Write \[@code] where you claim.", "`[@nöpe]`", "me [at] home"])
def test_what_is_shown_as_an_example_is_no_citation(text, db):
    assert field.clean(text, None) == text
