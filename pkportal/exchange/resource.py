"""What the rows of a file do to the record, for the admin's import and the command alike.

An absent column keeps what is there; a blank cell clears only what may be empty. One bad row, and nothing of the
file is stored.
"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from pkportal.content.checking import digest

from .base_resource import BaseResource
from .columns import CheckedColumn
from .csv_file import cell_text
from .formulas import unescape_formula
from .instance_loader import NaturalKeyLoader
from .refusals import cell_diff, database_error_message, refuse_file
from .second_pass import set_links

TEXT_FIELDS = (models.CharField, models.TextField)


class Resource(BaseResource):
    """Rows that obey the model's own rules and are kept together or not at all."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        skip_diff = True  # ours is made of cells, without copying each record
        instance_loader_class = NaturalKeyLoader

    def import_data(self, dataset, *args, **kwargs):
        """Refuse the whole file when one row breaks a rule, unless the caller looks at several files together."""
        return super().import_data(dataset, *args, **{"rollback_on_validation_errors": True, **kwargs})

    def before_import(self, dataset, **kwargs):
        """Refuse unknown columns and missing keys before any row is read."""
        self.user = kwargs.get("user")
        self.hold()
        self.seen, self.stored = {}, {}
        known = list(self._meta.fields)
        if unknown := [name or _("(blank)") for name in dataset.headers if name not in known]:
            refuse_file(
                dataset,
                _("Unknown column: %(unknown)s. This file may have: %(known)s.")
                % {"unknown": ", ".join(unknown), "known": ", ".join(known)},
            )
        self.absent = {name: self.default(name) for name in self.get_import_id_fields() if name not in dataset.headers}
        if missing := [name for name, default in self.absent.items() if default is None]:
            named = {"missing": ", ".join(missing)}
            refuse_file(dataset, _("Missing column: %(missing)s. It says which record a row is.") % named)
        for column in self.columns():
            if column.is_link or column.is_links:
                column.widget.prepare()

    def hold(self):
        """Let nobody else write records of this kind till the end: rows are compared with what is read now."""
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(self._meta.model._meta.db_table)
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")

    def before_import_row(self, row, **kwargs):
        """Read every cell as text and undo what was done to formulas; an absent part of the key has its default."""
        row.update(self.absent)
        for name, value in row.items():
            row[name] = unescape_formula(cell_text(value))

    def after_init_instance(self, instance, new, row, row_number=None, **kwargs):
        """Remember the row as it stands, and refuse a second row for the same record."""
        key = self.key_of(row)
        if key in self.seen:
            raise ValidationError(_("The same record stands in row %(row)d already.") % {"row": self.seen[key]})
        self.seen[key] = row_number + 1  # as a spreadsheet counts: the header is row 1
        self.before = [""] * len(self._meta.fields) if new else self.cells(instance)

    def _check_import_id_fields(self, headers):
        """Leave the key to ``before_import``, which knows what an absent part of it stands for."""

    def default(self, name):
        """Give the text that an absent part of the key stands for, or nothing when it must be there."""
        field = self._meta.model._meta.get_field(name)
        if field.has_default() or (field.blank and not field.is_relation):
            return self.fields[name].widget.render(field.get_default())
        return None

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
        if import_validation_errors or missing_values(instance):
            return False
        self.after = self.cells(instance)
        return instance.pk is not None and self.after == self.before

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Ask the model what each value must be; what spans rows or columns the database refuses by itself."""
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
            raise ValidationError(errors)

    def do_instance_save(self, instance, is_create):
        """Store the record, and turn the database's refusal into words."""
        try:
            with transaction.atomic():
                instance.save(force_insert=is_create)
        except IntegrityError as error:
            raise ValidationError(database_error_message(error, instance)) from None

    def save_m2m(self, instance, row, **kwargs):
        """Store the links that the row names, in the same step as the row."""
        for attribute, records in instance.pending_links.items():
            getattr(instance, attribute).set(records)
        instance.pending_links = {}

    def after_import_row(self, row, row_result, row_number=None, **kwargs):
        """Note which record the row became, and show what it changed cell by cell."""
        self.stored[row_number] = row_result.object_id
        row_result.diff = [cell_diff(*pair) for pair in zip(self.before, self.after, strict=True)]

    def after_import(self, dataset, result, **kwargs):
        """Link records of the file to each other, then mark what is checked: a link may be part of what was checked."""
        if not dataset.headers:
            return  # the file was refused as a whole
        for column in self.columns():
            if column.column_name in dataset.headers:
                if self.is_later(column):
                    set_links(self, column, dataset, result)
                elif isinstance(column, CheckedColumn):
                    self.mark(column, dataset)

    def mark(self, column, dataset):
        """Make every record checked or not as its row says, in two statements."""
        keys = {True: [], False: []}
        for number, cell in enumerate(dataset[column.column_name], 1):
            if key := self.stored.get(number):
                keys[column.widget.clean(cell_text(cell))].append(key)
        records = self._meta.model._base_manager
        records.filter(pk__in=keys[True], is_checked=False).update(
            checked_digest=digest(*self._meta.model.checked_fields)
        )
        records.filter(pk__in=keys[False]).exclude(checked_digest="").update(checked_digest="")


def missing_values(record):
    """Name the links and the texts that a record must have and has not; a text of blanks alone says nothing."""
    links = [it for it in record._meta.fields if it.is_relation and not it.null]
    texts = [it for it in record._meta.fields if isinstance(it, TEXT_FIELDS) and not it.blank]
    missing = [it.name for it in links if getattr(record, it.attname) is None]
    return missing + [it.name for it in texts if getattr(record, it.name).isspace()]
