"""The glossary: what the words of the site mean, and what abbreviations stand for."""

import re

import pytest
from django.utils.html import strip_tags

from tests import make

pytestmark = pytest.mark.django_db


def test_abbreviation_says_which_words_to_search_for(client):
    make.synonym(term="ROE", means="rules of engagement; use of force", kind="abbreviation")

    page = client.get("/glossary/")

    assert "<title>Glossary – Peacekeeping Record</title>" in page.text
    assert '<div id="term-roe">' in page.text
    assert "ROE see rules of engagement, use of force" in " ".join(strip_tags(page.text).split())
    assert '<a href="/search/?q=rules%20of%20engagement">rules of engagement</a>' in page.text


def test_other_spellings_are_no_terms(client):
    make.synonym(term="armor", means="armour", kind="british-american")

    assert "armor" not in client.get("/glossary/").text


def test_words_that_every_app_uses_are_defined(client):
    terms = {term.term: term for term in client.get("/glossary/").context["terms"]}

    assert "doctrine, organisation, training" in terms["DOTMLPFI"].definition
    assert [name for name in ["checked", "deployed", "lesson learned", "permanent command"] if name not in terms] == []
    assert [*terms] == sorted(terms, key=str.casefold)


def test_term_with_several_rows_is_listed_once(client):
    make.synonym(term="CRC", means="riot control")
    make.synonym(term="CRC", means="crowd control")

    assert [term.means for term in client.get("/glossary/").context["terms"] if term.term == "CRC"] == [
        ["crowd control", "riot control"]
    ]


def test_page_costs_one_query_and_is_linked_from_every_page(client, django_assert_num_queries):
    for number in range(3):
        make.synonym(term=f"term {number}")

    with django_assert_num_queries(1):
        client.get("/glossary/")

    assert '<a href="/glossary/">Glossary</a>' in client.get("/about/").text


def test_abbreviation_on_the_page_of_a_lesson_links_to_its_definition(client):
    page = client.get(make.published_lesson(dotmlpfi=["doctrine"]).get_absolute_url()).text

    (anchor,) = re.findall(r'href="/glossary/#([^"]+)"><abbr', page)
    assert f'id="{anchor}"' in client.get("/glossary/").text
