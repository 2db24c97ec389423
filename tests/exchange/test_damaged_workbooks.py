"""Damaged workbooks, and those that swell when they are unpacked: refused in words, and nothing else happens."""

import io
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkportal.exchange.reading import UnreadableFile, read_table
from tests.exchange.messy_files import HEADER, zipped
from tests.exchange.workbooks import ods, ods_row, ods_text, parts_of, shown, xls, xlsx


def read(content):
    return read_table(io.BytesIO(content), "figures", HEADER)


def with_part(name, change):
    parts = parts_of(xlsx())
    return zipped({**parts, name: change(parts.get(name, b""))})


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            with_part(SHEET, lambda xml: b"<a>" + b" " * 3_000_000 + xml),
            "larger than it seems: xl/worksheets/sheet1.xml",
        ),
        (with_part(SHEET, lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml.partition(b"?>")[2]), "not a workbook"),
        (with_part(SHEET, lambda xml: xml[: len(xml) // 2]), "not a workbook"),
        (with_part(SHEET, lambda xml: xml.replace(b'r="A2"', b'r="?2"')), "not a workbook"),
        (with_part(SHEET, lambda xml: xml.replace(b't="inlineStr"', b't="s"')), "not a workbook"),
        (with_part("xl/workbook.xml", lambda xml: b""), "not a workbook"),
        (ods(ods_row(ods_text("x"), attributes="table:number-rows-repeated='9999999'")), "not a workbook"),
        (xls()[:3000], "not a workbook"),
    ],
)
def test_broken_or_swollen_workbook_is_refused_in_words(content, words):
    with pytest.raises(UnreadableFile, match=words):
        [*read(content)]


BOOKS = {
    name: parts_of(content)
    for name, content in {"xlsx": xlsx(shown("mmm-yy")), "ods": ods(ods_row(ods_text("kfor")))}.items()
}
OLD_BOOK = xls()
DAMAGE = st.tuples(st.integers(0, 6000), st.binary(max_size=6), st.integers(0, 6))


def damaged(content, damages):
    for place, new, length in damages:
        place %= max(1, len(content))
        content = content[:place] + new + content[place + length :]
    return content


@given(st.sampled_from([*BOOKS]), st.randoms(use_true_random=False), st.lists(DAMAGE, min_size=1, max_size=3))
@settings(max_examples=60)
def test_damaged_workbook_is_read_or_refused_in_words(kind, random, damages):
    name = random.choice([*BOOKS[kind]])
    content = zipped({**BOOKS[kind], name: damaged(BOOKS[kind][name], damages)})

    for damaged_file in [content, damaged(content, damages), damaged(OLD_BOOK, damages)]:
        try:
            rows = [*read(damaged_file)]
        except UnreadableFile:
            continue
        assert all(len(row.cells) >= 1 for row in rows if not row.fault)


LINE = b"kfor,ITA,2031-03,1200,x\n"
LARGE = {
    "rows": b"mission,country,as_of,quantity,note\n" + LINE * 20_000,
    "a quote that is never closed": b'mission,country,as_of,quantity,note\n"' + LINE * 20_000,
    "commas": b"mission,note\n" + b"," * 500_000,
    "one cell": b"mission,note\nkfor," + b"x" * 499_000 + "é".encode(),
    "JSON": b"[" + b'{"mission": "kfor", "quantity": 1200, "note": null},' * 20_000 + b"{}]",
    "a dense object": b'[{"mission": [' + b"[]," * 170_000,
    "workbook": xlsx(rows=[["kfor", "ITA", str(number), number, f"note {number}"] for number in range(5000)]),
}


@pytest.mark.parametrize("content", LARGE.values(), ids=LARGE)
def test_no_file_takes_more_than_ten_times_its_size_in_memory(content):
    tracemalloc.start()
    with suppress(UnreadableFile):
        for _row in read(content):
            pass
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert taken < 10 * max(len(content), 500_000)
