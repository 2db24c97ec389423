"""Periods in the words of a question: after 2001, 1999–2001, since July 2010; and the words beside them."""

import re
from datetime import timedelta

from pkportal.content.dates import PartialDate
from pkportal.content.written_years import without_years, years_in

from .asked_dates import ASKED_DATE, BEFORE_DATES, dates_in

ASKS_FOR_PERIOD = re.compile(r"\b(after|since|from|before|until|till)\b", re.IGNORECASE)
PERIOD_WORDS = BEFORE_DATES | {"after", "before", "till"}
ONE_DAY = timedelta(days=1)


def asked_period(words: str) -> tuple[PartialDate | None, PartialDate | None]:
    """Return the first and the last date that words ask for; what is not limited is None."""
    if years := years_in(words):
        return years.in_order().dates
    dates = [*dates_in(words)]
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    period = ASKS_FOR_PERIOD.search(words)
    if first is None or not period or first != last:
        return first, last
    match period[0].lower():
        case "after":
            following = first.last + ONE_DAY
            return PartialDate(str(following.year) if first.precision == "year" else following.isoformat()), None
        case "since" | "from":
            return first, None
        case "before":
            preceding = first.first - ONE_DAY
            return None, PartialDate(str(preceding.year) if first.precision == "year" else preceding.isoformat())
    return None, last


def beside_dates(words: str) -> str:
    """Return words without the dates among them, and without the words that belong to these."""
    others = ASKED_DATE.sub("", without_years(words))
    if others == words:
        return words
    return " ".join(word for word in others.split() if word.lower() not in PERIOD_WORDS)
