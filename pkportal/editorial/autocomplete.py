"""Autocomplete widgets that ignore ids that are not numbers."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import TextField
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from pkportal.changes.models import Action, Change, ChangeSet

MOST_WAITING = 5  # records that wait and are named

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
    """The choices of a field, each with the code of its record, which tells those of the same name apart.

    A record that a draft is to add cannot be chosen yet: it is named, with what must be published first.
    """

    def get_context_data(self, **kwargs):
        """Name the records that wait before those that can be chosen."""
        context = super().get_context_data(**kwargs)
        is_first = context["page_obj"].number == 1
        waiting = waiting_additions(self.model_admin.model, self.term) if is_first else []
        return {**context, "object_list": [*waiting, *context["object_list"]]}

    def serialize_result(self, obj, to_field_name):
        """Add the code to the name; let nobody choose what waits."""
        if isinstance(obj, Change):
            words = {"record": obj.title, "number": obj.change_set.number}
            text = _("%(record)s: can be chosen once %(number)s is published") % words
            return {"id": obj.reference, "text": text, "disabled": True}
        return {**super().serialize_result(obj, to_field_name), "text": choice_text(obj)}


def waiting_additions(model: Any, term: str) -> list[Change]:
    """Return the changes in open drafts that add records of a kind in whose title or cells all words of a term are."""
    changes = Change.objects.filter(change_set__in=ChangeSet.objects.open(), action=Action.ADD)
    changes = changes.filter(kind=model._meta.label_lower).select_related("change_set")
    changes = changes.annotate(typed=Concat("title", Cast("cells", TextField()), output_field=TextField()))
    for word in term.replace("\x00", "").split():
        changes = changes.filter(typed__icontains=word)
    return [*changes.order_by("-saved_at")[:MOST_WAITING]]


def choice_text(record: Any) -> str:
    """Return a record in words with its code, if it has one: “Name (CODE)”."""
    name, keys = str(record), getattr(record, "key_fields", ())
    code = str(getattr(record, keys[0])) if len(keys) == 1 else ""
    return name if code.casefold() in name.casefold() else f"{name} ({code})"
