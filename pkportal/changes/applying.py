"""Apply a change set to the record, all of it or nothing; what stands in its way is named, change by change."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from pkportal.content.checking import Checkable
from pkportal.content.locks import begin_writing
from pkportal.content.models import Publishable, Status
from pkportal.content.roots import root_of
from pkportal.content.version import leave_uncounted
from pkportal.exchange.progress import Report, no_report, report_stored
from pkportal.exchange.registry import resources_by_model
from pkportal.exchange.resource import Resource
from pkportal.exchange.saving import save_record, validate_record

from .cells import PUBLISHED_AT, STATUS, WITHDRAWAL_REASON, WITHDRAWN_AT, cell_of, is_set, merged, own_columns
from .models import Action, Change, ChangeSet
from .past import reference_column
from .problems import NotApplicable, Problem
from .text_obstacles import text_obstacles
from .verdicts import renew_marks
from .waiting import problems_of_missing, sets_waited_for

CHANGED_MEANWHILE = _("Somebody else changed this meanwhile.")
BUSY = _("These records are being saved just now: load the page again to see what is missing.")
NO_REASON = _("Say why it is withdrawn: readers will see it.")


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
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        yield Problem("", "", _("Other records depend on one that is to be removed."))


class ApplyingModel:
    """Applies the changes of one model: to the records that are loaded and locked together."""

    def __init__(self, model, changes, roots):
        self.model, self.roots = model, roots
        self.resource: Resource = resources_by_model()[model]()
        self.columns = own_columns(model)
        self.problems: list[Problem] = []
        self.saved: list[tuple[Change, models.Model]] = []
        self.removals = [change for change in changes if change.action == Action.REMOVE]
        self.others = [change for change in changes if change.action != Action.REMOVE]
        self.load(changes)

    def remove_all(self, report: Report, may_wait: bool):
        """Remove records; those that others refer to are left for later once."""
        left = []
        for number, change in enumerate(self.removals):
            report_stored(report, number / len(self.removals))
            record = self.records.get(change.reference)
            if record and not self.remove(change, record, may_wait):
                left.append(change)
        self.removals = left

    def save_all(self, report: Report):
        """Save new and changed records; links to records of the same model are set when all are saved."""
        for column in self.columns.values():
            if self.links_records(column) and not self.resource.is_self_reference(column):
                self.load_linked(column)
        for number, change in enumerate(self.others):
            report_stored(report, number / len(self.others))
            record = self.record_of(change)
            own = {name: cells for name, cells in change.cells.items() if not self.is_self_link(name)}
            if record is not None and self.save(change, record, own):
                self.roots.append(root_of(record))
                self.saved.append((change, record))
        for column in self.columns.values():
            if self.resource.is_self_reference(column):
                self.load_linked(column)
        for change, record in self.saved:
            links = {name: cells for name, cells in change.cells.items() if self.is_self_link(name)}
            if links:
                self.save(change, record, links)

    def load(self, changes):
        """Load and lock the records."""
        begin_writing(self.model)
        records = self.model._base_manager.filter(reference__in=[change.reference for change in changes])
        generated = [field.name for field in self.model._meta.concrete_fields if field.generated]
        computed = [name for name in generated if name != "reference"]
        selected = self.resource.select_columns(records, public=False).defer(None).defer(*computed)
        selected = selected.select_for_update(of=["self"]).order_by("pk")
        self.records = {record.reference: record for record in selected}

    def links_records(self, column):
        """True if the cells of a column name records."""
        return column.is_foreign_key or column.is_many_to_many

    def load_linked(self, column):
        """Load the records that the cells of a column name, old and new."""
        cells = [cell for change in self.others for cell in change.cells.get(column.attribute, ())]
        stored = self.records.values() if cells and is_set(column) else ()
        column.widget.load_records([*cells, *(cell_of(record, column) for record in stored)])

    def is_self_link(self, name):
        """True if a cell names records of the same model."""
        return name in self.columns and self.resource.is_self_reference(self.columns[name])

    def record_of(self, change):
        """Return the record of a change: a new one to be added, or None where it is gone."""
        record = self.records.get(change.reference)
        if change.action == Action.ADD:
            if record is None:
                return self.model(**{reference_column(self.model): change.reference})
            self.refuse(change, "", _("It has been added meanwhile."))
            return None
        if record is None and change.action == Action.CHANGE:
            self.refuse(change, "", _("It was deleted meanwhile. Add it as a new record, or drop the change."), True)
        return record

    def save(self, change, record, cells) -> bool:
        """Set the cells of a record, validate and save it. True if it is saved."""
        before = len(self.problems)
        record.pending_links = {}
        for name, (was, new) in cells.items():
            if column := self.columns.get(name):  # a field that a later version of the portal no longer has is left out
                self.set_cell(change, record, column, was, new)
        if STATUS in cells:
            self.set_dates(change, record, cells)
        if len(self.problems) > before:
            return False
        links = {column.column_name: records for column, records in self.pending(record)}
        try:
            validate_record(record)
            save_record(record, record._state.adding)
            for name, records in links.items():
                getattr(record, name).set(records)
        except ValidationError as error:
            self.refuse_all(change, error)
            return False
        record.pending_links = {}
        return True

    def pending(self, record):
        """Return the links that are to be set once the record is saved."""
        return [(self.columns[name], records) for name, records in record.pending_links.items()]

    def set_cell(self, change, record, column, was, new):
        """Set one cell, unless others changed it meanwhile to something else."""
        live = "" if record._state.adding else cell_of(record, column)
        cell = new if record._state.adding else merged(column, live, was, new)
        if cell is None:
            self.problems.append(Problem(change.reference, column.attribute, CHANGED_MEANWHILE, True, live))
            return
        try:
            value = column.widget.clean(cell)
        except ValueError as error:
            self.refuse(change, column.attribute, str(error))
            return
        column.set_value(record, value)

    def set_dates(self, change, record, cells):
        """Set the date of a publication, which is never to come, or of a withdrawal, which has a reason."""
        now = timezone.now()
        if record.status == Status.PUBLISHED and PUBLISHED_AT not in cells:
            record.published_at = min(record.published_at or now, now)
        if record.status == Status.WITHDRAWN and not record.withdrawal_reason:
            self.refuse(change, WITHDRAWAL_REASON, NO_REASON)
        if record.status == Status.WITHDRAWN and WITHDRAWN_AT not in cells:
            record.withdrawn_at = now

    def remove(self, change, record, may_wait) -> bool:
        """Delete a record that is still as the change has it. False if other records must be removed before."""
        for name, (was, _new) in change.cells.items():
            column = self.columns.get(name)
            if column and (live := cell_of(record, column)) != was:
                self.problems.append(Problem(change.reference, name, CHANGED_MEANWHILE, True, live))
                return True
        root = root_of(record)
        try:
            with transaction.atomic():
                record.delete()
        except (ProtectedError, IntegrityError):
            if may_wait:
                return False
            self.refuse(change, "", _("Other records depend on it, so it cannot be removed."))
        if root is not record:
            self.roots.append(root)
        return True

    def refuse(self, change, column, message, is_clash=False):
        """Note a problem of a change."""
        self.problems.append(Problem(change.reference, column, message, is_clash))

    def refuse_all(self, change, error):
        """Name each column that the model or the database refuses."""
        by_name = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_name.items():
            for message in messages:
                self.refuse(change, name if name in self.columns else "", message)


def root_obstacles(roots: Iterable[models.Model]) -> list[Problem]:
    """Return the obstacles of the roots that are published, or would be."""
    problems = []
    for root in dict.fromkeys(roots):
        if isinstance(root, Publishable):
            saved = type(root)._base_manager.filter(pk=root.pk).first()  # with the columns that the database computes
            if saved and saved.status == Status.PUBLISHED:
                problems += [Problem("", "", str(obstacle), is_obstacle=True) for obstacle in saved.obstacles()]
    return problems
