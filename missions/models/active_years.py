"""The years in which a mission ran, as a condition on its dates."""

from django.db.models import Q
from django.utils import timezone

from pkportal.content.written_years import Years

from .terms import State


def ran_in(years: Years) -> Q:
    """Return the condition that a mission ran in some of these years.

    A mission whose end is not known does not count as ongoing, nor does one that goes on run in a year to come.
    """
    began = Q(start_date__lte=f"{years.last}-12-31") if years.last else Q()
    if not years.first:
        return began
    goes_on = [State.ONGOING] if years.first <= timezone.localdate().year else []
    first = str(years.first)
    return began & (
        Q(end_date__gte=first) | Q(end_date=None, start_date__gte=first) | Q(end_date=None, state__in=goes_on)
    )
