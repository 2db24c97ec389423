"""Apply a change set to the record, all of it or nothing; what stands in its way is named, change by change."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.utils.translation import gettext as _

from pkportal.content.checking import Checkable
from pkportal.content.models import Publishable, Status
from pkportal.content.unique_constraints import check_deferred
from pkportal.content.version import leave_uncounted
from pkportal.exchange.progress import Report, no_report
from pkportal.exchange.registry import resources_by_model

from .applying_model import ApplyingModel
from .models import Change, ChangeSet
from .problems import NotApplicable, Problem
from .text_obstacles import text_obstacles
from .verdicts import renew_marks
from .waiting import problems_of_missing, sets_waited_for

BUSY = _("These records are being saved just now: load the page again to see what is missing.")


def apply(change_set: ChangeSet, report: Report = no_report) -> None:
    """Apply all changes of a set inside a transaction. Raises ``NotApplicable``; nothing is stored then."""
    with transaction.atomic():
        if problems := problems_of_missing(change_set) or apply_changes(change_set, report):
            raise NotApplicable(problems)


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back at the end whatever is written inside; what is shown of it must be rendered inside."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            leave_uncounted(cursor)
        yield
        transaction.set_rollback(True)


@contextmanager
def applied_for_now(change_set: ChangeSet) -> Iterator[list[Problem]]:
    """Apply a change set as far as it can be, yield its problems, and take it back at the end."""
    with taken_back():
        yield apply_with_needed(change_set)


def problems_of(change_set: ChangeSet) -> list[Problem]:
    """Return what would stop a change set from being published now: invalid cells, clashes, obstacles."""
    try:
        with applied_for_now(change_set) as problems:
            return problems
    except OperationalError:  # an import holds a table, or somebody a row
        return [Problem("", "", BUSY)]


def apply_with_needed(change_set: ChangeSet) -> list[Problem]:
    """Apply what can be applied of a set and before it of those that it waits for; return the problems of the set."""
    missing = problems_of_missing(change_set)
    for needed in sets_waited_for(change_set) if missing else ():
        apply_changes(needed)
    named = {(problem.reference, problem.column) for problem in missing}
    problems = apply_changes(change_set)
    return [*missing, *(it for it in problems if it.is_clash or (it.reference, it.column) not in named)]


def apply_changes(change_set: ChangeSet, report: Report = no_report) -> list[Problem]:
    """Apply what can be applied of a set, and return the problems of the rest."""
    return apply_each(change_set.changes.all(), report)


def apply_each(changes: Iterable[Change], report: Report = no_report) -> list[Problem]:
    """Apply what can be applied of some changes, and return the problems of the rest.

    What is removed goes first, as new rows may take its place; what others still refer to goes last.
    """
    roots: list[models.Model] = []
    models_in_order = resources_by_model()
    by_kind: dict[str, list[Change]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    applying = [
        ApplyingModel(model, by_kind[model._meta.label_lower], roots)
        for model in models_in_order
        if model._meta.label_lower in by_kind
    ]
    for part in reversed(applying):
        part.remove_all(report, may_wait=True)
    for part in applying:
        part.save_all(report)
    for part in reversed(applying):
        part.remove_all(report, may_wait=False)
    for part in applying:
        if part.saved and issubclass(part.model, Checkable):
            renew_marks(part.model, [change.reference for change, _record in part.saved])
    problems = [problem for part in applying for problem in part.problems]
    texts = (obstacle for part in applying for obstacle in text_obstacles(part.model, part.saved))
    obstacles = [*root_obstacles(roots), *(Problem(*obstacle, is_obstacle=True) for obstacle in texts)]
    return [*problems, *broken_links(), *obstacles]


def broken_links() -> Iterator[Problem]:
    """Yield a problem if a foreign key leads nowhere: the database looks only at the end of a transaction otherwise."""
    try:
        with transaction.atomic():
            check_deferred()
    except IntegrityError:
        yield Problem("", "", _("Other records depend on one that is to be removed."))


def root_obstacles(roots: Iterable[models.Model]) -> list[Problem]:
    """Return the obstacles of the roots that are published, or would be."""
    problems = []
    for root in dict.fromkeys(roots):
        if isinstance(root, Publishable):
            saved = type(root)._base_manager.filter(pk=root.pk).first()  # with the columns that the database computes
            if saved and saved.status == Status.PUBLISHED:
                problems += [Problem("", "", str(obstacle), is_obstacle=True) for obstacle in saved.obstacles()]
    return problems
