"""The newest dated evidence of what goes on: a page claims nothing of a later date."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.apps import apps
from django.db.models import F, Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Greatest, Now
from django.utils import timezone

from pkportal.content.dates import PartialDate, PartialDateField, may_reach, months_before

STALE_AFTER = 24  # months


class Evidence(NamedTuple):
    """A column of dates that show that something went on: of which model, and its lookup back to that thing."""

    model: str
    back: str
    date: str


MISSION_EVIDENCE = [
    Evidence("missions.Contribution", "mission", "as_of"),
    Evidence("missions.StatedTotal", "mission", "as_of"),
    Evidence("missions.Event", "mission", "date"),
    Evidence("missions.Mandate", "mission", "adopted"),
    Evidence("missions.Appointment", "command__mission", "from_date"),
    Evidence("missions.Appointment", "command__mission", "to_date"),
    Evidence("sources.Source", "missions", "published"),
]
COMMAND_EVIDENCE = [
    Evidence("missions.Appointment", "command", "from_date"),
    Evidence("missions.Appointment", "command", "to_date"),
    Evidence("sources.Source", "appointments__command", "published"),
    Evidence("sources.Source", "commands", "published"),
]
APPOINTMENT_EVIDENCE = [Evidence("sources.Source", "appointments", "published")]


def newest_date(evidence: Sequence[Evidence], start: str) -> Greatest:
    """Return the SQL expression of the newest date of some evidence, none later than today, or else of the start."""
    return Greatest(F(start), *map(newest_of, evidence), output_field=PartialDateField())


def newest_of(evidence: Evidence) -> Subquery:
    """Return the SQL expression of the newest date of one kind of evidence; what is only planned is none."""
    today = Func(Now(), Value("YYYY-MM-DD"), function="to_char", output_field=TextField())
    dated = apps.get_model(evidence.model).objects.filter(
        **{evidence.back: OuterRef("pk"), f"{evidence.date}__lte": today}
    )
    return Subquery(dated.order_by(f"-{evidence.date}").values(evidence.date)[:1], output_field=PartialDateField())


def is_stale(stated: PartialDate | None, day: datetime.date | None = None) -> bool:
    """True if what was last stated then is more than two years old on a day, which is today if none is given."""
    return stated is not None and stated.last < months_before(day or timezone.localdate(), STALE_AFTER)


def stale_condition() -> Q:
    """Return the condition that ``last_stated`` is more than two years ago, as ``is_stale`` says it of one record."""
    limit = PartialDate(months_before(timezone.localdate(), STALE_AFTER).isoformat())
    return Q(last_stated__isnull=False) & ~may_reach(limit, "last_stated")
