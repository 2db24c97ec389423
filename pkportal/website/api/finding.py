"""Finding one record: by its permanent reference, its key, or the parts of its key; and what became of it."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pkportal.content.names import NamedCodes
from pkportal.content.pages import HasPage
from pkportal.content.permanent_references import read_reference
from pkportal.exchange.columns import FileColumn
from pkportal.exchange.staging.header import key_default
from pkportal.website.addresses import AskedRecord, Withdrawal, can_be_a_key, withdrawal_of
from pkportal.website.notices import Notice, unknown_value

from .tables import ApiTable, AskedColumns


def key_of_one_part(model: Any) -> str:
    """Return the field that alone is the key of a model, or nothing where the key has several parts."""
    return model.key_fields[0] if len(model.key_fields) == 1 else ""


def reference_named(model: Any, name: str) -> str:
    """Return the permanent reference of a model that a name is, in any case and without its zeros, or nothing."""
    return read_reference(name, model.reference_prefix, model.reference_digits)


def with_name(model: Any, name: str) -> QuerySet:
    """Return the public record that a key or a permanent reference in any case names, or none."""
    records = model._default_manager.published()
    if not can_be_a_key(name):
        return records.none()
    found = records.filter(reference=reference_named(model, name))
    if found.exists() or not (key := key_of_one_part(model)):
        return found
    return records.filter(**{key: name})


def other_key(model: Any, name: str) -> str:
    """Return the key of the public record that a name means which is not its key: in other letters, a former one."""
    key = key_of_one_part(model)
    if not key or not can_be_a_key(name):
        return ""
    alike = model._default_manager.published().filter(**{f"{key}__iexact": name})
    codes = [*alike.values_list(key, flat=True)[:2]] or NamedCodes(model).meant_by(name)
    return codes[0] if len(codes) == 1 else ""


def withdrawal_named(model: Any, name: str) -> Withdrawal | None:
    """Return the notice of the withdrawn record that a key or a permanent reference names, or None."""
    if not can_be_a_key(name):
        return None
    key = key_of_one_part(model)
    notice = withdrawal_of(model, reference=reference_named(model, name))
    return notice or (withdrawal_of(model, **{f"{key}__iexact": name}) if key else None)


def nearest_keys(model: Any, name: str) -> list[str]:
    """Return the keys of the public records that a name may have meant."""
    if not issubclass(model, HasPage) or not model.page.is_own or not can_be_a_key(name):
        return []
    return [record.code for record in AskedRecord(model, name, "").nearest()]


class AskedKey(AskedColumns):
    """What a request asks of a record that is named by the parts of its key, each a parameter called as its column."""

    def __init__(self, table: ApiTable, request: HttpRequest):
        super().__init__(table, request)
        self.raw_query = request.GET  # a part of a key may be blank
        resource = table.resource()
        self.parts = [resource.fields[name] for name in table.model.key_fields]
        self.defaults = {column.column_name: key_default(resource, column.column_name) for column in self.parts}

    def unknown(self, labels: dict[str, str]) -> Iterator[Notice]:
        """Yield what is wrong with the parts of the key, or lacking, beside the parameters that are not known."""
        yield from super().unknown({**labels, **{name: name for name in self.defaults}})
        for column in self.parts:
            try:
                self.lookup_of(column)
            except (ValueError, ValidationError) as error:
                reason = " ".join(getattr(error, "messages", None) or [str(error)])
                yield unknown_value(self.query, column.column_name, self.text_of(column) or "", reason, ())

    def text_of(self, column: FileColumn) -> str | None:
        """Return the text of a part of the key, None if it is lacking and has no default."""
        return self.raw_query.get(column.column_name, self.defaults[column.column_name])

    def lookup_of(self, column: FileColumn) -> dict[str, Any]:
        """Return the lookup of a part of the key; raise ``ValueError`` if it is lacking or is no such value."""
        text, name = self.text_of(column), column.attribute
        if text is None:
            raise ValueError(_("it is a part of the key, and is lacking."))
        if column.is_foreign_key:
            if not can_be_a_key(text):
                return {"pk__in": []}
            return {f"{name}__{column.widget.key}": text} if text else {f"{name}__isnull": True}
        value = self.table.model._meta.get_field(name).to_python(column.widget.clean(text))
        return {f"{name}__isnull": True} if value is None else {name: value}

    def records(self) -> QuerySet:
        """Return the public record with this key, or none."""
        lookups = {name: value for column in self.parts for name, value in self.lookup_of(column).items()}
        return self.table.model._default_manager.published().filter(**lookups)
