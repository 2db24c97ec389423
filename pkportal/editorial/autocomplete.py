"""Autocomplete widgets that ignore ids that are not numbers."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

_primary_key = re.compile("[0-9]{1,18}")


def is_key(text: object) -> bool:
    """True if a text can be a primary key; longer numbers are beyond what the column holds."""
    return bool(_primary_key.fullmatch(str(text)))


class SafeAutocompleteMixin:
    """Mixin of widgets that look up only what can be a primary key; the form field refuses the rest."""

    def optgroups(self, name, value, attr=None):
        """Look up keys only: Django would send any posted text to the database."""
        return super().optgroups(name, [*filter(is_key, value)], attr)


class AutocompleteWidget(SafeAutocompleteMixin, AutocompleteSelect):
    """Widget for one record; one that is loaded already is not loaded again."""

    loaded = None

    def optgroups(self, name, value, attr=None):
        """Show the selected record without a query if it is loaded."""
        if self.loaded is None or value != [str(self.loaded.pk)]:
            return super().optgroups(name, value, attr)
        none = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        return [(None, [*none, self.create_option(name, value[0], choice_text(self.loaded), True, len(none))], 0)]


class AutocompleteMultipleWidget(SafeAutocompleteMixin, AutocompleteSelectMultiple):
    """Widget for several records; those that are loaded already are not loaded again."""

    loaded: Sequence[Any] = ()

    def optgroups(self, name, value, attr=None):
        """Show the selected records without a query if they are loaded."""
        labels = {str(record.pk): choice_text(record) for record in self.loaded}
        if not {*value} <= {*labels}:
            return super().optgroups(name, value, attr)
        chosen = [(key, label) for key, label in labels.items() if key in value]
        options = [self.create_option(name, key, label, True, index) for index, (key, label) in enumerate(chosen)]
        return [(None, options, 0)]


class CodedChoicesView(AutocompleteJsonView):
    """The choices of a field, each with the code of its record, which tells those of the same name apart."""

    def serialize_result(self, obj, to_field_name):
        """Add the code to the name."""
        return {**super().serialize_result(obj, to_field_name), "text": choice_text(obj)}


def choice_text(record: Any) -> str:
    """Return a record in words with its code, if it has one: “Name (CODE)”."""
    name, keys = str(record), getattr(record, "key_fields", ())
    code = str(getattr(record, keys[0])) if len(keys) == 1 else ""
    return name if code.casefold() in name.casefold() else f"{name} ({code})"
