"""Files of checkable records: who may mark a record as checked, or as no longer AI-assisted, by a file."""

from django.core.exceptions import ValidationError

from pkportal.content.checking import STILL_ASSISTED, digest_of
from pkportal.sources.unverified import NOT_ENOUGH, rests_on_unverified

from .columns import CheckedColumn
from .csv_file import cell_text
from .resource import Resource


class CheckableResource(Resource):
    """A resource of checkable records: its column ``checked`` marks the records as their rows have them.

    The command ``load`` marks, because a dump must load as it was. The file of an account marks nothing: a mark stays
    where the checked columns do, and everything else is compared with its source by a person in the admin.
    """

    checked = CheckedColumn()

    def import_instance(self, instance, row, **kwargs):
        """Pass over what the file of an account says of checks."""
        was_assisted = getattr(instance, "ai_assisted", False)
        super().import_instance(instance, row, **kwargs)
        if self.user:
            vars(instance).pop("pending_check", None)
            if instance.pk and was_assisted and not (instance.ai_assisted or self.is_checked_as_it_is(instance)):
                raise ValidationError({"ai_assisted": STILL_ASSISTED})

    def is_checked_as_it_is(self, instance):
        """True if a record is checked, and its row leaves it so."""
        checked = {field.name for field in instance._meta.fields if field.attname in instance.checked_fields}
        cells = zip(self.columns(), self.cells_before, self.cells(instance), strict=True)
        return instance.is_checked and all(was == now for column, was, now in cells if column.attribute in checked)

    def after_import(self, dataset, result, **kwargs):
        """Save what is checked after the links, which may be part of what was checked."""
        super().after_import(dataset, result, **kwargs)
        if "checked" in (dataset.headers or ()) and not self.user:
            self.save_checks(dataset["checked"])
            self.refuse_unverified(dataset, result)
        elif "checked" in (dataset.headers or ()):
            result.not_marked = self.count_not_marked(dataset["checked"])

    def count_not_marked(self, cells):
        """Count the rows that the file calls checked and the record does not."""
        is_checked = self.fields["checked"].widget.clean
        rows = ((self.saved_pks.get(number), cell_text(cell)) for number, cell in enumerate(cells, 1))
        pks = [pk for pk, cell in rows if pk and is_checked(cell)]
        return self._meta.model._base_manager.filter(pk__in=pks, is_checked=False).count()

    def save_checks(self, cells):
        """Make every record checked or not as its row says, in two statements."""
        pks: dict[bool, list[int]] = {True: [], False: []}
        for number, cell in enumerate(cells, 1):
            if pk := self.saved_pks.get(number):
                pks[self.fields["checked"].widget.clean(cell_text(cell))].append(pk)
        records = self._meta.model._base_manager
        records.filter(pk__in=pks[True], is_checked=False).update(
            checked_digest=digest_of(*self._meta.model.checked_fields)
        )
        records.filter(pk__in=pks[False]).exclude(checked_digest="").update(checked_digest="")

    def refuse_unverified(self, dataset, result):
        """Refuse rows that call a record checked whose only source is unverified."""
        unverified = rests_on_unverified(self._meta.model)
        if unverified is None:
            return
        records = self._meta.model._base_manager.filter(unverified, is_checked=True, pk__in=self.saved_pks.values())
        numbers = {pk: number for number, pk in self.saved_pks.items()}
        for number in sorted(numbers[pk] for pk in records.values_list("pk", flat=True)):
            row = dict(zip(dataset.headers, dataset[number - 1], strict=True))
            result.append_invalid_row(number, row, ValidationError({"is_checked": NOT_ENOUGH}))
