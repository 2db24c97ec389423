"""The glossary: what the words of the site mean, and what abbreviations stand for."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from pkportal.content.version import EDITION, NextPublication
from pkportal.serving.page_store import Edition
from tests import make
from tests.markup import text_of

pytestmark = pytest.mark.django_db


def test_abbreviation_says_which_words_to_search_for(client):
    synonym = make.synonym(term="ROE", means="rules of engagement; use of force", kind="abbreviation")

    page = client.get("/glossary/")

    assert "<title>Glossary – Peacekeeping Record</title>" in page.text
    assert '<div id="term-roe">' in page.text
    shown = " ".join(strip_tags(page.text).split())
    assert "ROE rules of engagement. Directives that say when" in shown
    assert "see use of force" in shown
    assert f'<a id="{synonym.reference}" href="/search/?q=rules%20of%20engagement">rules' in text_of(page)


def test_other_spellings_are_no_terms(client):
    make.synonym(term="armor", means="armour", kind="british-american")

    page = client.get("/glossary/")

    assert "armor" not in [term.term for term in page.context["terms"]]
    assert "armor: armour" in page.text


def test_words_that_every_app_uses_are_defined(client):
    terms = {term.term: term for term in client.get("/glossary/").context["terms"]}

    assert "doctrine, organisation, training" in terms["DOTMLPFI"].definition.text
    assert [name for name in ["checked", "deployed", "lesson learned", "permanent command"] if name not in terms] == []
    assert [*terms] == sorted(terms, key=str.casefold)


def test_term_with_several_rows_is_listed_once(client):
    make.synonym(term="CRC", means="riot control")
    make.synonym(term="CRC", means="crowd control")

    (crc,) = [term for term in client.get("/glossary/").context["terms"] if term.term == "CRC"]
    assert [words for words, _reference in crc.means] == ["crowd control", "riot control"]


def test_letters_lead_to_the_first_term_of_each(client):
    page = client.get("/glossary/")

    anchors = dict(page.context["letters"])
    assert [*anchors][:3] == ["A", "B", "C"]
    assert anchors["S"] == next(term.anchor for term in page.context["terms"] if term.term[0] in "sS")


def test_definition_has_the_number_of_its_source_where_the_source_is_on_record(client):
    assert "Sources</h2>" not in client.get("/glossary/").text
    make.source(code="wp-saceur", title="The commander of operations")

    page = client.get("/glossary/")

    (saceur,) = [term for term in page.context["terms"] if term.term == "SACEUR"]
    assert (saceur.definition.stands_for, saceur.sources) == ("Supreme Allied Commander Europe", ["wp-saceur"])
    assert "The commander of operations" in page.text
    assert "a definition without one is our own explanation" in text_of(page)


def test_acronym_of_a_mission_leads_to_its_page(client):
    mission = make.published_mission(name="Kosovo Heron Force", acronym="KHF")
    make.mission(acronym="XYZ")

    page = text_of(client.get("/glossary/"))

    assert "<dt>KHF</dt>" in page
    assert f'<a href="{mission.get_absolute_url()}">Kosovo Heron Force</a>' in page
    assert "XYZ" not in page


def test_page_costs_the_same_for_any_number_of_terms_and_is_linked_from_every_page(client, django_assert_num_queries):
    for number in range(3):
        make.synonym(term=f"term {number}")

    with django_assert_num_queries(3):  # the sources of the definitions, the synonyms, the acronyms of missions
        client.get("/glossary/")

    assert '<a href="/glossary/">Glossary</a>' in client.get("/about/").text


def test_abbreviation_on_the_page_of_a_lesson_links_to_its_definition(client):
    page = client.get(make.published_lesson(dotmlpfi=["doctrine"]).get_absolute_url()).text

    (anchor,) = re.findall(r'href="/glossary/#([^"]+)"><abbr', page)
    assert f'id="{anchor}"' in client.get("/glossary/").text


@pytest.fixture
def edition():
    return {EDITION: Edition(1, timezone.localdate(), NextPublication(None, None))}


def test_text_links_an_abbreviation_to_the_glossary_at_its_first_use_on_the_page(client, edition):
    make.synonym(term="ROE", means="rules of engagement", kind="abbreviation")
    texts = {
        "observation": "## ROE\n\nNo ROE, no PROEM, no roe; the [ROE](/x/) changed. ROE again.",
        "conclusion": "ROE.",
    }
    address = make.published_lesson(**texts).get_absolute_url()

    page = client.get(address, **edition).text

    assert page.count('<a href="/glossary/#term-roe" title="rules of engagement" class="term">ROE</a>') == 1
    assert page.count("#term-roe") == 1
    assert 'No <a href="/glossary/#term-roe"' in page  # the heading has none
    assert "no PROEM, no roe" in page


def test_abbreviations_are_read_once_for_all_pages_of_an_edition(client, edition, django_assert_num_queries):
    make.synonym(term="ROE", means="rules of engagement", kind="abbreviation")
    lessons = [make.published_lesson(observation="ROE <b>&") for _ in range(2)]
    with CaptureQueriesContext(connection) as unlinked:
        client.get(lessons[0].get_absolute_url())

    pages = []
    for lesson, extra in zip(lessons, [1, 0], strict=True):
        with django_assert_num_queries(len(unlinked) + extra):
            pages.append(client.get(lesson.get_absolute_url(), **edition).text)

    assert ["#term-roe" in page and "&lt;b&gt;&amp;" in page for page in pages] == [True, True]
