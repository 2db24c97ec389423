"""A question taken apart: plain words, phrases and field words."""

import pytest

from pkportal.website.search.query import QueryPart, field_word, misspelt_names, parse_query

NAMES = ["nation", "type", "year", "kind"]


def fields(text):
    return [(part.name, part.value) for part in parse_query(text, NAMES).fields]


@pytest.mark.parametrize(
    ("text", "found", "words"),
    [
        ("nation:italy", [("nation", "italy")], ""),
        ("medical nation:italy embargo", [("nation", "italy")], "medical embargo"),
        ('nation:"united kingdom" year:1999', [("nation", "united kingdom"), ("year", "1999")], ""),
        ("nation:“united kingdom”", [("nation", "united kingdom")], ""),
        ("Nation: italy force", [("nation", "italy")], "force"),
        ("NATION:Italy", [("nation", "Italy")], ""),
        ('nation:"united', [("nation", "united")], ""),
        ("nation:", [("nation", "")], ""),
        ("-nation:italy", [("-nation", "italy")], ""),
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
def test_parts_field_words_from_words(text, found, words):
    assert fields(text) == found
    assert parse_query(text, NAMES).words == words


def test_a_part_can_be_left_out_or_written_otherwise():
    question = parse_query("medical nation:italy", NAMES)
    part = question.fields[0]

    assert question.without(part).text == "medical"
    assert question.with_replaced({part: 'nation:"united kingdom"'}).text == 'medical nation:"united kingdom"'
    assert parse_query(question.text, NAMES) == question


def test_a_value_with_blanks_is_quoted():
    assert field_word("nation", "united kingdom") == 'nation:"united kingdom"'
    assert field_word("nation", "ITA") == "nation:ITA"


def test_a_misspelt_field_word_is_noticed_and_any_other_colon_is_text():
    question = parse_query("natoin:italy https://www.nato.int", NAMES)

    assert [*misspelt_names(question, NAMES)] == [(QueryPart("natoin:italy"), "nation:italy")]


@pytest.mark.parametrize(("text", "is_word"), [("force", True), ("or", False), ("-air", False), ('"a b"', False)])
def test_knows_what_a_record_must_have(text, is_word):
    assert QueryPart(text).is_word is is_word
