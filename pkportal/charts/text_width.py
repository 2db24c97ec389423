"""Estimated widths of texts, so that no name in a chart is cut off or covers another."""

# widths of the letters of Public Sans, in parts of the font size, rounded up
NARROW, NORMAL, WIDE = 0.34, 0.58, 0.82
CAPITAL = 0.1  # added to the width of a capital letter
NARROW_LETTERS, WIDE_LETTERS = "iljtfrI.,:;'()-/ |", "mwMW@%–—"


def text_width(text: str, size: float = 12) -> float:
    """Return the estimated width of a text in pixels, at a font size in pixels; too large rather than too small."""
    letters = sum(NARROW if it in NARROW_LETTERS else WIDE if it in WIDE_LETTERS else NORMAL for it in text)
    return size * (letters + CAPITAL * sum(letter.isupper() for letter in text))


def wrap_text(text: str, width: float, size: float = 12) -> list[str]:
    """Split a text into lines no wider than this, in pixels; a single word may be wider."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
