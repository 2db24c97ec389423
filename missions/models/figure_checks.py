"""How many figures are checked: with and without those taken over in bulk, and by the grade of their source."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.http import urlencode

from pkportal.content.check_counts import GroupCount, count_groups_checked
from pkportal.sources.models import Grade

from .contribution import Contribution

BULK = 100  # figures of one source: it was taken over as a whole


class CheckedShare(NamedTuple):
    """How many figures there are, and how many of them are checked; ``grade`` is None for sources without one."""

    total: int
    checked: int
    grade: Grade | None = None

    @property
    def share(self) -> int:
        """Return the checked share in whole per cent, rounded down: only all of it is a hundred."""
        return 100 * self.checked // self.total if self.total else 0


class BulkFigures(NamedTuple):
    """The figures of sources that were taken over as a whole: how many of how many sources, and their list."""

    share: CheckedShare
    sources: int
    address: str


def figures_by_source() -> QuerySet:
    """Return the query of how many figures of each source there are and are checked; its grade begins the name."""
    grade_and_code = Concat(F("source__grade"), Value(":"), F("source__code"), output_field=TextField())
    return count_groups_checked(Contribution, grade_and_code).filter(total__gt=0)  # kept counts may come to none


def bulk_figures(by_source: Iterable[GroupCount]) -> BulkFigures:
    """Return the figures of those sources that have a hundred or more."""
    bulk = [it for it in by_source if it.total >= BULK]
    codes = sorted(it.group.partition(":")[2] for it in bulk)
    address = f"{reverse('contributions')}?{urlencode([('source', code) for code in codes])}"
    return BulkFigures(checked_share(bulk), len(bulk), address)


def shares_by_grade(by_source: Iterable[GroupCount]) -> list[CheckedShare]:
    """Return the checked share of the figures of each grade that occurs, the best first and the ungraded last."""
    of_grade: dict[str, list[GroupCount]] = {}
    for count in by_source:
        of_grade.setdefault(count.group.partition(":")[0], []).append(count)
    graded = [checked_share(of_grade[it])._replace(grade=Grade(it)) for it in Grade.values if it in of_grade]
    return [*graded, checked_share(of_grade[""])] if "" in of_grade else graded


def checked_share(counts: Iterable[GroupCount]) -> CheckedShare:
    """Add up the figures of several sources."""
    counts = [*counts]
    return CheckedShare(sum(it.total for it in counts), sum(it.checked for it in counts))
