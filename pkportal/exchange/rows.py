"""Rows: how records of one kind stand in a file, for the admin, the commands and the public downloads alike.

A file's columns are the names in ``Meta.fields``. An absent column keeps what is there; a blank cell clears only what
may be empty. One bad row, and nothing of the file is stored.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Prefetch, Value
from django.db.models.functions import Collate
from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export.resources import ModelResource
from import_export.results import RowResult

from pkportal.sourcing.checking import digest

from .columns import CheckedColumn, Column, cell_for
from .formulas import rearm
from .loader import LoadAll
from .sheets import as_text


class Rows(ModelResource):
    """Records of one kind as rows; each kind names its model, its file and its columns."""

    name = ""  # of the file, without .csv

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        skip_diff = True  # ours is made of cells, without copying each record
        instance_loader_class = LoadAll

    @classmethod
    def field_from_django_field(cls, field_name, django_field, readonly):
        """Give every column of the table our own cell."""
        return Column(field_name, field_name, cell_for(django_field))

    # What a file's columns are

    def get_import_id_fields(self):
        """Know a record by its natural key, never by its number in one database."""
        return self._meta.model.natural_key

    def columns(self):
        """Give the columns in the order of the file."""
        return [self.fields[name] for name in self._meta.fields]

    def get_import_order(self):
        """Import in the order of the file."""
        return self._meta.fields

    get_export_order = get_import_order

    def cells(self, record):
        """Give the texts of one record's row."""
        return [column.widget.render(column.get_value(record)) for column in self.columns()]

    @classmethod
    def key_order(cls):
        """Order records by their natural key, the same on every server."""
        model = cls._meta.model
        fields = [model._meta.get_field(name) for name in model.natural_key]
        order = []
        for field in fields:
            if field.is_relation:
                order.append(Collate(F(f"{field.name}__{field.related_model.natural_key[0]}"), "C"))
            else:
                order.append(Collate(F(field.name), "C") if isinstance(field, models.CharField) else F(field.name))
        return order

    def prepared(self, records, public):
        """Load what the rows show and no more, in a fixed number of queries a thousand rows.

        For the public, a record that is still hidden is not named either.
        """
        linked = []
        for column in self.columns():
            if column.is_link or column.is_links:
                model = column.widget.model
                shown = model._default_manager.published() if public else model._base_manager.all()
                linked.append(Prefetch(column.attribute, shown.only(column.widget.key)))
        own = [column.attribute for column in self.columns() if not column.is_links]
        plain = records.select_related(None).prefetch_related(None).defer(None)
        return plain.only("pk", *own).prefetch_related(*linked)

    # What a file's rows do

    def import_data(self, dataset, *args, **kwargs):
        """Refuse the whole file when one row breaks a rule, unless the caller looks at several files together."""
        return super().import_data(dataset, *args, **{"rollback_on_validation_errors": True, **kwargs})

    def before_import(self, dataset, **kwargs):
        """Refuse unknown columns and missing keys before any row is read."""
        self.user = kwargs.get("user")
        self.seen, self.stored, self.checks = {}, {}, {True: [], False: []}
        known = list(self._meta.fields)
        if unknown := [name for name in dataset.headers if name not in known]:
            refuse(
                dataset,
                _("Unknown column: %(unknown)s. This file may have: %(known)s.")
                % {"unknown": ", ".join(unknown), "known": ", ".join(known)},
            )
        if missing := [name for name in self.get_import_id_fields() if name not in dataset.headers]:
            named = {"missing": ", ".join(missing)}
            refuse(dataset, _("Missing column: %(missing)s. It says which record a row is.") % named)
        for column in self.columns():
            if column.is_link or column.is_links:
                column.widget.prepare()

    def before_import_row(self, row, **kwargs):
        """Read every cell as text and undo what was done to formulas."""
        for name, value in row.items():
            row[name] = rearm(as_text(value))

    def after_init_instance(self, instance, new, row, row_number=None, **kwargs):
        """Remember the row as it stands, and refuse a second row for the same record."""
        key = tuple(row[name].strip() for name in self.get_import_id_fields())
        if key in self.seen:
            raise ValidationError(_("The same record stands in row %(row)d already.") % {"row": self.seen[key]})
        self.seen[key] = row_number + 1  # as a spreadsheet counts: the header is row 1
        self.before = [""] * len(self._meta.fields) if new else self.cells(instance)

    def is_later(self, column):
        """Say whether a cell names records of the same file, which must all be stored first."""
        return (column.is_link or column.is_links) and column.widget.model is self._meta.model

    def import_instance(self, instance, row, **kwargs):
        """Take every cell that is there, and gather what is wrong with each."""
        errors = {}
        instance.pending_links = {}
        for column in self.columns():
            if column.column_name not in row or self.is_later(column):
                continue
            try:
                value = column.widget.clean(row[column.column_name])
            except ValueError as error:
                errors[column.attribute] = ValidationError(str(error))
                continue
            if column.is_links:
                instance.pending_links[column.attribute] = value
            elif isinstance(column, CheckedColumn):
                instance.pending_check = value
            else:
                setattr(instance, column.attribute, value)
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Leave a record alone whose row says what is there already."""
        if import_validation_errors:
            return False
        self.after = self.cells(instance)
        return instance.pk is not None and self.after == self.before

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Ask the model what each value must be; what spans rows or columns the database refuses by itself."""
        errors = dict(import_validation_errors or {})
        found = [field.name for field in instance._meta.fields if field.is_relation and field.null is False]
        blank = [name for name in found if name not in errors and getattr(instance, f"{name}_id") is None]
        errors |= {name: ValidationError(_("This cell cannot be blank.")) for name in blank}
        relations = [field.name for field in instance._meta.fields if field.is_relation]
        try:
            instance.clean_fields(exclude=[*relations, *errors])
            instance.clean()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def do_instance_save(self, instance, is_create):
        """Store the record, and turn the database's refusal into words."""
        try:
            with transaction.atomic():
                instance.save(force_insert=is_create)
        except IntegrityError as error:
            raise ValidationError(in_words(error, instance)) from None

    def save_m2m(self, instance, row, **kwargs):
        """Store the links that the row names, in the same step as the row."""
        for attribute, records in instance.pending_links.items():
            getattr(instance, attribute).set(records)
        instance.pending_links = {}

    def after_import_row(self, row, row_result, row_number=None, **kwargs):
        """Note which record the row became, and show what it changed cell by cell."""
        self.stored[row_number] = row_result.object_id
        row_result.diff = [difference(*pair) for pair in zip(self.before, self.after, strict=True)]

    def after_save_instance(self, instance, row, **kwargs):
        """Mark checks for all rows at once, when all are stored."""
        if hasattr(instance, "pending_check"):
            self.checks[instance.pending_check].append(instance.pk)

    def after_import(self, dataset, result, **kwargs):
        """Mark what is checked, then link records of the file to each other."""
        model = self._meta.model
        for checked, keys in self.checks.items():
            if keys:
                value = digest(*model.checked_fields) if checked else Value("")
                model._base_manager.filter(pk__in=keys).update(checked_digest=value)
        for column in self.columns():
            if self.is_later(column) and column.column_name in dataset.headers:
                self.link(column, dataset, result)

    def link(self, column, dataset, result):
        """Set the links of one column among records that now all exist."""
        column.widget.prepare()
        records = self._meta.model._base_manager.prefetch_related(column.attribute).in_bulk(list(self.stored.values()))
        for number, cell in enumerate(dataset[column.column_name], 1):
            record = records.get(self.stored.get(number))
            if record is None:
                continue  # the row was refused for another reason
            try:
                value = column.widget.clean(rearm(as_text(cell)))
                if column.widget.render(column.get_value(record)) == column.widget.render(value):
                    continue
                with transaction.atomic():
                    if column.is_links:
                        getattr(record, column.attribute).set(value)
                    else:
                        setattr(record, column.attribute, value)
                        record.save(update_fields=[column.attribute])
            except (ValueError, IntegrityError) as error:
                reason = str(error) if isinstance(error, ValueError) else in_words(error, record)
                row = dict(zip(dataset.headers, dataset[number - 1], strict=True))
                result.append_invalid_row(number, row, ValidationError({column.attribute: reason}))
                continue
            row_result = result.rows[number - 1]
            if row_result.import_type == RowResult.IMPORT_TYPE_SKIP:
                row_result.import_type = RowResult.IMPORT_TYPE_UPDATE
                result.totals[RowResult.IMPORT_TYPE_SKIP] -= 1
                result.totals[RowResult.IMPORT_TYPE_UPDATE] += 1


def refuse(dataset, reason):
    """Stop before the first row: a file that is wrong as a whole has no rows worth reading."""
    dataset.wipe()
    raise ValueError(reason)


def difference(before, after):
    """Mark in HTML what a cell was and what it becomes."""
    if before == after:
        return format_html("{}", after)
    return format_html("<del>{}</del> <ins>{}</ins>", before, after) if before else format_html("<ins>{}</ins>", after)


def in_words(error, record):
    """Say why the database refused a record: by the rule's own message, or by the value that is taken."""
    diagnosis = error.__cause__.diag
    for rule in record._meta.constraints:
        if rule.name == diagnosis.constraint_name:
            return rule.get_violation_error_message()
    if diagnosis.sqlstate == "23505":
        return _("Another record has the same value: %(detail)s") % {"detail": diagnosis.message_detail}
    return diagnosis.message_primary
