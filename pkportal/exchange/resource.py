"""Resources: import a file into a model, for the admin and for the command ``load`` alike.

A column that is absent keeps what is stored; a blank cell clears what may be empty. One invalid row, and nothing of
the file is stored.
"""

from typing import NoReturn

from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from import_export.results import RowResult
from tablib import Dataset

from pkportal.content.models import Status

from .columns import ExportResource, cell_diff
from .csv_file import cell_text
from .explaining import unstored_columns
from .instances import RecordLoader
from .invalid_values import database_error_message, missing_values, name_choices
from .older_files import mark_older_rows
from .second_pass import set_links

PUBLICATION_COLUMNS = ["status", "published_at", "withdrawn_at", "withdrawal_reason", "moved_to"]


class ImportedRow(RowResult):
    """The result of one row, without ``str(record)``, which nobody reads and which may cost a query.

    ``question`` is what is strange about a row that is accepted; a preview and ``load`` show it.
    ``cells`` are those that change, before and after, by attribute.
    """

    question = title = ""

    def add_instance_info(self, instance):
        """Keep the primary key and the reference only."""
        self.object_id, self.reference = instance.pk, instance.reference


class Resource(ExportResource):
    """A resource whose rows are validated by the model and stored together or not at all."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        skip_diff = True  # our own diff compares cells and need not copy each record
        instance_loader_class = RecordLoader

    def get_row_result_class(self):
        """Return the class of a row's result."""
        return ImportedRow

    def import_data(self, dataset, *args, **kwargs):
        """Refuse the whole file when one row is invalid, unless the caller imports several files together."""
        return super().import_data(dataset, *args, **{"rollback_on_validation_errors": True, **kwargs})

    def before_import(self, dataset, **kwargs):
        """Refuse unknown columns and missing key columns before any row is read."""
        self.user = kwargs.get("user")
        self.lock_table()
        self.row_numbers, self.saved_pks, self.references_in_file = {}, {}, set()
        allowed = list(self._meta.fields)
        passed_over = [column.column_name for column in unstored_columns(self)]
        if unknown := [name or _("(blank)") for name in dataset.headers if name not in [*allowed, *passed_over]]:
            refuse_file(
                dataset,
                _("Unknown column: %(unknown)s. This file may have: %(known)s.")
                % {"unknown": ", ".join(unknown), "known": ", ".join(allowed)},
            )
        absent = [name for name in self.get_import_id_fields() if name not in dataset.headers]
        self.key_defaults = {name: self.key_default(name) for name in absent}
        if missing := [name for name, default in self.key_defaults.items() if default is None]:
            names = {"missing": ", ".join(missing)}
            refuse_file(dataset, _("Missing column: %(missing)s. It says which record a row is.") % names)
        references = dataset["reference"] if "reference" in dataset.headers else []
        self.references_in_file = {self.reference_of({"reference": cell_text(cell)}) for cell in references}
        for column in self.columns():
            if column.is_foreign_key or column.is_many_to_many:
                column.widget.load_records()

    def reference_of(self, row):
        """Return the permanent reference that a row has, or nothing."""
        return self.fields["reference"].widget.clean(row.get("reference", "")) if "reference" in self.fields else ""

    def lock_table(self):
        """Lock the table for other writers until the end, because rows are compared with what is read now."""
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(self._meta.model._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")

    def before_import_row(self, row, **kwargs):
        """Make every cell text, take away its apostrophe, and add the defaults of absent key columns."""
        row.update(self.key_defaults)
        for name, value in row.items():
            if name in self.fields:
                row[name], _is_exact = self.fields[name].widget.unescape(cell_text(value))

    def after_init_instance(self, instance, new, row, row_number=None, **kwargs):
        """Remember the cells before the import, and refuse a second row for the same record."""
        names = [self.key_of(row) if any(self.key_of(row)) else "", self.reference_of(row), instance.pk]
        for name in filter(None, names):
            if name in self.row_numbers:
                raise ValidationError(_("Row %(row)d is the same record.") % {"row": self.row_numbers[name]})
        self.row_numbers |= dict.fromkeys(names, row_number + 1)  # as a spreadsheet counts: the header is row 1
        self.cells_before = [""] * len(self._meta.fields) if new else self.cells(instance)

    def _check_import_id_fields(self, headers):
        """Check nothing: ``before_import`` has done it, with the defaults of absent key columns."""

    def key_default(self, name):
        """Return the default of an absent key column, or None if the column is required."""
        field = self._meta.model._meta.get_field(name)
        if field.has_default() or (field.blank and not field.is_relation):
            return self.fields[name].widget.render(field.get_default())
        return None

    def is_self_reference(self, column):
        """True if the cells name records of the same model, whose rows must all be saved first."""
        return (column.is_foreign_key or column.is_many_to_many) and column.widget.model is self._meta.model

    def import_instance(self, instance, row, **kwargs):
        """Parse every cell of the row and collect the errors by column."""
        errors = {}
        instance.pending_links = {}
        for column in self.columns():
            if column.column_name not in row or self.is_self_reference(column):
                continue
            try:
                column.set_value(instance, column.widget.clean(row[column.column_name]))
            except ValueError as error:
                errors[column.attribute] = ValidationError(str(error))
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """True if the row repeats what is stored already."""
        if import_validation_errors or missing_values(instance):
            return False
        self.cells_after = self.cells(instance)
        return instance.pk is not None and self.cells_after == self.cells_before

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Validate each value by the model; rules across rows or columns are left to the database."""
        errors = dict(import_validation_errors or {})
        missing = [name for name in missing_values(instance) if name not in errors]
        errors |= {name: ValidationError(_("This cell cannot be blank.")) for name in missing}
        relations = [field.name for field in instance._meta.fields if field.is_relation]
        try:
            instance.clean_fields(exclude=[*relations, *errors])
            instance.clean()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError({name: name_choices(instance, name, reason) for name, reason in errors.items()})

    def do_instance_save(self, instance, is_create):
        """Save the record; an error of the database becomes a validation error."""
        try:
            with transaction.atomic():
                instance.save(force_insert=is_create)
        except IntegrityError as error:
            raise ValidationError(database_error_message(error, instance)) from None

    def save_m2m(self, instance, row, **kwargs):
        """Save the many-to-many links of the row."""
        for attribute, records in instance.pending_links.items():
            getattr(instance, attribute).set(records)
        instance.pending_links = {}

    def after_import_row(self, row, row_result, row_number=None, **kwargs):
        """Remember the primary key of the row's record, and make the diff of its cells."""
        self.saved_pks[row_number] = row_result.object_id
        pairs = [*zip(self.cells_before, self.cells_after, strict=True)]
        row_result.diff = [cell_diff(*cells) for cells in pairs]
        names = [column.attribute for column in self.columns()]
        row_result.cells = {name: cells for name, cells in zip(names, pairs, strict=True) if cells[0] != cells[1]}
        row_result.title = " · ".join(filter(None, self.key_of({**self.key_defaults, **row})))

    def after_import(self, dataset, result, **kwargs):
        """Set the links between rows of the file, unless the whole file was refused and has no headers left."""
        for column in self.columns():
            if self.is_self_reference(column) and column.column_name in (dataset.headers or ()):
                set_links(self, column, dataset, result)
        if self.user:
            mark_older_rows(self, result.rows)

    def ask(self, result, questions_about):
        """Add questions to the rows that are new or changed; the function finds them by primary key."""
        numbers = {
            self.saved_pks.get(number): number
            for number, row in enumerate(result.rows, 1)
            if row.is_new() or row.is_update()
        }
        records = self._meta.model._base_manager.filter(pk__in=numbers)
        for pk, question in questions_about(records).items() if numbers else ():
            result.rows[numbers[pk] - 1].question = question


class PublishableResource(Resource):
    """A resource of publishable records: a file publishes only what its user may publish in the admin."""

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Refuse a change of the publication columns by a user without the permission to publish."""
        errors = dict(import_validation_errors or {})
        if self.user and not self.user.has_perm(self._publish_permission()):
            message = _("You may not publish or withdraw records: leave the status as it is.")
            errors |= {name: ValidationError(message) for name in self._changed_publication_columns(instance)[:1]}
        super().validate_instance(instance, errors, validate_unique)

    def after_import(self, dataset, result, **kwargs):
        """Refuse published records that are not ready, once all their links are saved."""
        super().after_import(dataset, result, **kwargs)
        imported = [number for number, row in enumerate(result.rows, 1) if row.is_new() or row.is_update()]
        records = self._meta.model._base_manager.in_bulk([self.saved_pks[number] for number in imported])
        for number in imported:
            record = records[self.saved_pks[number]]
            if record.status == Status.PUBLISHED and (obstacles := list(record.obstacles())):
                row = dict(zip(dataset.headers, dataset[number - 1], strict=True))
                result.append_invalid_row(number, row, ValidationError(obstacles))

    def _publish_permission(self):
        opts = self._meta.model._meta
        return f"{opts.app_label}.{get_permission_codename('publish', opts)}"

    def _changed_publication_columns(self, instance):
        """Return the publication columns that change; a new record is compared with a draft."""
        names = list(self._meta.fields)
        before = dict(zip(names, self.cells_before, strict=True)) if instance.pk else {"status": Status.DRAFT}
        return [
            name
            for name in PUBLICATION_COLUMNS
            if self.fields[name].widget.render(getattr(instance, name)) != before.get(name, "")
        ]


def refuse_file(dataset: Dataset, reason: str) -> NoReturn:
    """Stop before the first row, so that the whole file has this one error."""
    dataset.wipe()
    raise ValueError(reason)
