"""Forms of drafts: they show a record with its draft laid over it, and turn what was typed into edits.

A draft may be incomplete: only what cannot be read as a value is refused. What the record lacks stops it at review.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import construct_instance
from django.utils.translation import gettext as _

from pkportal.changes.cells import cell_of, draft_columns, new_cells
from pkportal.changes.drafts import Edit, is_protected, next_reference, open_draft
from pkportal.changes.models import Action, Change, ChangeSet
from pkportal.changes.waiting import addition_with_key, waits_for
from pkportal.content.checking import STILL_ASSISTED
from pkportal.content.plain_messages import CANNOT_BE_BLANK
from pkportal.exchange.columns import FileColumn
from pkportal.exchange.widgets import split_values
from pkportal.sources.citations import cited_codes
from pkportal.sources.claims import markdown_fields
from pkportal.sources.models import Source

from .autocomplete import AutocompleteMultipleWidget, AutocompleteWidget
from .draft_titles import is_left_blank, title_of_draft
from .optimistic_locking import TOKENS, OptimisticLockingForm, is_record_list, split_tokens
from .waiting_choices import choice_text, choice_value, is_not_stored, records_of_codes

REFERENCE_TOKEN, ROWS_TOKEN = "reference", "rows"  # among the version tokens


class Draft(NamedTuple):
    """What a form is opened with: the root record, its open change set if it has one, and the changes in it.

    A set of a file has no root record, and neither has one that adds it.
    """

    root: Any
    change_set: ChangeSet | None
    changes: Mapping[str, Change]  # by the permanent reference of their record
    user: User

    def added(self, model: type[models.Model]) -> list[str]:
        """Return the references of the records of a model that are to be added, the oldest first."""
        label = model._meta.label_lower
        return [
            reference
            for reference, change in self.changes.items()
            if change.action == Action.ADD and change.kind == label
        ]

    def added_references(self) -> list[str]:
        """Return the references of all records that are to be added."""
        return [reference for reference, change in self.changes.items() if change.action == Action.ADD]

    def removes(self, reference: str) -> bool:
        """True if a record is to be removed."""
        change = self.changes.get(reference)
        return change is not None and change.action == Action.REMOVE

    def new_values(self, reference: str) -> dict[str, str]:
        """Return the cells that a record is to have, as far as they change."""
        change = self.changes.get(reference)
        return {} if change is None or change.action == Action.REMOVE else {k: v[1] for k, v in change.cells.items()}


class DraftForm(OptimisticLockingForm):
    """Form of a record with its draft; with ``draft`` None it is the form of a record that is edited directly."""

    draft: Draft | None = None
    needed: Sequence[str] = ()  # the fields that a new record needs, unless it becomes a draft
    shown_again: datetime | None = None  # when it was typed, unless that was just now

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget, records = getattr(field.widget, "widget", None), self.initial.get(name)
            if isinstance(widget, AutocompleteMultipleWidget) and is_record_list(records) and are_whole(records):
                widget.loaded = field.linked = records

    def clean(self):
        """Refuse what was typed some time ago until somebody has looked at it."""
        cleaned = super().clean()
        if self.shown_again:
            text = _("You typed this on %(time)s UTC and did not save it. Look through it, then save it.")
            self.add_error(None, text % {"time": f"{self.shown_again:%-d %B, %H:%M}"})
        return cleaned

    def clean_ai_assisted(self):
        """Keep the mark of AI-assisted words until somebody has checked them; a draft is asked for that at review."""
        record, is_assisted = self.instance, self.cleaned_data["ai_assisted"]
        if self.draft is None and record.pk and self.initial.get("ai_assisted") and not is_assisted:
            changed = {field.attname for field in record._meta.fields if field.name in self.changed_data}
            if not record.is_checked or changed & {*record.checked_fields}:
                raise ValidationError(STILL_ASSISTED)
        return is_assisted

    def lay_draft(self):
        """Show what the draft makes of the record, and ask for nothing that a draft may lack."""
        self.reference = self.instance.reference if self.instance.pk else self.typed_reference()
        if self.draft is None:
            if self.is_bound and self.instance.pk is None:  # it may become a draft, which is known when it is read
                self.needed = [name for name, field in self.fields.items() if field.required]
                self.ask_for_nothing()
            return
        columns = draft_columns(self._meta.model)
        for name, cell in self.draft.new_values(self.reference).items():
            if name in columns and name in self.fields:
                value = initial_value(columns[name], cell)
                widget = getattr(self.fields[name].widget, "widget", None)
                if isinstance(widget, AutocompleteWidget) and isinstance(value, models.Model):
                    widget.loaded = value
                    self.fields[name].linked = [value]
                self.initial[name] = choice_value(value) if isinstance(value, models.Model) else value
        self.ask_for_nothing()

    def ask_for_nothing(self):
        """Let every field be blank."""
        for field in self.fields.values():
            field.required = False

    def typed_reference(self):
        """Return the reference of a row that is to be added: the one that was sent with the form, or that it shows."""
        sent = self.data.get(self.add_prefix(TOKENS)) if self.is_bound else self.initial.get(TOKENS)
        reference = dict(split_tokens(sent)).get(REFERENCE_TOKEN, "")
        known = self.draft.added(self._meta.model) if self.draft else []
        return reference if reference in known else ""

    def stored_values(self):
        """Compare the values of a row that is to be added as well."""
        return dict(self.initial) if self.instance.pk or self.reference else {}

    def more_tokens(self):
        """Send along which row it is that is to be added, and on the page of a root which rows it has."""
        rows = ",".join(self.draft.added_references()) if self.draft and not self.prefix else ""
        return {REFERENCE_TOKEN: "" if self.instance.pk else self.reference, ROWS_TOKEN: rows}

    def _post_clean(self):
        """Leave the rules of the model to the review of a draft, and the record as it is.

        What names a record that waits, or is not complete, is a draft from the first, or cannot be saved.
        """
        self.is_for_review = self.draft is not None
        reasons = {} if self.is_for_review else {**self.missing_values(), **self.unpublished_links()}
        if reasons:
            construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
            is_begun = not {*self.needed} <= {*reasons}
            self.is_for_review = self.instance.pk is None and is_begun and belongs_in_draft(self.instance)
        if self.is_for_review:
            self.refuse_circles()
        elif reasons:
            for name, reason in reasons.items():
                self.add_error(name, reason)
        else:
            super()._post_clean()
        self.refuse_second()

    def missing_values(self):
        """Return what a new record lacks to be saved at once, by field."""
        typed = {name: self.cleaned_data[name] for name in self.needed if name in self.cleaned_data}
        return {name: CANNOT_BE_BLANK for name, value in typed.items() if is_left_blank(value)}

    def unpublished_links(self):
        """Return why a record that is saved at once cannot name what waits, by field: the first of each."""
        return {name: unpublished_link(record) for name, record in [*self.waiting_records()][::-1]}

    def waiting_records(self):
        """Yield each field that names a record which waits, by a link or in words just typed, with the record."""
        texts = {field.name for field in markdown_fields(self._meta.model)}
        for name, value in self.cleaned_data.items():
            if name in texts:
                codes = cited_codes(value) if value and name in self.changed_data else []
                named = (record for record in records_of_codes(Source, codes) if hasattr(record, "addition"))
            else:
                named = (record for record in (value if isinstance(value, list) else [value]) if is_not_stored(record))
            yield from ((name, record) for record in named)

    def refuse_circles(self):
        """Refuse to name what waits for this draft itself: neither could be published before the other."""
        change_set = self.draft.change_set if self.draft else open_draft(self.instance)
        if change_set is None:
            return
        for name, record in [*self.waiting_records()]:
            addition = getattr(record, "addition", None)
            if addition and name in self.changed_data and waits_for(addition.change_set, change_set):
                words = {"record": addition.title, "number": addition.change_set.number, "this": change_set.number}
                text = _("“%(record)s” waits in %(number)s, which waits for %(this)s itself: leave it out for now.")
                self.add_error(name, text % words)

    def refuse_second(self):
        """Refuse a new record whose key is that of one that waits already."""
        columns, model = draft_columns(self._meta.model), self._meta.model
        if self.instance.pk is None and self.has_whole_key():
            key = {name: columns[name].widget.render(self.cleaned_data[name]) for name in model.key_fields}
            if addition := addition_with_key(model, key, self.reference):
                words = {"record": addition.title, "number": addition.change_set.number}
                field = model.key_fields[0] if len(key) == 1 else None
                self.add_error(field, _("“%(record)s” waits in %(number)s already.") % words)

    def has_whole_key(self):
        """True if what the record is told from others by is known; what has no code yet is not the same as another."""
        keys = [self._meta.model._meta.get_field(name) for name in self._meta.model.key_fields]
        typed = self.cleaned_data
        return all(key.name in typed and (key.blank or not is_left_blank(typed[key.name])) for key in keys)

    def edit(self, **links: str) -> Edit | None:
        """Return what was typed as an edit, or None if nothing was; ``links`` are cells that the page gives."""
        columns, model = draft_columns(self._meta.model), self._meta.model
        is_new = self.instance.pk is None
        shown = self.draft.new_values(self.reference) if self.draft else {}
        stored = None if is_new else self.stored_record()
        cells = {}
        for name in self.cleaned_data if is_new else self.changed_data:
            if name in columns and name in self.cleaned_data and name not in links:
                before = new_cells(model)[name] if is_new else cell_of(stored, columns[name])
                after = columns[name].widget.render(self.cleaned_data[name])
                if is_new or after != shown.get(name, before):
                    cells[name] = (before, after)
        cells |= {name: (new_cells(model)[name], cell) for name, cell in links.items()}
        if not cells:
            return None
        self.reference = self.reference or next_reference(model)
        return Edit(
            model,
            self.reference,
            Action.ADD if is_new else Action.CHANGE,
            title_of_draft(self.instance, self.cleaned_data),
            cells,
        )

    def stored_record(self):
        """Return the record as it is stored: without a draft, the rules of the model had it filled in for them."""
        return self.instance if self.draft else self._meta.model._base_manager.get(pk=self.instance.pk)


def belongs_in_draft(record: Any) -> bool:
    """True if a new record would be seen, or is part of what readers see; a part of nothing yet cannot be saved."""
    try:
        return is_protected(record)
    except (AttributeError, models.ObjectDoesNotExist):
        return False


def unpublished_link(record: Any) -> str:
    """Say why a record that is saved at once cannot name one that waits."""
    addition = getattr(record, "addition", None)
    if addition is None:
        return choice_text(record)
    words = {"record": addition.title, "number": addition.change_set.number}
    return _("“%(record)s” waits in %(number)s: it can be chosen here once that is published.") % words


def are_whole(records: list[models.Model]) -> bool:
    """True if records were loaded with all columns, so that each can be shown without a query."""
    return not any(record.pk is not None and record.get_deferred_fields() for record in records)


def initial_value(column: FileColumn, cell: str) -> Any:
    """Return a cell as the initial value of a form field; what cannot be read any more is shown as it is.

    Records are loaded whole, so that the form need not load them again to show them.
    """
    if column.is_many_to_many:
        return records_of_codes(column.widget.model, split_values(cell))
    if column.is_foreign_key:
        return next(iter(records_of_codes(column.widget.model, [cell] if cell else [])), None)
    try:
        return column.widget.clean(cell)
    except ValueError:
        return cell
