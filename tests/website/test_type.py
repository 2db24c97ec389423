"""The site's type: what the styles name is there, weighs little, and holds every letter the record prints."""

import io
import re
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from fontTools.ttLib import TTFont

from pkportal.website.fonts import FILES, FONTS, FontFinder, kept
from pkportal.website.typefaces import FACES, pair_tables

LARGEST = {"fonts/record-serif.woff2": 40_000, "fonts/record-sans.woff2": 30_000}
BY_OTHERS = set("↩") | set("←↑→↓")  # what the reader's own fonts draw: the first always, the others in the sans
TEXTS = [
    path
    for pattern in ["fixtures/*.csv", "fixtures/topics/*.md", "templates/**/*.html"]
    for path in Path(settings.BASE_DIR).glob(pattern)
]


def font(path):
    return TTFont(finders.find(path))


def named_by_styles():
    for style in (settings.BASE_DIR / "static" / "css").glob("*.css"):
        yield from re.findall(r"url\(\"?\.\./(fonts/[^\")]+)", style.read_text())


def test_the_styles_name_the_fonts_that_are_made_and_no_other():
    assert sorted(named_by_styles()) == sorted(FONTS)
    assert [Path(finders.find(path)).read_bytes()[:4] for path in FONTS] == [b"wOF2", b"wOF2"]


@pytest.mark.parametrize("path", FONTS)
def test_a_font_is_small(path):
    assert Path(finders.find(path)).stat().st_size <= LARGEST[path]


@pytest.mark.parametrize("path", FONTS)
def test_every_letter_the_record_prints_is_in_the_font(path):
    printed = set("".join(text.read_text() for text in TEXTS))
    known = font(path).getBestCmap()
    of_ours = {letter for letter in printed if letter.isprintable() and unicodedata.east_asian_width(letter) != "W"}

    assert [letter for letter in sorted(of_ours - BY_OTHERS) if ord(letter) not in known] == []


@pytest.mark.parametrize("path", FONTS)
def test_figures_may_stand_in_columns_or_in_a_line_of_text(path):
    features = {record.FeatureTag for record in font(path)["GSUB"].table.FeatureList.FeatureRecord}

    assert features >= {"tnum", "lnum", "onum", "pnum", "liga"}


@pytest.mark.parametrize("path", FONTS)
def test_a_font_carries_its_licence_and_a_name_nobody_has_reserved(path):
    names = font(path)["name"]

    assert "SIL Open Font License" in names.getDebugName(13)
    assert names.getDebugName(0)
    assert not re.search("source|public", " ".join(names.getDebugName(number) for number in [1, 3, 4, 6]), re.I)
    assert "SIL OPEN FONT LICENSE" in Path(finders.find(path.replace(".woff2", "-licence.txt"))).read_text()


@pytest.mark.parametrize("path", FONTS)
def test_a_dash_between_two_dates_keeps_its_blanks(path):
    cut = font(path)
    blank = cut.getBestCmap()[ord(" ")]
    kerned = [
        pair.SecondGlyph
        for table in pair_tables(cut)
        if table.Format == 1
        for first, row in zip(table.Coverage.glyphs, table.PairSet, strict=True)
        for pair in row.PairValueRecord
        if blank in {first, pair.SecondGlyph}
    ]
    classed = [table for table in pair_tables(cut) if table.Format == 2 and blank in table.ClassDef2.classDefs]

    assert (kerned, classed) == ([], [])


def test_every_weight_the_styles_ask_for_is_in_the_fonts():
    axes = [(axis.axisTag, axis.minValue, axis.maxValue) for path in FONTS for axis in font(path)["fvar"].axes]

    assert axes == [("wght", 400, 700)] * 2


@pytest.mark.parametrize("frame", ["base.html", "bare.html"])
def test_a_frame_loads_only_files_that_exist(frame):
    frame = Template(f"{{% extends '{frame}' %}}").render(Context())
    loaded = re.findall(r'<(?:link|script)[^>]* (?:href|src)="/static/([^"]+)"', frame)

    assert loaded
    assert [path for path in loaded if not finders.find(path)] == []


def test_what_is_read_first_is_asked_for_first():
    frame = Template("{% extends 'base.html' %}").render(Context())

    assert re.findall(r'rel="preload" href="/static/([^"]+)" as="font" type="font/woff2" crossorigin', frame) == FONTS


def test_is_collected_like_any_other_file():
    assert [path for path, _storage in FontFinder().list([])] == FILES
    assert [path for path, _storage in FontFinder().list(["*.txt"])] == FONTS
    assert FontFinder().find("fonts/other.woff2") == []


def test_two_that_cut_at_once_leave_the_same_whole_files(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with ThreadPoolExecutor(2) as workers:
        first, second = workers.map(lambda _: kept(), range(2))

    assert first == second
    assert first.is_relative_to(tmp_path)
    assert sorted(str(it.relative_to(first)) for it in first.rglob("*") if it.is_file()) == sorted(FILES)
    assert all(TTFont(io.BytesIO((first / path).read_bytes())).flavor == "woff2" for path in FONTS)
    assert {(first / path).stat().st_mode & 0o777 for path in FILES} == {0o644}  # whoever serves them may read them


def test_where_nothing_may_be_written_a_process_cuts_for_itself(settings, tmp_path):
    settings.BASE_DIR = tmp_path / "file"
    settings.BASE_DIR.write_text("no folder")

    folder = kept()

    assert all((folder / path).exists() for path in FILES)
    assert kept() == folder


def test_a_cut_is_the_same_bytes_whenever_it_is_made():
    assert FACES[1].cut() == Path(finders.find(FONTS[1])).read_bytes()
