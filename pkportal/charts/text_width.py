"""Estimated widths of texts, so that no name in a chart is cut off or covers another."""

# widths of the letters of Public Sans, in parts of the font size, rounded up
NARROW, NORMAL, WIDE = 0.34, 0.58, 0.82
CAPITAL = 0.1  # added to the width of a capital letter
NARROW_LETTERS, WIDE_LETTERS = "iljtfrI.,:;'()-/ |", "mwMW@%–—"


def text_width(text: str, size: float = 12) -> float:
    """Return the estimated width of a text in pixels, at a font size in pixels; too large rather than too small."""
    letters = sum(NARROW if it in NARROW_LETTERS else WIDE if it in WIDE_LETTERS else NORMAL for it in text)
    return size * (letters + CAPITAL * sum(letter.isupper() for letter in text))
