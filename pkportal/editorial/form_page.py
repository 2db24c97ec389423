"""The page of a form in the admin: its errors listed on top, and the next form filled in with what stays the same."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Script
from django.http import HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .shortcuts import SHORTCUTS

SCRIPTS = ["form_page", "markdown_editor"]


class ListedError(NamedTuple):
    """One error of a form, and the id of the field that it is about; without an id it is about the whole form."""

    label: str
    message: str
    target: str


class FormPageAdmin(admin.ModelAdmin):
    """Admin whose forms list their errors with links to the fields.

    ``kept_for_next`` names the fields whose values stay when another record is added after one that was saved.
    """

    kept_for_next: Sequence[str] = ()

    @property
    def media(self):
        """Add the scripts of the page."""
        return super().media + forms.Media(js=[Script(f"js/{name}.js", defer=True) for name in SCRIPTS])

    def render_change_form(self, request, context, *args, **kwargs):
        """List the errors of the record and of its parts, and the shortcuts."""
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        listed = [*listed_errors(context["adminform"].form, formsets)] if context["errors"] else []
        context |= {
            "listed_errors": listed,
            "shortcuts": [{"key": it.key, "selector": it.selector} for it in SHORTCUTS],
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        """Fill in the next form."""
        return self.filled_in(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        """Fill in the next form."""
        return self.filled_in(request, super().response_change(request, obj))

    def filled_in(self, request, response):
        """Add what stays the same to the address of the next form."""
        if "_addanother" not in request.POST or not isinstance(response, HttpResponseRedirect):
            return response
        kept = {name: ",".join(request.POST.getlist(name)) for name in self.kept_for_next if request.POST.get(name)}
        mark = "&" if "?" in response.url else "?"
        return HttpResponseRedirect(f"{response.url}{mark}{urlencode(kept)}") if kept else response


def listed_errors(form: forms.BaseForm, formsets: Iterable[forms.BaseFormSet]) -> Iterator[ListedError]:
    """Yield the errors of a form and of the rows of its parts, in the order of the page."""
    yield from errors_of(form, "")
    for formset in formsets:
        for message in formset.non_form_errors():
            yield ListedError("", message, f"{formset.prefix}-group")
        for index, row in enumerate(formset.forms):
            yield from errors_of(row, f"{formset.prefix}-{index}", part_label(formset, index))


def part_label(formset: forms.BaseFormSet, index: int) -> str:
    """Return what a row of a page is called: by the kind of its part, and its number among them."""
    model = getattr(formset, "model", None)
    return f"{capfirst(str(model._meta.verbose_name)) if model else _('Row')} {index + 1}"


def errors_of(form: forms.BaseForm, place: str, row: str = "") -> Iterator[ListedError]:
    """Yield the errors of one form; those of the whole form are about the place where it stands."""
    for name, messages in form.errors.items():
        field = None if name == NON_FIELD_ERRORS or form[name].is_hidden else form[name]
        for message in messages:
            label = capfirst(str(field.label)) if field else ""
            target = (field.id_for_label or field.auto_id) if field else place
            yield ListedError(", ".join(filter(None, [row, label])), message, target)
