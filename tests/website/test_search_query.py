"""Parsing a search query: words, phrases and field words."""

import pytest

from pkportal.website.search.field_advice import unknown_names
from pkportal.website.search.query import QueryPart, field_word, parse_query

NAMES = {"nation": "nation", "country": "nation", "type": "type", "year": "year", "kind": "kind"}


def fields(text):
    return [(part.name, part.value) for part in parse_query(text, NAMES).fields]


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("nation:italy", [("nation", "italy")], ""),
        ("medical nation:italy embargo", [("nation", "italy")], "medical embargo"),
        ('nation:"united kingdom" year:1999', [("nation", "united kingdom"), ("year", "1999")], ""),
        ("nation:“united kingdom”", [("nation", "united kingdom")], ""),
        ("Nation: italy force", [("nation", "italy")], "force"),
        ("NATION:Italy", [("nation", "Italy")], ""),
        ("country:italy", [("nation", "italy")], ""),
        ("-country:italy", [("-nation", "italy")], ""),
        ('nation:"united', [("nation", "united")], ""),
        ("nation:", [("nation", "")], ""),
        ("-nation:italy", [("-nation", "italy")], ""),
        ("nation:-italy", [("-nation", "italy")], ""),
        ("nation:italy nation:france", [("nation", "italy"), ("nation", "france")], ""),
        ('"nation:italy took part"', [], '"nation:italy took part"'),
        ("Note: the force", [], "Note: the force"),
        ("https://www.nato.int", [], "https://www.nato.int"),
        ('rules -air "rules of engagement" or', [], 'rules -air "rules of engagement" or'),
        ("subnation:italy", [], "subnation:italy"),
        ("", [], ""),
        (":", [], ":"),
        ('"', [], '"'),
    ],
)
def test_field_words_are_separated_from_words(text, expected, words):
    assert fields(text) == expected
    assert parse_query(text, NAMES).words == words


def test_part_of_a_query_can_be_removed_or_replaced():
    query = parse_query("medical nation:italy", NAMES)
    (part,) = query.fields

    assert query.without(part).text == "medical"
    assert query.with_replaced({part: 'nation:"united kingdom"'}).text == 'medical nation:"united kingdom"'
    assert parse_query(query.text, NAMES) == query


def test_value_with_spaces_is_quoted():
    assert field_word("nation", "united kingdom") == 'nation:"united kingdom"'
    assert field_word("nation", "ITA") == "nation:ITA"


def test_all_that_looks_like_a_field_word_is_named_with_the_nearest_and_other_colons_are_text():
    query = parse_query("natoin:italy contry:italy foo:bar https://www.nato.int Note: see 3:1", NAMES)

    unknown = unknown_names(query, NAMES)

    assert [(it.part.text, it.near, it.corrected) for it in unknown] == [
        ("natoin:italy", "nation", "nation:italy"),
        ("contry:italy", "nation", "nation:italy"),
        ("foo:bar", "", "foo:bar"),
    ]


@pytest.mark.parametrize(("text", "is_word"), [("force", True), ("or", False), ("-air", False), ('"a b"', False)])
def test_part_is_a_word_unless_it_is_an_operator_a_phrase_or_excluded(text, is_word):
    assert QueryPart(text).is_word is is_word
