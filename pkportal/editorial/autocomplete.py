"""Autocomplete widgets that ignore ids that are not numbers."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import Case, When
from django.utils.translation import gettext as _

from pkportal.changes.models import Change
from pkportal.changes.wording import waiting_in_words
from pkportal.content.names import NamedCodes

from .waiting_choices import BY_CODE, choice_text, choice_value, chosen_by_code, is_by_code, waiting_additions

_primary_key = re.compile("[0-9]{1,18}")


def is_key(text: object) -> bool:
    """True if a text can be a primary key; longer numbers are beyond what the column holds."""
    return bool(_primary_key.fullmatch(str(text)))


class SafeAutocompleteMixin:
    """Mixin of widgets that look up only what can be a primary key; the form field refuses the rest."""

    def optgroups(self, name, value, attr=None):
        """Look up keys only, as Django would send any posted text to the database, and show what waits beside them."""
        groups = super().optgroups(name, [*filter(is_key, value)], attr)
        (_title, options, _index), *_others = groups
        for choice in filter(is_by_code, value):
            record = chosen_by_code(self.choices.queryset.model, choice)
            options.append(self.create_option(name, choice, choice_text(record), True, len(options)))
        return groups


class AutocompleteWidget(SafeAutocompleteMixin, AutocompleteSelect):
    """Widget for one record; one that is loaded already is not loaded again."""

    loaded = None

    def optgroups(self, name, value, attr=None):
        """Show the selected record without a query if it is loaded."""
        if self.loaded is None or value != [str(choice_value(self.loaded))]:
            return super().optgroups(name, value, attr)
        none = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        return [(None, [*none, self.create_option(name, value[0], choice_text(self.loaded), True, len(none))], 0)]


class AutocompleteMultipleWidget(SafeAutocompleteMixin, AutocompleteSelectMultiple):
    """Widget for several records; those that are loaded already are not loaded again."""

    loaded: Sequence[Any] = ()

    def optgroups(self, name, value, attr=None):
        """Show the selected records without a query if they are loaded."""
        labels = {str(choice_value(record)): choice_text(record) for record in self.loaded}
        if not {*value} <= {*labels}:
            return super().optgroups(name, value, attr)
        chosen = [(key, label) for key, label in labels.items() if key in value]
        options = [self.create_option(name, key, label, True, index) for index, (key, label) in enumerate(chosen)]
        return [(None, options, 0)]


class CodedChoicesView(AutocompleteJsonView):
    """The choices of a field, each with the code of its record, which tells those of the same name apart.

    A record that a draft is to add can be chosen too, for what waits itself.
    """

    def get_queryset(self):
        """Offer first what has the text as its code or as one of its names, before what only begins with it."""
        records = super().get_queryset()
        (code, *others) = self.model_admin.model.key_fields
        codes = (
            () if others or not self.term else NamedCodes(self.model_admin.model, is_public=False).meant_by(self.term)
        )
        if not codes:
            return records
        order = records.query.order_by or records.model._meta.ordering
        is_meant = Case(When(**{f"{code}__in": codes}, then=0), default=1)
        return records.order_by(is_meant, *order)

    def get_context_data(self, **kwargs):
        """Offer the records that wait before those on record."""
        context = super().get_context_data(**kwargs)
        is_first = context["page_obj"].number == 1
        waiting = waiting_additions(self.model_admin.model, self.term) if is_first else []
        return {**context, "object_list": [*waiting, *context["object_list"]]}

    def serialize_result(self, obj, to_field_name):
        """Add the code to the name; what waits is chosen by its code."""
        if isinstance(obj, Change):
            if code := obj.code:
                return {"id": f"{BY_CODE}{code}", "text": waiting_in_words(obj, code)}
            words = {"record": obj.title, "number": obj.change_set.number}
            text = _("%(record)s, waits in %(number)s: can be chosen once it has a code") % words
            return {"id": obj.reference, "text": text, "disabled": True}
        return {**super().serialize_result(obj, to_field_name), "text": choice_text(obj)}
