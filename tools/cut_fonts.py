"""Make the two web fonts in static/fonts/, with their licences, from the fonts they are subsets of.

The portal never runs this. Run it after a change to the characters, the weights or the version of a font:

    pip install fonttools==4.68.0 brotli==1.2.1 fontpkg-source-serif-4==4.4 fontpkg-public-sans==2.1
    python tools/cut_fonts.py

The same packages give the same bytes.
"""

from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).parent.parent / "static" / "fonts"
CHARACTERS = [
    (0x20, 0x17F),  # English, and the names of people and places from Iceland to Türkiye: Đurić, Łódź, Şahin, ß
    (0x218, 0x21B),  # Romanian commas below
    (0x2BC, 0x2BC),  # the apostrophe inside Ukrainian names
    (0x2009, 0x2009),  # thin and narrow spaces, where a number must not break
    (0x202F, 0x202F),
    (0x2010, 0x2014),  # hyphens and dashes
    (0x2018, 0x201E),  # quotation marks
    (0x2020, 0x2022),  # daggers and the bullet
    (0x2026, 0x2026),  # …
    (0x2030, 0x2033),  # per mille, and the minutes and seconds of a position
    (0x2039, 0x203A),  # ‹ and the › between breadcrumbs
    (0x20AC, 0x20AC),  # €
    (0x2190, 0x2193),  # arrows; only the serif has them
    (0x2212, 0x2212),  # minus
    (0x2264, 0x2265),  # ≤ and ≥
]
FEATURES = ["kern", "liga", "tnum", "lnum", "onum", "pnum", "ccmp", "locl"]
NAME_IDS = [0, 5, 8, 9, 13, 14]  # what stays of the name table: copyright, version, makers and licence
PAIR_ADJUSTMENT = 2  # the type of a GPOS lookup that kerns


class Typeface(NamedTuple):
    """A variable font in a pip package, the name of our subset of it, and the range of each axis that we keep."""

    name: str
    package: str
    file: str
    axes: dict


TYPEFACES = [
    Typeface(
        "Record Serif",
        "fontpkg_source_serif_4",
        "SourceSerif4[opsz,wght].ttf",
        {"opsz": 20, "wght": (400, 400, 700)},  # one optical size that suits text and headings
    ),
    Typeface("Record Sans", "fontpkg_public_sans", "PublicSans[wght].ttf", {"wght": (400, 400, 700)}),
]


def write(typeface):
    """Write one font as WOFF2, and its licence beside it."""
    root = import_module(typeface.package).ROOT
    font = TTFont(root / "files" / typeface.file, recalcTimestamp=False)
    font["fvar"].instances = []
    del font["STAT"]
    subsetter = Subsetter(Options(layout_features=FEATURES, name_IDs=NAME_IDS, hinting=False))
    subsetter.populate(unicodes=[code for first, last in CHARACTERS for code in range(first, last + 1)])
    subsetter.subset(font)
    instantiateVariableFont(font, typeface.axes, inplace=True)
    rename(font, typeface.name)
    remove_kerning_of_spaces(font)
    font.flavor = "woff2"

    slug = typeface.name.lower().replace(" ", "-")
    font.save(FOLDER / f"{slug}.woff2")
    (FOLDER / f"{slug}-licence.txt").write_bytes((root / "LICENSE").read_bytes())


def rename(font, name):
    """Give the subset a name of our own: “Source” is a reserved font name under the Open Font License."""
    names = {1: name, 2: "Regular", 3: f"pkportal: {name}", 4: name, 6: name.replace(" ", "")}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def remove_kerning_of_spaces(font):
    """Keep spaces at their full width: kerned against a dash, “2001 – 28 May” would read as “2001–28 May”."""
    spaces = {font.getBestCmap()[0x20], font.getBestCmap()[0xA0]}
    for table in pair_tables(font):
        if table.Format == 1:
            for first, pairs in zip(table.Coverage.glyphs, table.PairSet, strict=True):
                kerned = [] if first in spaces else pairs.PairValueRecord
                pairs.PairValueRecord = [pair for pair in kerned if pair.SecondGlyph not in spaces]
        else:
            table.Coverage.glyphs = [glyph for glyph in table.Coverage.glyphs if glyph not in spaces]
            for classes in [table.ClassDef1.classDefs, table.ClassDef2.classDefs]:
                for space in spaces & set(classes):
                    del classes[space]  # a glyph without a class is in class 0, which is not kerned


def pair_tables(font):
    """Yield every table of a font that moves one glyph towards another."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType == PAIR_ADJUSTMENT:
                yield table


if __name__ == "__main__":
    for typeface in TYPEFACES:
        write(typeface)
