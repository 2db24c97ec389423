"""How wide a text is drawn, so that no name is cut and none covers another."""

# in parts of the size of type, rounded up: the letters of Public Sans, by how wide they run
NARROW, WIDE = 0.34, 0.82
NORMAL = 0.58


def text_width(text, size=12):
    """Estimate, and rather too much than too little, how many pixels a text takes in the sans at this size."""
    parts = sum(NARROW if it in "iljtfrI.,:;'()-/ |" else WIDE if it in "mwMW@%–—" else NORMAL for it in text)
    return size * (parts + sum(0.1 for it in text if it.isupper()))
