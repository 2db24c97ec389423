"""Abbreviations in the texts of the record: the glossary has each of them."""

import re

import pytest
from django.db.models import CharField, TextField

from pkportal.content.models import Record
from pkportal.content.registry import models_with
from pkportal.sources.fields import MarkdownField
from pkportal.sources.models import Source
from tests.markup import text_of

pytestmark = pytest.mark.django_db

LINK_TARGET = re.compile(r"\]\([^)]*\)")
ABBREVIATION = re.compile(r"(?<![\w./-])[A-Za-z]?[A-Z]{2,}(?![\w/-])")
WORDS_OF_OURS = {"title", "name", "note", "description", "summary", "text", "authorises", "outcome"}
NAMES_AND_NUMERALS = {"II", "III", "IV", "VI", "VII", "VIII", "ASC", "HAWK", "MED", "MH", "RAND"}


def texts_of_the_record():
    """Yield the model and each text of ours: not the titles of sources, and not the other names of things."""
    for model in models_with(Record):
        fields = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, MarkdownField)
            or (field.name in WORDS_OF_OURS and isinstance(field, CharField | TextField))
        ]
        if model is not Source and fields and not model._meta.model_name.endswith("name"):
            for row in model._default_manager.values_list(*(field.name for field in fields)):
                yield from ((model._meta.model_name, text) for text in row if text)


def test_glossary_has_every_abbreviation_of_the_texts(client):
    terms = {term.term for term in client.get("/glossary/").context["terms"]} | NAMES_AND_NUMERALS
    unknown = {}
    for model, text in texts_of_the_record():
        for word in ABBREVIATION.findall(LINK_TARGET.sub("]", text)):
            if word not in terms:
                unknown.setdefault(word, (model, text[:300]))

    assert " ".join(sorted(unknown)) == ""


def test_sources_of_definitions_are_on_record(client):
    page = client.get("/glossary/")

    for term in page.context["terms"]:
        assert (term.term, [*term.definition.sources]) == (term.term, term.sources)
    assert "Directives that say when and how force may be used." in text_of(page)


def test_every_term_of_the_glossary_has_an_id_of_its_own(client):
    ids = re.findall(r'id="(term-[^"]+)"', client.get("/glossary/").text)

    assert sorted(ids) == sorted({*ids})
    assert len(ids) > 200
