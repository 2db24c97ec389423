"""Plausible years: those that dates on record may have, and which of them two digits mean."""

from django.utils import timezone

EARLIEST_YEAR = 1900
YEARS_TO_COME = 30  # the domain of the database has both numbers too


def years_meant(short: int) -> list[int]:
    """Return the year that two digits mean: the latest that has come; two if one to come is as likely."""
    today = timezone.localdate().year
    latest = today - (today - short) % 100
    return [latest, latest + 100] if latest + 100 <= today + YEARS_TO_COME else [latest]
