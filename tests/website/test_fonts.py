"""The fonts of the site: their licences, their size, and the characters they have."""

import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from fontTools.ttLib import TTFont

FONTS = ["fonts/record-serif.woff2", "fonts/record-sans.woff2"]
LARGEST = {"fonts/record-serif.woff2": 40_000, "fonts/record-sans.woff2": 30_000}
BY_OTHERS = set("↩") | set("←↑→↓")  # drawn by fonts of the reader: the first always, the others in the sans
PAIR_ADJUSTMENT = 2  # the type of a GPOS lookup that kerns
TEXTS = [
    path
    for pattern in ["fixtures/*.csv", "fixtures/topics/*.md", "templates/**/*.html"]
    for path in Path(settings.BASE_DIR).glob(pattern)
]


def font(path):
    return TTFont(finders.find(path))


def fonts_in_stylesheets():
    for style in (settings.BASE_DIR / "static" / "css").glob("*.css"):
        yield from re.findall(r"url\(\"?\.\./(fonts/[^\")]+)", style.read_text())


def pair_tables(font):
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType == PAIR_ADJUSTMENT:
                yield table


def fallbacks():
    """Yield the name of each fallback font, and its size, ascent and descent as fractions."""
    tokens = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    for face in re.findall(r"@font-face \{([^}]+)\}", tokens):
        rules = dict(rule.strip().split(": ", 1) for rule in face.split(";") if rule.strip())
        if rules["src"].startswith("local("):
            metrics = [rules[name] for name in ["size-adjust", "ascent-override", "descent-override"]]
            yield rules["font-family"].strip('"'), *(float(value.rstrip("%")) / 100 for value in metrics)


def test_stylesheets_use_the_committed_fonts_and_no_others():
    committed = (settings.BASE_DIR / "static" / "fonts").glob("*.woff2")

    assert sorted(fonts_in_stylesheets()) == sorted(FONTS) == sorted(f"fonts/{path.name}" for path in committed)


@pytest.mark.parametrize("path", FONTS)
def test_font_and_licence_are_served(client, settings, path):
    settings.WHITENOISE_USE_FINDERS = True  # nothing is collected for a test
    response = client.get(f"/static/{path}")
    licence = client.get(f"/static/{path.replace('.woff2', '-licence.txt')}")

    assert (response.status_code, response["Content-Type"]) == (200, "font/woff2")
    assert response.getvalue()[:4] == b"wOF2"
    assert "SIL OPEN FONT LICENSE" in licence.getvalue().decode()


@pytest.mark.parametrize("path", FONTS)
def test_font_file_is_small(path):
    assert Path(finders.find(path)).stat().st_size <= LARGEST[path]


@pytest.mark.parametrize("path", FONTS)
def test_font_has_every_character_of_the_site_but_for_names_of_nations_in_their_own_script(path):
    lines = [line for text in TEXTS for line in text.read_text().splitlines() if ",own_language," not in line]
    printed = set("".join(lines))
    in_font = font(path).getBestCmap()
    expected = {letter for letter in printed if letter.isprintable() and unicodedata.east_asian_width(letter) != "W"}

    assert [letter for letter in sorted(expected - BY_OTHERS) if ord(letter) not in in_font] == []


@pytest.mark.parametrize("path", FONTS)
def test_font_has_tabular_and_proportional_digits_and_ligatures(path):
    features = {record.FeatureTag for record in font(path)["GSUB"].table.FeatureList.FeatureRecord}

    assert features >= {"tnum", "lnum", "onum", "pnum", "liga"}


@pytest.mark.parametrize("path", FONTS)
def test_font_states_its_licence_and_has_no_reserved_name(path):
    names = font(path)["name"]

    assert "SIL Open Font License" in names.getDebugName(13)
    assert names.getDebugName(0)
    assert not re.search("source|public", " ".join(names.getDebugName(number) for number in [1, 3, 4, 6]), re.I)


@pytest.mark.parametrize("path", FONTS)
def test_spaces_are_not_kerned(path):
    subset = font(path)
    space = subset.getBestCmap()[ord(" ")]
    kerned = [
        pair.SecondGlyph
        for table in pair_tables(subset)
        if table.Format == 1
        for first, pairs in zip(table.Coverage.glyphs, table.PairSet, strict=True)
        for pair in pairs.PairValueRecord
        if space in {first, pair.SecondGlyph}
    ]
    classed = [table for table in pair_tables(subset) if table.Format == 2 and space in table.ClassDef2.classDefs]

    assert (kerned, classed) == ([], [])


def test_fonts_have_every_weight_from_400_to_700():
    axes = [(axis.axisTag, axis.minValue, axis.maxValue) for path in FONTS for axis in font(path)["fvar"].axes]

    assert axes == [("wght", 400, 700)] * 2


@pytest.mark.parametrize(("path", "prefix"), [(FONTS[0], "Serif "), (FONTS[1], "Sans ")])
def test_fallback_fonts_have_the_line_height_of_the_font_they_replace(path, prefix):
    metrics_table, unit = font(path)["hhea"], font(path)["head"].unitsPerEm
    fallback_metrics = [metrics for name, *metrics in fallbacks() if name.startswith(prefix)]

    assert len(fallback_metrics) == 6
    for size, ascent, descent in fallback_metrics:
        assert size * ascent == pytest.approx(metrics_table.ascent / unit, abs=0.001)
        assert size * descent == pytest.approx(-metrics_table.descent / unit, abs=0.001)


@pytest.mark.parametrize("template", ["base.html", "bare.html"])
def test_base_template_loads_only_files_that_exist(template):
    template = Template(f"{{% extends '{template}' %}}").render(Context())
    loaded = re.findall(r'<(?:link|script)[^>]* (?:href|src)="/static/([^"]+)"', template)

    assert loaded
    assert [path for path in loaded if not finders.find(path)] == []


def test_base_template_preloads_the_fonts():
    html = Template("{% extends 'base.html' %}").render(Context())

    assert re.findall(r'rel="preload" href="/static/([^"]+)" as="font" type="font/woff2" crossorigin', html) == FONTS
