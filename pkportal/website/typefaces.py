"""The site's two typefaces, cut from their packages to what its pages print: a few kilobytes instead of a megabyte."""

import io
from dataclasses import dataclass, field
from importlib import import_module

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

PRINTED = [
    (0x20, 0x17F),  # English, and the names of people and places from Iceland to Türkiye: Đurić, Łódź, Şahin, ß
    (0x218, 0x21B),  # Romanian commas below
    (0x2BC, 0x2BC),  # the apostrophe inside Ukrainian names
    (0x2009, 0x2009),  # thin and narrow blanks, where a number must not break
    (0x202F, 0x202F),
    (0x2010, 0x2014),  # hyphens and dashes
    (0x2018, 0x201E),  # quotation marks
    (0x2020, 0x2022),  # daggers and the bullet
    (0x2026, 0x2026),  # …
    (0x2030, 0x2033),  # per mille, and the minutes and seconds of a position
    (0x2039, 0x203A),  # ‹ and the › between crumbs
    (0x20AC, 0x20AC),  # €
    (0x2190, 0x2193),  # arrows; the serif alone has them
    (0x2212, 0x2212),  # minus
    (0x2264, 0x2265),  # at most, at least
]
FEATURES = ["kern", "liga", "tnum", "lnum", "onum", "pnum", "ccmp", "locl"]
PAIRS = 2  # the kind of table that kerns
KEPT = [0, 5, 8, 9, 13, 14]  # of the names in a font: copyright, version, makers and licence


@dataclass(frozen=True)
class Typeface:
    """One typeface: where it comes from, what our cut of it is called, and how far its axes reach."""

    name: str
    package: str
    source: str
    axes: dict = field(hash=False)

    @property
    def root(self):
        """Say where its package lies."""
        return import_module(self.package.replace("-", "_")).ROOT

    @property
    def slug(self):
        """Name its files."""
        return self.name.lower().replace(" ", "-")

    def files(self):
        """Cut the font and give it with its licence, by the names under which they are served."""
        return {
            f"fonts/{self.slug}.woff2": self.cut(),
            f"fonts/{self.slug}-licence.txt": (self.root / "LICENSE").read_bytes(),
        }

    def cut(self):
        """Keep the letters, figures and weights the site prints, under a name of our own, as WOFF2."""
        font = TTFont(self.root / "files" / self.source, recalcTimestamp=False)
        font["fvar"].instances = []
        del font["STAT"]
        options = Options(layout_features=FEATURES, name_IDs=KEPT, hinting=False)
        letters = Subsetter(options)
        letters.populate(unicodes=[code for first, last in PRINTED for code in range(first, last + 1)])
        letters.subset(font)
        instantiateVariableFont(font, self.axes, inplace=True)
        self.rename(font)
        keep_blanks(font)
        font.flavor = "woff2"
        file = io.BytesIO()
        font.save(file)
        return file.getvalue()

    def rename(self, font):
        """Call the cut what we call it: the Open Font License reserves “Source” for what Adobe makes."""
        names = {1: self.name, 2: "Regular", 3: f"pkportal: {self.name}", 4: self.name, 6: self.name.replace(" ", "")}
        for number, name in names.items():
            font["name"].setName(name, number, 3, 1, 0x409)


def keep_blanks(font):
    """Leave blanks as wide as they are: kerned against a dash, “2001 – 28 May” would read as “2001–28 May”."""
    blanks = {font.getBestCmap()[0x20], font.getBestCmap()[0xA0]}
    for pairs in pair_tables(font):
        if pairs.Format == 1:
            for first, row in zip(pairs.Coverage.glyphs, pairs.PairSet, strict=True):
                kerned = [] if first in blanks else row.PairValueRecord
                row.PairValueRecord = [pair for pair in kerned if pair.SecondGlyph not in blanks]
        else:
            pairs.Coverage.glyphs = [glyph for glyph in pairs.Coverage.glyphs if glyph not in blanks]
            for classes in [pairs.ClassDef1.classDefs, pairs.ClassDef2.classDefs]:
                for blank in blanks & set(classes):
                    del classes[blank]  # into class 0, which stands for all that is not kerned


def pair_tables(font):
    """Give every table of a font that moves one letter towards another."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            if table.LookupType == PAIRS:
                yield table


FACES = [
    Typeface(
        "Record Serif",
        "fontpkg-source-serif-4",
        "SourceSerif4[opsz,wght].ttf",
        {"opsz": 20, "wght": (400, 400, 700)},  # one optical size that suits text and headings
    ),
    Typeface("Record Sans", "fontpkg-public-sans", "PublicSans[wght].ttf", {"wght": (400, 400, 700)}),
]
