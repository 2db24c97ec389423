"""Many records that share most of their fields, such as the figures of one table of a source, entered on one page."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Script
from django.forms.utils import ErrorList
from django.http import JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pkportal.changes.drafts import is_protected, may_edit, may_write, open_draft, save_draft
from pkportal.content.roots import root_of

from .addresses import change_set_address
from .form_page import listed_errors
from .kept_page import (
    AUTOSAVE,
    FORGET,
    STILL_OPEN,
    TYPED,
    forget_typed,
    keep_typed,
    typed_address,
    typed_before_sign_in,
)
from .pasted_rows import PASTED, asks_for_rows, with_rows
from .typed_cells import conversions_in_words
from .unsaved_forms import address_of_form, data_of, forget_saved, unsaved_form
from .waiting_choices import as_key

EMPTY_ROWS = 15  # that are shown empty
PREFIX = "rows"


class ManyAtOnceAdmin(admin.ModelAdmin):
    """Admin with a page on which the shared fields are filled in once, and the others in a row for each record.

    Every record is validated as its own form would; if one is refused, none is stored.
    """

    import_export_change_list_template = "admin/list_with_many.html"
    keeps_unsaved = True
    shared_fields: Sequence[str] = ()
    row_fields: Sequence[str] = ()
    row_answers: Sequence[str] = ()  # hidden fields that the form of a record sends back

    def get_urls(self):
        """Add the address of the page."""
        view = self.admin_site.admin_view(self.many_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_many"
        return [path("many/", view, name=name), *super().get_urls()]

    def many_view(self, request):
        """Show the page, or store what was typed on it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.beside_the_form(request) or self.show_or_save(request, request.POST)
        if response := typed_before_sign_in(request):
            return response
        unsaved = unsaved_form(request) if TYPED in request.GET else None
        return self.show_or_save(request, data_of(unsaved) if unsaved else None)

    def beside_the_form(self, request):
        """Answer what the page sends by itself: what is typed is kept, or forgotten; None for the form itself."""
        if AUTOSAVE in request.POST:
            return keep_typed(request)
        if STILL_OPEN in request.POST:
            return JsonResponse({"text": ""})  # of records that are new, nobody else has the form open
        return forget_typed(request) if FORGET in request.POST else None

    def show_or_save(self, request, data):
        """Show the page; or, if it was sent, store what was typed on it, or put what was pasted in its rows."""
        if request.method == "POST" and asks_for_rows(data):
            return self.filled_page(request, with_rows(self.model, self.row_fields, data, PREFIX, EMPTY_ROWS))
        shared = self.partial_form(request, self.shared_fields)(data, initial=self.get_changeform_initial_data(request))
        rows = self.row_set(request)(data, prefix=PREFIX)
        if request.method == "POST" and all([shared.is_valid(), rows.is_valid()]):
            typed = [(row, self.whole_form(request, row)) for row in rows.forms if row.has_changed()]
            for row, form in typed:
                self.pass_on_errors(form, shared, row)
            records = [form for _row, form in typed]
            if why_not := self.why_not(request, records):
                shared.add_error(None, why_not)
            if not shared.errors and not any(row.errors for row in rows.forms):
                response = self.save_many(request, records)
                forget_saved(request.user, address_of_form(request))
                return response
        return self.many_page(request, shared, rows)

    def filled_page(self, request, filled):
        """Render the page with pasted rows; only of these it says what cannot be read."""
        if filled.header:
            self.message_user(
                request, _("“%(line)s” was taken for the heads of the columns.") % {"line": filled.header}
            )
        shared = self.partial_form(request, self.shared_fields)(filled.data)
        rows = self.row_set(request)(filled.data, prefix=PREFIX)
        shared.errors.clear()
        if filled.message:
            shared.add_error(None, filled.message)
        rows.is_valid()
        for (index, name), reason in filled.refused.items():
            rows.forms[index].errors[name] = ErrorList([reason])
        return self.many_page(request, shared, rows, filled.data.get(PASTED, ""))

    def many_page(self, request, shared, rows, pasted=""):
        """Render the page."""
        script = forms.Media(js=[Script(f"js/{name}.js", defer=True) for name in ("form_page", "pasted_rows")])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Add many %(records)s") % {"records": self.opts.verbose_name_plural},
            "shared": shared,
            "rows": rows,
            "listed_errors": [*listed_errors(shared, [rows])] if shared.is_bound else [],
            "pasted": pasted,
            "columns": get_text_list([str(rows.form.base_fields[name].label) for name in self.row_fields], _("and")),
            "unsaved": None if shared.is_bound else unsaved_form(request),
            "unsaved_address": typed_address(request),
            "media": self.media + shared.media + rows.media + script,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/many_at_once.html", context)

    def partial_form(self, request, fields):
        """Return the class of a form of some fields of the record, which validates each of them alone."""
        callback = partial(self.formfield_for_dbfield, request=request)
        return forms.modelform_factory(self.model, PartialForm, fields=fields, formfield_callback=callback)

    def row_set(self, request):
        """Return the class of the rows."""
        answers = {name: forms.CharField(required=False, widget=forms.HiddenInput) for name in self.row_answers}
        row = self.partial_form(request, self.row_fields)
        return forms.formset_factory(type("RowForm", (row,), answers), formset=UniqueRows, extra=EMPTY_ROWS)

    def whole_form(self, request, row):
        """Return the form of one record, as if it had been sent from its own page."""
        data = QueryDict(mutable=True)
        for name in self.shared_fields:
            data.setlist(name, request.POST.getlist(name))
        for name in [*self.row_fields, *self.row_answers]:
            data.setlist(name, request.POST.getlist(row.add_prefix(name)))
        return self.get_form(request, fields=self.fields_of_form(request))(data)

    def fields_of_form(self, request):
        """Return the fields that the form of a record has."""
        return [name for _title, options in self.get_fieldsets(request) for name in flat(options["fields"])]

    def pass_on_errors(self, form, shared, row):
        """Show the errors of a record in its row, or above all rows if they are about what they share."""
        for name, errors in form.errors.items():
            if name in shared.fields:
                if name not in shared.errors:
                    shared.add_error(name, [*errors])
            else:
                row.add_error(name if name in row.fields else None, [*errors])
        row.data = row.data.copy()
        for name in self.row_answers:
            row.data[row.add_prefix(name)] = form.data.get(name, "")

    def why_not(self, request, records):
        """Return why nothing can be stored, if the records themselves are all right, or nothing."""
        if not records:
            return _("Fill in at least one row.")
        first = records[0].instance
        if not all(form.is_valid() for form in records):
            return ""
        draft = open_draft(root_of(first))
        if draft and not may_edit(request.user, draft):
            words = {"who": draft.opened_by, "number": draft.number}
            return _("%(who)s has begun a draft of this record: %(number)s.") % words
        is_allowed = is_protected(first) or may_write(request.user, first)
        return "" if is_allowed else _("Somebody else has begun this record, and you may only write your own.")

    def save_many(self, request, records):
        """Store the records, or propose them in the draft of their root, and lead there."""
        first, count = records[0].instance, len(records)
        for conversion in conversions_in_words(records):
            self.message_user(request, conversion)
        request.is_drafted = is_protected(first)
        if request.is_drafted:
            change_set = save_draft(root_of(first), [form.edit() for form in records], request.user)
            if change_set is not None:
                text = ngettext("%(n)d record is in the draft %(cs)s.", "%(n)d records are in the draft %(cs)s.", count)
                self.message_user(request, text % {"n": count, "cs": change_set.number}, messages.SUCCESS)
                return redirect(change_set_address(change_set))
        else:
            with transaction.atomic():
                for form in records:
                    self.log_addition(request, form.save(), [{"added": {}}])
            text = ngettext("%(n)d record was added.", "%(n)d records were added.", count)
            self.message_user(request, text % {"n": count}, messages.SUCCESS)
        return redirect(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_changelist")


class PartialForm(forms.ModelForm):
    """Form of some fields of a record; the rules of the whole record are left to its own form."""

    def _post_clean(self):
        """Do nothing: the record is not whole."""


class UniqueRows(forms.BaseFormSet):
    """Rows of which no two begin with the same record."""

    def clean(self):
        """Refuse a second row for the same record."""
        seen: set[Any] = set()
        for row in self.forms:
            (name, *_others) = row.fields
            key = as_key(row.cleaned_data.get(name)) if row.is_valid() and row.has_changed() else None
            if key is not None and key in seen:
                row.add_error(name, _("There is a row for this already."))
            seen.add(key)


def flat(fields: Sequence[Any]) -> list[str]:
    """Return the names of fields that share lines of a form, one by one."""
    return [name for line in fields for name in (line if isinstance(line, list | tuple) else [line])]
