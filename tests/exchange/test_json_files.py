"""JSON files: a list of objects or an object in each line is a table, and of anything else it is said what is wrong."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkportal.exchange.reading import UnreadableFile, read_table
from pkportal.exchange.reading.line_source import is_text

ROWS = '[{"mission": "kfor", "quantity": 5.0, "checked": true}, {"quantity": 7, "mission": "eufor", "checked": null}]'


def read_json(content):
    data = content if isinstance(content, bytes) else content.encode()
    return read_table(io.BytesIO(data), "figures.json", ["mission"])


def faults_of(content):
    return {row.number: " ".join([row.fault, *row.cell_faults.values()]).strip() for row in read_json(content)}


@pytest.mark.parametrize(
    "content",
    [
        ROWS,
        json.dumps(json.loads(ROWS), indent=4).replace("\n", "\r\n"),
        "\n".join(map(json.dumps, json.loads(ROWS))) + "\n",
        ROWS.encode("utf-8-sig"),
        ROWS.encode("utf-16"),
    ],
    ids=["list", "indented", "lines", "with a mark", "UTF-16"],
)
def test_objects_are_rows_in_any_order_of_their_names(content):
    table = read_json(content)

    assert table.header == ["mission", "quantity", "checked"]
    assert [row.cells for row in table] == [["kfor", "5", "yes"], ["eufor", "7", ""]]
    assert not table.notes


@pytest.mark.parametrize("before", ["", '"count": 2, "next": null, "note": "a [{ b", '])
@pytest.mark.parametrize("after", ["", ', "page": {"of": [1, 2]}'])
def test_one_list_in_an_object_is_the_table_and_what_is_beside_it_is_said(before, after):
    table = read_json("{\n " + before + '"results" : ' + ROWS + after + "\n}\n")

    assert [row.cells for row in table] == [["kfor", "5", "yes"], ["eufor", "7", ""]]
    notes = [note.text for note in table.notes]
    assert notes[0] == "The list “results” was read."
    assert ("“count: 2” is beside the list and was left out." in notes) == bool(before)
    assert any(note.startswith("“page: ") for note in notes) == bool(after)


def test_numbers_are_as_they_are_written_and_lists_are_several_values():
    number = "123456789012345678901234567890.10"
    (row,) = read_json('[{"a": ' + number + ', "b": 1e3, "c": -0.50, "d": ["x", 2, null], "e": [], "f": "\\u00e9\\n"}]')

    assert row.cells == [number, "1e3", "-0.50", "x;2;", "", "é\n"]


def test_what_a_row_lacks_is_read_as_blank_and_said():
    table = read_json('[{"a": "x", "b": 1}, {"b": 2}]')

    assert [row.cells for row in table] == [["x", "1"], ["", "2"]]
    assert [*map(str, table.notes)] == ["row 2: It lacks a, which was read as blank."]


def test_object_that_is_no_row_is_a_fault_of_its_own_and_the_next_ones_are_read_on():
    nested = "A value must be a text, a number, true, false, null or a list of these without semicolons."
    objects = ['{"a": 1}', '{"a": {"b": 1}}', '{"a": [[1]]}', '{"a": ["x;y"]}', "7", '{"a": 1, "a": 2}']
    faults = ["", nested, nested, nested, "It is no object with names and values.", "It has the name “a” twice."]

    assert [*faults_of(f"[{', '.join(objects)}]").values()] == faults
    assert [*faults_of("\n".join([*objects, '{"a": ', '{"a": 2}'])).values()] == [
        *faults,
        'This line is not JSON: “{"a":”.',
        "",
    ]
    rows = ", ".join(['{"a": 1}'] * 60)
    assert faults_of(f'[{rows}, {{"a": 1, "late": 2}}]')[61] == "It has the name “late”, which no row before it has."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[]", "It has none."),
        ("[[1, 2]]", "It is no object with names and values."),
        ('{"rows": [\n1\n]}', "JSON must be a list of objects, or have a whole object in each line"),
        ('[{"a": 1}', "The list has no end: the file is incomplete."),
        ('[{"a": 1},\n{"a": 2', 'Row 2 is not JSON, or the file is incomplete: “{"a": 2”.'),
        ('[{"a": 1}\nThe file is incomplete, because', "Row 2 is not JSON, or the file is incomplete: “The file is"),
        ('[{"a": 1},]', "Row 2 is not JSON"),
        ('[{"a": 1}] more', "Something follows after the list: “more”."),
        ('[{"a": 1, " a ": 2}]', "names a column twice: a"),
        ('[{"a": ' + "[" * 20_000, "Row 1 is not JSON"),
        ('[{"a": [' + "[], " * 100_000, "Row 1 has more values than a row of a table can have."),
        (json.dumps([{str(number): 1 for number in range(900)}]), "at most 500"),
    ],
    ids=range(12),
)
def test_json_that_is_no_table_or_broken_off_is_refused_in_words(content, words):
    with pytest.raises(UnreadableFile) as refused:
        [*read_json(content)]

    assert words in str(refused.value)


def test_byte_that_is_no_character_is_a_fault_of_its_cell():
    assert faults_of(b'[{"a": "caf\xe9"}, {"a": "\\u0000"}, {"a": "\\ud800"}, {"a": "\xc3\xa9\xc3\xa9"}]') == {
        1: "The byte E9 is not a character in the encoding of the file: “caf�”.",
        2: "It contains the character NUL, which is not text.",
        3: "It contains half a character: “�”.",
        4: "",
    }


PIECES = st.sampled_from([b"[", b"]", b"{", b"}", b'"a"', b":", b",", b"\n", b"1", b"null", b"\\", b"\xff", b"\0"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(st.lists(PIECES | st.binary(max_size=4), max_size=40).map(b"".join), st.lists(VALUES, max_size=4))
@settings(max_examples=150)
def test_any_json_and_any_damaged_json_is_read_or_refused_in_words(damage, values):
    whole = json.dumps(values).encode()
    for content in [b'[{"a": 1}' + damage, b'{"a": 1}\n' + damage, whole, whole[: len(whole) // 2] + damage]:
        try:
            table = read_json(content)
            rows = [*table]
        except UnreadableFile:
            continue
        assert all(len(row.cells) == len(table.header) for row in rows if not row.fault)
        assert is_text("".join(cell for row in rows for cell in row.cells))
