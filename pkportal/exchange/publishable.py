"""Rows of records that are published: who may not publish in the admin does not publish by file either."""

from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pkportal.content.models import Status
from pkportal.exchange.resource import Resource

PUBLICATION_COLUMNS = ["status", "published_at", "withdrawn_at"]


class PublishableResource(Resource):
    """Rows whose state the public depends on."""

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """Refuse a change of state from a person without the right to publish."""
        errors = dict(import_validation_errors or {})
        if self.user and not self.user.has_perm(self._permission()):
            words = _("You may not publish or withdraw: leave the state of the record as it is.")
            errors |= {name: ValidationError(words) for name in self._changed_state(instance)[:1]}
        super().validate_instance(instance, errors, validate_unique)

    def after_import(self, dataset, result, **kwargs):
        """Refuse rows that would show the public what is not ready, once all their links are stored."""
        super().after_import(dataset, result, **kwargs)
        touched = [number for number, row in enumerate(result.rows, 1) if row.is_new() or row.is_update()]
        records = self._meta.model._base_manager.in_bulk([self.stored[number] for number in touched])
        for number in touched:
            record = records[self.stored[number]]
            if record.status == Status.PUBLISHED and (obstacles := list(record.obstacles())):
                row = dict(zip(dataset.headers, dataset[number - 1], strict=True))
                result.append_invalid_row(number, row, ValidationError(obstacles))

    def _permission(self):
        opts = self._meta.model._meta
        return f"{opts.app_label}.{get_permission_codename('publish', opts)}"

    def _changed_state(self, instance):
        """Name what differs from what stood there; a new record stands as a draft that was never public."""
        names = list(self._meta.fields)
        before = dict(zip(names, self.before, strict=True)) if instance.pk else {"status": Status.DRAFT}
        return [
            name
            for name in PUBLICATION_COLUMNS
            if self.fields[name].widget.render(getattr(instance, name)) != before.get(name, "")
        ]
