"""Messy text files, one by one: every row that can be read is, every other one is named, and nothing is guessed."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkportal.exchange.reading import ReadingOptions, UnreadableFile, read_table
from pkportal.exchange.reading.line_source import is_text
from pkportal.exchange.row_names import row_name
from tests.exchange.messy_files import (
    HEADER,
    Messy,
    blank_lines_and_columns,
    encoded_files,
    quotes_and_shapes,
    titles_and_notes,
    wrapped_files,
)
from tests.exchange.refused_files import Refused, refused_files

MAKERS = [encoded_files, blank_lines_and_columns, titles_and_notes, wrapped_files, quotes_and_shapes]
MESSY = [file for maker in MAKERS for file in maker()]
REFUSED = [*refused_files()]


class KeptFile(io.BytesIO):
    """The bytes of a file, which can be written to as those of an import."""

    mode = "w+b"


def read(content, **options):
    return read_table(KeptFile(content), "figures.csv", [*HEADER, "source"], ReadingOptions(**options))


@pytest.mark.parametrize("file", MESSY, ids=[file.name for file in MESSY])
def test_messy_file_is_read_as_a_careful_clerk_would(file):
    table = read(file.content)
    rows = [*table]
    faults = {row.number: " ".join([row.fault, *row.cell_faults.values()]).strip() for row in rows}
    faults = {number: fault for number, fault in faults.items() if fault}

    assert [row.cells for row in rows if not row.fault] == file.rows
    assert {*faults} == {*file.faults}
    assert all(file.faults[number] in fault for number, fault in faults.items())
    notes = [str(note) for note in table.notes]
    assert all(any(words in note for note in notes) for words in file.notes), notes
    assert file.notes or not notes
    blank = {note.row for note in table.notes if note.text == "This row is blank."}
    assert not blank & {note.row for note in table.notes if note.text != "This row is blank."}


BESIDE = b"2031,,,2032,\ncountry,quantity,,country,quantity\nITA,1,,FRA,3\nDEU,2,,,\nTotal,3,,Total,3\n"
LYING = b"Troops\nmission,kfor,isaf\ncountry,ITA,DEU\nas_of,2031,2032\n"
PAGE = (
    "<html><meta charset=windows-1250><!-- <table> --><table><tr><td>Menu<td>Home</table>"
    "<table><tr><th>mission<th>country<th>note</tr><tr><td rowspan=2>kfor<td>ITA<td> Łódź &amp;<br>\n x <b>y</b></tr>"
    "<tr><td>DEU<td></table>"
).encode("cp1250")


@pytest.mark.parametrize(
    ("content", "answers", "header", "rows"),
    [
        (BESIDE, {"beside": "2"}, "country quantity", ["3 FRA 3"]),
        (
            BESIDE,
            {"beside": "all"},
            "country quantity title",
            ["A3 ITA 1 2031", "A4 DEU 2 2031", "D3 FRA 3 2032"],
        ),
        (LYING, {"turned": "yes"}, "mission country as_of", ["B1 kfor ITA 2031", "C1 isaf DEU 2032"]),
        (PAGE, {}, "mission country note", ["2 kfor ITA Łódź &\nx y", "3  DEU "]),
    ],
)
def test_tables_beside_each_other_on_their_side_or_in_a_web_page_are_read(content, answers, header, rows):
    table = read(content, **answers)

    assert " ".join(table.header) == header
    assert [" ".join([row_name(row.number), *row.cells]) for row in table] == rows


@pytest.mark.parametrize("file", REFUSED, ids=[file.name for file in REFUSED])
def test_what_is_no_table_or_may_be_read_in_several_ways_is_said_in_words(file):
    with pytest.raises(UnreadableFile) as refused:
        [*read(file.content)]

    assert file.words in str(refused.value)


def test_corpus_has_at_least_a_hundred_and_fifty_files_of_one_trouble_each():
    assert len(MESSY) + len(REFUSED) >= 150
    assert all(len({file.name for file in files}) == len(files) for files in [MESSY, REFUSED])
    assert {type(file) for file in [*MESSY, *REFUSED]} == {Messy, Refused}


def test_answer_settles_the_encoding_and_a_letter_that_was_encoded_twice():
    content = "mission,note\nkfor,Łódź\n".encode("cp1250")
    twice = "mission,note\nkfor,Türkiye\n".encode().decode("cp1252").encode()

    assert [row.cells for row in read(content, encoding="cp1250")] == [["kfor", "Łódź"]]
    assert [row.cells for row in read(twice, encoding="utf-8-twice")] == [["kfor", "Türkiye"]]
    assert [row.cells for row in read(twice, encoding="utf-8")] == [["kfor", "TÃ¼rkiye"]]
    for words, encoding, answer in [("Косово", "utf-16-le", ""), ("コソボ", "iso2022_jp", "iso2022_jp")]:
        coded = f"mission,note\nkfor,{words * 9}\n".encode(encoding)
        assert [row.cells for row in read(coded, encoding=answer)] == [["kfor", words * 9]]
    with pytest.raises(UnreadableFile, match="There is no encoding “klingon”"):
        read(content, encoding="klingon")


def test_millions_of_line_ends_are_counted_and_not_read_one_by_one():
    (row,) = read(b"mission,note\n" + b"\n" * 9_000_000 + b"kfor,x\n")

    assert (row.number, row.cells) == (9_000_002, ["kfor", "x"])


def test_notes_of_a_file_with_trouble_in_every_row_are_counted():
    table = read(b"mission,note\n" + b"kfor,x\n\n" * 300)
    assert len([*table]) == 300

    assert len(table.notes) == 101
    assert str(table.notes[-1]) == "There are 199 more notes like these."


PIECES = st.sampled_from(
    [b",", b";", b"\t", b'"', b"\n", b"\r", b"\r\n", b"\\", b"\0", b"mission", b"note", b"Total", b"\xff\xfe", b"\xc3"]
)
ANY_BYTES = st.lists(PIECES | st.binary(max_size=8), max_size=60).map(b"".join)


@given(ANY_BYTES, st.sampled_from(["", "cp1250", "utf-8-twice", "utf-16"]))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused_in_words(content, encoding):
    try:
        table = read(content, encoding=encoding)
        rows = [*table]
    except UnreadableFile:
        return
    assert all(len(row.cells) == len(table.header) for row in rows if not row.fault)
    assert [row.number for row in rows] == sorted({row.number for row in rows})
    assert is_text("".join(cell for row in rows for cell in row.cells))
