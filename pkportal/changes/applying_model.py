"""Apply the changes of one model: records are removed, or saved with their cells; each problem is that of a change."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from pkportal.content.locks import begin_writing
from pkportal.content.models import Status
from pkportal.content.roots import root_of
from pkportal.content.unique_constraints import unique_at_the_end
from pkportal.exchange.progress import Report, report_stored
from pkportal.exchange.registry import resources_by_model
from pkportal.exchange.resource import Resource
from pkportal.exchange.saving import ValueTaken, has_double, save_record, validate_record

from .cells import PUBLISHED_AT, STATUS, WITHDRAWAL_REASON, WITHDRAWN_AT, cell_of, is_set, merged, own_columns
from .models import Action, Change
from .past import reference_column
from .problems import Problem

CHANGED_MEANWHILE = _("Somebody else changed this meanwhile.")
NO_REASON = _("Say why it is withdrawn: readers will see it.")


class Taken(NamedTuple):
    """A record that cannot be saved yet, as another has a value that is unique; its links, and what is said of it."""

    change: Change
    record: models.Model
    links: dict[str, Any]
    error: ValidationError


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
        taken: list[Taken] = []
        for number, change in enumerate(self.others):
            report_stored(report, number / len(self.others))
            record = self.record_of(change)
            own = {name: cells for name, cells in change.cells.items() if not self.is_self_link(name)}
            if record is not None and self.save(change, record, own, taken):
                self.saved.append((change, record))
        self.save_together(taken)
        self.roots += [root_of(record) for _change, record in self.saved]
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

    def save_together(self, taken: list[Taken]):
        """Save records that wait for each other's values in one go; those whose value another record keeps are refused.

        So the values of rows are swapped, and passed on in a chain.
        """
        while taken:
            new = [row.record for row in taken if row.record._state.adding]
            lost = taken
            try:
                with transaction.atomic(), unique_at_the_end():
                    for row in taken:
                        self.store(row.record, row.links)
                    lost = [row for row in taken if has_double(row.record)] or taken
            except (IntegrityError, ValidationError):
                for record in new:
                    record._state.adding = True
                for row in lost:
                    self.refuse_all(row.change, row.error)
                taken = [row for row in taken if row not in lost]
            else:
                self.saved += [(row.change, row.record) for row in taken]
                return

    def save(self, change, record, cells, taken: list[Taken] | None = None) -> bool:
        """Set the cells of a record, validate and save it. True if it is saved.

        If another record has a value that is unique, it is added to ``taken``.
        """
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
            self.store(record, links)
        except ValidationError as error:
            if taken is not None and isinstance(error, ValueTaken):
                taken.append(Taken(change, record, links, error))
            else:
                self.refuse_all(change, error)
            return False
        return True

    def store(self, record, links):
        """Save a record with its links."""
        save_record(record, record._state.adding)
        for name, records in links.items():
            getattr(record, name).set(records)
        record.pending_links = {}

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
