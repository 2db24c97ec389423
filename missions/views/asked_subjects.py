"""Words by which a question says what it is about, where several answers could be meant."""

import re

NATIONS = r"(?:countries|nations|states|allies|partners|members)"
ASKS_FOR_CONTRIBUTORS = re.compile(
    rf"\b(?:contributors?|contributed|contributing|contingents?|participants?|participat(?:ed|ing)|troop contributions?"
    rf"|(?:how many|which|what|number of) {NATIONS})\b",
    re.IGNORECASE,
)
