"""Words by which a question says what it is about, where several answers could be meant."""

import re

NATIONS = r"(?:countries|nations|states|allies|partners|members)"
GAVE = r"(?:gave|give[ns]?|sen[dt]s?|provide[ds]?|supplie[ds]|deployed|joined|took part|taken part)"
ASKS_FOR_CONTRIBUTORS = re.compile(
    rf"\b(?:contributors?|contributed|contributing|contingents?|participants?|participat(?:ed|ing)|troop contributions?"
    rf"|(?:how many|which|what|number of) {NATIONS}"
    rf"|who (?:all |else )?(?:has |have |had )?{GAVE}|{GAVE} (?:the )?most)\b",
    re.IGNORECASE,
)
