"""The colours of the site: contrast of text and marks, and colour blindness, in the light and the dark scheme."""

import math
import re
from itertools import combinations

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
COLOURS = {
    name: pair
    for name, *pair in re.findall(r"--([a-z0-9-]+): light-dark\(#([0-9a-f]{3,6}), #([0-9a-f]{3,6})\)", TOKENS)
}
KINDS = ["peace", "force", "training", "sea-air", "relief", "defence"]
TEXTS = [
    *[(text, ground) for text in ["ink", "soft", "accent", "warn", "wrong"] for ground in ["paper", "card"]],
    *[(text, "tint") for text in ["ink", "soft", "accent"]],
    ("warn", "warn-tint"),
    ("ink", "warn-tint"),
    ("paper", "accent"),  # buttons of the admin
    ("paper", "soft"),
    ("paper", "wrong"),
]
MARK_COLOURS = ["edge", "accent", "warn", "c3", "c4", "c5", *KINDS]
MARKS = [(mark, ground) for mark in MARK_COLOURS for ground in ["paper", "card"]]
SIMULATED = {  # how the common colour blindnesses see linear red, green and blue (Machado, Oliveira, Fernandes 2009)
    "protanopia": [(0.1523, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.0520)],
    "deuteranopia": [(0.3673, 0.8606, -0.2280), (0.2801, 0.6725, 0.0474), (-0.0118, 0.0429, 0.9689)],
    "tritanopia": [(1.2555, -0.0767, -0.1788), (-0.0784, 0.9308, 0.1476), (0.0047, 0.6914, 0.3039)],
}


def linear(name, scheme):
    digits = COLOURS[name][scheme]
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(name, scheme):
    red, green, blue = linear(name, scheme)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second, scheme):
    dark, bright = sorted([luminance(first, scheme), luminance(second, scheme)])
    return (bright + 0.05) / (dark + 0.05)


def as_oklab(name, scheme, vision):
    """Return a colour in OKLab, as people with a kind of colour blindness see it."""
    red, green, blue = (
        min(1, max(0, sum(share * part for share, part in zip(row, linear(name, scheme), strict=True))))
        for row in SIMULATED[vision]
    )
    long = (0.4122 * red + 0.5363 * green + 0.0514 * blue) ** (1 / 3)
    middle = (0.2119 * red + 0.6807 * green + 0.1074 * blue) ** (1 / 3)
    short = (0.0883 * red + 0.2817 * green + 0.6300 * blue) ** (1 / 3)
    return (
        0.2105 * long + 0.7936 * middle - 0.0041 * short,
        1.9780 * long - 2.4286 * middle + 0.4506 * short,
        0.0259 * long + 0.7828 * middle - 0.8087 * short,
    )


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_has_enough_contrast(text, ground, scheme):
    assert contrast(text, ground, scheme) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_edges_and_marks_have_enough_contrast(mark, ground, scheme):
    assert contrast(mark, ground, scheme) >= 3


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("vision", SIMULATED)
def test_colours_of_the_kinds_differ_for_colour_blind_readers(vision, scheme):
    colours = {name: as_oklab(name, scheme, vision) for name in KINDS}
    distances = {
        (first, second): math.dist(colours[first], colours[second]) for first, second in combinations(KINDS, 2)
    }

    assert {pair: distance for pair, distance in distances.items() if distance < 0.08} == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colour_scale_gets_steadily_darker_or_lighter(scheme):
    steps = [contrast(f"c{step}", "paper", scheme) for step in range(6)]

    assert steps == sorted(steps)
    assert all(more / less > 1.05 for less, more in zip(steps, steps[1:], strict=False))
