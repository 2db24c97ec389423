"""MarkdownField: a text column that refuses citations of unknown sources."""

import pytest
from django import forms
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.core.exceptions import ValidationError
from django.db import models

from pkportal.sources.fields import MarkdownField
from pkportal.sources.models import Source

field = MarkdownField("summary", blank=True, help_text="Says what it was.")


@pytest.fixture
def source(db):
    return Source.objects.create(
        code="un-sres-1244", title="Resolution 1244", kind="resolution", published="1999-06-10"
    )


def test_text_with_known_sources_is_valid_and_costs_one_query(source, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert field.clean("X [@un-sres-1244]. Y [@un-sres-1244, para. 7].", None)


def test_error_names_every_unknown_code(source):
    with pytest.raises(ValidationError) as error_info:
        field.clean("X [@un-sres-9999; @un-sres-1244]. Y [@nobody]. Z [@nobody].", None)

    assert error_info.value.messages == ['No source has the code "un-sres-9999".', 'No source has the code "nobody".']
    assert {error.code for error in error_info.value.error_list} == {"unknown_source"}


def test_code_that_is_too_long_is_refused_even_as_an_example(db):
    with pytest.raises(ValidationError) as error_info:
        field.clean(f"`[@{'a' * 61}]` or `[@{'b' * 60}]`", None)

    assert error_info.value.messages == [f'No source has the code "{"a" * 60}…".']


@pytest.mark.parametrize("text", ["x " * 25_001, "`[@" + "a" * 50_000])
def test_text_that_is_too_long_for_the_search_index_is_refused(text, db):
    with pytest.raises(ValidationError, match=f"The text has {len(text)} characters; it can have 50000."):
        field.clean(text, None)


@pytest.mark.parametrize("text", ["", "No claim.", "me@example.org", "`[@code]` is how to cite."])
def test_text_without_citations_is_valid_and_costs_no_query(text, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert field.clean(text, None) == text


def test_null_is_valid_if_the_column_allows_it():
    assert MarkdownField(null=True, blank=True).clean(None, None) is None


def test_migration_has_only_the_options_of_the_field():
    assert field.deconstruct()[1:] == (
        "pkportal.sources.fields.MarkdownField",
        [],
        {"verbose_name": "summary", "blank": True, "help_text": "Says what it was."},
    )


def test_textarea_has_the_class_markdown_beside_the_classes_of_the_admin():
    form_field = field.formfield()
    assert isinstance(form_field.widget, forms.Textarea)
    assert form_field.widget.attrs["class"] == "markdown"
    assert form_field.help_text == "Says what it was."

    admin_field = field.formfield(**FORMFIELD_FOR_DBFIELD_DEFAULTS[models.TextField])
    assert admin_field.widget.attrs["class"] == "vLargeTextField markdown"


@pytest.mark.parametrize("text", ["[@nöpe]", "[@nope:7]", "[@ nope]", "[@known", "[@known, p. [12]]"])
def test_malformed_citation_is_refused_and_quoted(text, db):
    with pytest.raises(ValidationError) as error_info:
        field.clean(f"It began {text}.", None)

    (message,) = error_info.value.messages
    assert message.startswith(f"“{text.partition(' [')[0]}")
    assert message.endswith("is not a citation. Write [@code] or [@code, p. 12].")


@pytest.mark.parametrize("text", [r"Write \[@code] where you claim.", "`[@nöpe]`", "me [at] home"])
def test_escaped_citations_and_code_are_not_citations(text, db):
    assert field.clean(text, None) == text
