"""Choices of records that are not stored: one that an open draft is to add is chosen by its code."""

from typing import Any

from django.db.models import Model, TextField
from django.db.models.functions import Cast, Concat
from django.forms import ModelChoiceField, ValidationError
from django.utils.translation import gettext as _

from pkportal.changes.models import Action, Change, ChangeSet
from pkportal.changes.waiting import additions, stand_in
from pkportal.changes.wording import waiting_in_words
from pkportal.content.absent_records import what_became_of
from pkportal.exchange.record_widgets import unknown_record_message

BY_CODE = "code:"
MOST_WAITING = 5  # records that wait and are offered


def is_by_code(choice: object) -> bool:
    """True if a choice names a record by its code."""
    return isinstance(choice, str) and choice.startswith(BY_CODE)


def is_not_stored(value: object) -> bool:
    """True for a record that waits, or that is on record no more."""
    return isinstance(value, Model) and value.pk is None


def choice_value(record: Any) -> Any:
    """Return how a form names a record: by its primary key, or by its code if it is not stored."""
    return f"{BY_CODE}{getattr(record, record.key_fields[0])}" if is_not_stored(record) else record.pk


def as_key(value: Any) -> Any:
    """Return a value by which rows are compared: a record that is not stored cannot be told by its primary key."""
    return choice_value(value) if is_not_stored(value) else value


def choice_text(record: Any) -> str:
    """Return a record in words with its code, if it has one: “Name (CODE)”; of one that waits, where."""
    name, keys = str(record), getattr(record, "key_fields", ())
    code = str(getattr(record, keys[0])) if len(keys) == 1 else ""
    text = name if code.casefold() in name.casefold() else f"{name} ({code})"
    if not is_not_stored(record):
        return text
    if addition := getattr(record, "addition", None):
        return waiting_in_words(addition, code)
    return _("%(code)s, not on record") % {"code": code}


def code_of_choice(choice: str) -> str:
    """Return the code that a choice names, without null characters, which PostgreSQL refuses."""
    return choice.removeprefix(BY_CODE).replace("\x00", "")


def record_by_code(model: Any, choice: str) -> Any:
    """Return the record of a choice by code, which may be stored by now; None if there is none and none waits."""
    (key,) = model.key_fields
    code = code_of_choice(choice)
    stored = model._base_manager.filter(**{key: code}).first()
    addition = None if stored else additions({model: [code]}).get((model, code))
    return stand_in(addition) if addition else stored


def chosen_by_code(model: Any, choice: str) -> Any:
    """Return the record of a choice by code; one that is neither stored nor waits has the code alone."""
    return record_by_code(model, choice) or model(**{model.key_fields[0]: code_of_choice(choice)})


def records_of_codes(model: Any, codes: list[str]) -> list[Any]:
    """Return the records of some codes: stored, waiting, or of those that are neither one with the code alone."""
    (key,) = model.key_fields
    stored = {getattr(record, key): record for record in model._base_manager.filter(**{f"{key}__in": codes})}
    missing = [code for code in codes if code not in stored]
    waiting = {code: stand_in(addition) for (_model, code), addition in additions({model: missing}).items()}
    return [stored.get(code) or waiting.get(code) or model(**{key: code}) for code in codes]


def waiting_additions(model: Any, term: str) -> list[Change]:
    """Return the changes in open drafts that add records of a kind in whose title or cells all words of a term are."""
    changes = Change.objects.filter(change_set__in=ChangeSet.objects.open(), action=Action.ADD)
    changes = changes.filter(kind=model._meta.label_lower).select_related("change_set")
    changes = changes.annotate(typed=Concat("title", Cast("cells", TextField()), output_field=TextField()))
    for word in term.replace("\x00", "").split():
        changes = changes.filter(typed__icontains=word)
    return [*changes.order_by("-saved_at")[:MOST_WAITING]]


class RecordsByCode(ModelChoiceField):
    """Mixin of form fields of records, in which those that wait are chosen by code."""

    linked: Any = ()  # records that the form shows, which need not be looked up again when they are sent

    def prepare_value(self, value):
        """Name a record that is not stored by its code."""
        if isinstance(value, list):
            return [self.prepare_value(item) for item in value]
        return choice_value(value) if is_not_stored(value) else super().prepare_value(value)

    def label_from_instance(self, obj):
        """Add the code to the name, as the choices do."""
        return choice_text(obj)

    def by_code(self, choice):
        """Return a record that was chosen by code; one that is on record no more is kept where it was."""
        shown = (record for record in self.linked if choice_value(record) == choice)
        record = record_by_code(self.queryset.model, choice) or next(shown, None)
        if record is None:
            model, code = self.queryset.model, code_of_choice(choice)
            raise ValidationError(unknown_record_message(model, [code], what_became_of(model, [code]).values()))
        return record
