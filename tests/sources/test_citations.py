"""Citations: the sources that a text names, as read by pages, the admin and the database."""

import time
from importlib import import_module

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from pkportal.sources.citations import BRACKET, NAMED, Citation, citations_in, cited_codes, parser

# Everything the grammar gives a meaning, so that hypothesis meets its corners and not only noise.
WORDS = [*"xä7–'\"@[:!.,-_\\ \u00a0\t\n", "para. 7", "%s"]
CODES = ["a", "b-1", "c.d", "UN_9", "a.", "b-1..", "-", ""]
SEPARATORS = [";", "; ", ";\n", ";\n  ", " ;", ";;", ";\n\n", ";\n> "]
MARKUP = [*"`)>|*]", "``", "\n```\n", "\n~~~\n", "\n> ", "\n- ", "\n# ", "](", "<http://", "\n|-|\n", "&amp;"]


def is_prose(text):
    # a list or a code fence that begins inside a bracket tears it apart on the page; the database does not see that
    return not any(line.lstrip(" \t").startswith(("-", "_", "7.", ">")) for line in text.split("\n"))


def texts(*words):
    run = st.lists(st.sampled_from([*WORDS, *words]), max_size=5).map("".join)
    item = st.builds("@{}{}{}".format, st.sampled_from(CODES), st.sampled_from(["", ",", " ", "\n", ";", "!"]), run)
    bracket = st.builds(
        lambda items, by: f"[{by.join(items)}]", st.lists(item, max_size=3), st.sampled_from(SEPARATORS)
    )
    return st.lists(bracket | run, max_size=6).map("".join)


prose = texts().filter(is_prose)
markdown = texts(*MARKUP) | st.text(st.characters(codec="utf-8", exclude_characters="\0"))


def citations_on_page(text):
    tokens = [token for block in parser.parse(text) for token in block.children or ()]
    return [citation for token in tokens if token.type == "citation" for citation in token.meta["citations"]]


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("Authorised by resolution 1244 [@un-sres-1244].", [("un-sres-1244", "")]),
        ("[@un-sres-1244, para. 7]", [("un-sres-1244", "para. 7")]),
        ("[@a, para. 7; @b, pp. 3–5]", [("a", "para. 7"), ("b", "pp. 3–5")]),
        ("[@a; @b;@c]", [("a", ""), ("b", ""), ("c", "")]),
        ("[@a, pp. 3; 7; @b]", [("a", "pp. 3; 7"), ("b", "")]),
        ("[@a p. 12]", [("a", "p. 12")]),
        ("[@a.] [@b,] [@c.d.] [@UN_1,  p. 1 ]", [("a", ""), ("b", ""), ("c.d", ""), ("UN_1", "p. 1")]),
        ("[@a,\npara. 7;\n@b]", [("a", "para. 7"), ("b", "")]),
        ("> [@a;\n> @b]", [("a", ""), ("b", "")]),
        ("[@a][@b](/c)", [("a", ""), ("b", "")]),
        ("[@a]: https://nato.int", [("a", "")]),
        ("    [@a]", [("a", "")]),
        ("[see [@a]](/b)", [("a", "")]),
        (r"\\[@a]", [("a", "")]),
        ("[@a, p. ]", [("a", "", "p.")]),
        ("[@a pp.; @b, Annex, para. ; @c, art]", [("a", "", "pp."), ("b", "Annex", "para."), ("c", "", "art")]),
        ("[@p, p; @a, the state of the art]", [("p", "", "p"), ("a", "the state of the art")]),
    ],
)
def test_citation_has_a_code_and_a_pinpoint(text, citations):
    assert citations_on_page(text) == [Citation(*citation) for citation in citations]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a@b.org",
        "[a]",
        "[ @a]",
        "[@]",
        "[@-a]",
        "[@a!]",
        "[@a; @!]",
        "[@a, [b]]",
        "[@a",
        "[@a,\n\np. 7]",
        r"\[@a]",
        "@a",
    ],
)
def test_anything_else_is_no_citation(text):
    assert citations_on_page(text) == []
    assert cited_codes(text) == []


@pytest.mark.parametrize("code", ["`[@a]`", "`` ` [@a] ``", "```\n[@a]\n```", "~~~\n[@a]\n~~~", "> ```\n> [@a]\n> ```"])
def test_code_blocks_and_code_spans_cite_nothing(code):
    assert cited_codes(f"{code}\n\n[@b]") == ["b"]


def test_codes_are_listed_once_in_order_of_first_mention():
    assert cited_codes("First [@b, p. 1; @a]. Then [@c]. Again [@a, p. 2; @b].") == ["b", "a", "c"]


def test_long_unclosed_brackets_are_parsed_in_seconds():
    start = time.process_time()

    assert cited_codes("[@a" + "." * 20_000 + "!") == []
    assert cited_codes("[@a, " + "; " * 20_000) == []
    assert cited_codes("[@a;" + " " * 20_000) == []
    assert cited_codes("[@" * 5_000) == []
    assert time.process_time() - start < 5  # a regular expression that backtracks takes minutes


@given(
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,9}", fullmatch=True), st.text(st.characters(exclude_characters="[];\n"))
)
def test_pinpoint_keeps_its_words(code, pinpoint):
    (citation,) = citations_in(f"@{code}, {pinpoint}")
    assert citation.code == code
    assert "".join(citation.pinpoint.split()).strip(",") in "".join(pinpoint.split())


@pytest.fixture
def cited_in_database(db):
    with connection.cursor() as cursor:

        def cited(text):
            cursor.execute("SELECT pk_cited(%s)", [text])
            return cursor.fetchone()[0]

        yield cited


more_examples = settings(max_examples=150)


@more_examples
@given(prose)
def test_database_and_page_find_the_same_codes_in_prose(cited_in_database, text):
    assert cited_in_database(text) == sorted(cited_codes(text))


@more_examples
@given(markdown)
def test_database_finds_every_code_that_a_page_shows(cited_in_database, text):
    assert {*cited_codes(text)} <= {*cited_in_database(text)}


@pytest.mark.parametrize(
    "text",
    [
        "> [@a;\n> @b, p. 1;\n> @c]",
        "[@a,\r\np. 1;\r\n@b] [@c, p.\r\n\r\n2]",
        r"\[@a] \\[@b] \\\[@c]",
        "[@a,\u00a0p. 1] [@b\u00a0p. 1;\u00a0@c]",
        "[[@a]] ![@b] [x [@c]](/d)",
        "    [@a]\n\n[@b]: https://nato.int",
    ],
)
def test_database_and_page_agree_on_quotations_line_endings_and_escapes(cited_in_database, text):
    assert cited_in_database(text) == sorted(cited_codes(text))


def test_database_returns_sorted_codes_without_duplicates_or_an_empty_list(cited_in_database):
    assert cited_in_database("[@b; @a, p. 1] [@B] [@b]") == ["B", "a", "b"]
    assert cited_in_database("no source") == []
    assert cited_in_database(None) == []


def test_database_function_uses_the_regular_expressions_of_the_parser():
    sql = import_module("pkportal.sources.migrations.0001_initial").CITED
    assert BRACKET in sql
    assert NAMED in sql
