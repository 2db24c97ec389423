"""Admin of any record, on a page of its own (``RecordAdmin``) or on the page of its record (``RecordInline``)."""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.contrib.admin.views.main import SEARCH_VAR
from django.db import IntegrityError, connection
from django.db.models import Model, Q
from django.utils.html import format_html
from django.utils.text import smart_split, unescape_string_literal
from django.utils.translation import gettext

from pkportal.content.locks import begin_writing
from pkportal.content.models import Publishable
from pkportal.content.permanent_references import read_reference
from pkportal.content.written_forms import words_meant
from pkportal.website.search.asked_dates import with_plain_dates

from .change_list import RecordChangeList, RecordPaginator, SearchPaginator
from .deleting import DeletingAdmin
from .draft_forms import DraftForm
from .drafting import draft_of
from .exchange import ExchangeAdmin
from .form_actions import FormActionsAdmin
from .form_page import FormPageAdmin
from .hub import HubAdmin
from .inlines import InlineForm, InlineFormSet
from .keeping_work import WorkKeepingAdmin
from .needs import NeedsFilter, filtered_needs
from .optimistic_locking import TOKENS
from .previews import PreviewingAdmin
from .record_fields import RecordFormFields
from .record_history import HistoryAdmin
from .typed_cells import conversions_in_words
from .word_search import search_with_synonyms

# the lookups with which the filters and the date hierarchy of a list are built
ALLOWED_LOOKUPS = ["exact", "id__exact", "in", "isnull", "isempty", "gte", "lt", "year", "month", "day"]


class RecordInline(RecordFormFields, admin.TabularInline):
    """Parts of a record, edited on its page; their long texts are edited on pages of their own."""

    form = InlineForm
    formset = InlineFormSet
    extra = 0
    show_change_link = True
    view_on_site = False  # the page of the record has the link

    def get_queryset(self, request):
        """Load the related records that each row shows."""
        related = [name for name in self.fields if self.opts.get_field(name).many_to_one]
        parts = super().get_queryset(request)
        return parts.select_related(*related) if related else parts

    def get_fields(self, request, obj=None):
        """Add the hidden field of version tokens to each form that can be saved."""
        fields = super().get_fields(request, obj)
        return [*fields, TOKENS] if obj and self.has_change_permission(request, obj) else fields

    def get_extra(self, request, obj=None, **kwargs):
        """Show a row for each part that the draft adds."""
        draft = draft_of(request)
        return len(draft.added(self.model)) if draft and request.method != "POST" else self.extra

    def get_formset(self, request, obj=None, **kwargs):
        """Pass the draft to the forms."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.draft = draft_of(request)
        return formset

    def has_delete_permission(self, request, obj=None):
        """Let everybody who edits a draft propose to remove a part."""
        may_propose = draft_of(request) and self.has_change_permission(request, obj)
        return may_propose or super().has_delete_permission(request, obj)


class RecordAdmin(
    RecordFormFields,
    FormPageAdmin,
    HistoryAdmin,
    DeletingAdmin,
    WorkKeepingAdmin,
    PreviewingAdmin,
    HubAdmin,
    FormActionsAdmin,
    ExchangeAdmin,
):
    """Admin of any record: optimistic locking, a key that is fixed once public, and lookups that cannot fail."""

    form = DraftForm
    list_per_page = 50
    show_full_result_count = False  # it would count the whole table once more
    paginator = RecordPaginator

    def get_list_display(self, request):
        """Show the permanent reference at the end of each row."""
        columns = super().get_list_display(request)
        return [*columns, *(name for name in self.reference_fields() if name not in columns)]

    def reference_fields(self):
        """Return the column that the database gives: the references, or the key that is the reference itself."""
        return self.model.key_fields if self.model._meta.get_field("reference").generated else ["reference"]

    def get_list_filter(self, request):
        """Add a filter by what records of this kind may need."""
        filters = super().get_list_filter(request)
        return [*filters, NeedsFilter] if filtered_needs(self.model) else filters

    def get_changelist(self, request, **kwargs):
        """Return the change list that loads few columns."""
        return RecordChangeList

    def action_checkbox(self, obj):
        """Return the checkbox of a row: Django makes a form field for each."""
        label = gettext("Select this object for an action - {}").format(obj)
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">',
            *(ACTION_CHECKBOX_NAME, obj.pk, label),
        )

    def get_paginator(self, request, queryset, *args, **kwargs):
        """Return the paginator of a search, in the list or in the choices of a field, or that of a list."""
        is_search = any(request.GET.get(name) for name in [SEARCH_VAR, "term"])
        return (SearchPaginator if is_search else self.paginator)(queryset, *args, **kwargs)

    def lookup_allowed(self, lookup, value, request):
        """Allow only the filters that the list offers: any other lookup would reach the database unchecked."""
        names = [name for name in [*map(parameter_of, self.get_list_filter(request)), self.date_hierarchy] if name]
        offered = lookup in {*names, *(f"{name}__{end}" for name in names for end in ALLOWED_LOOKUPS)}
        return offered and "\x00" not in value and super().lookup_allowed(lookup, value, request)

    def get_object(self, request, object_id, from_field=None):
        """Find a record by its primary key; lock its row while a form is compared with it and saves it at once."""
        record = super().get_object(request, object_id, from_field)
        if record and request.method == "POST" and connection.in_atomic_block and draft_of(request) is None:
            begin_writing(self.model)
            return self.get_queryset(request).select_for_update(of=["self"]).filter(pk=record.pk).first()
        return record

    def get_fieldsets(self, request, obj=None):
        """Add the reference, and to a form that can be saved the hidden field of version tokens."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None and draft_of(request) is None:
            return fieldsets
        (title, options), *others = fieldsets
        tokens = [TOKENS] if self.has_change_permission(request, obj) else []
        return [(title, {**options, "fields": [*options["fields"], *self.reference_fields(), *tokens]}), *others]

    def get_search_results(self, request, queryset, search_term):
        """Find the records that have every word, from its beginning, in one of the search fields, or what it means.

        Null characters are left out, which PostgreSQL refuses.
        """
        reference = read_reference(search_term, self.model.reference_prefix, self.model.reference_digits)
        if reference and reference == search_term.strip().upper():
            return queryset.filter(reference=reference), False
        fields = self.get_search_fields(request)
        typed = words_meant(with_plain_dates(search_term.replace("\x00", "")))
        words = [*filter(None, map(unquoted, smart_split(typed)))]
        if words:
            is_asked_for = (
                Q(reference=reference) if reference else Q()
            )  # without zeros it may be the beginning of a code
            queryset = queryset.filter(is_asked_for | search_with_synonyms(self.model, fields, words))
        return queryset, any(lookup_spawns_duplicates(self.opts, name) for name in fields)

    def changeform_view(self, request, *args, **kwargs):
        """Validate the form again when another request took the same key between validation and saving."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Say what was read in the fields where it is not what was typed."""
        super().save_related(request, form, formsets, change)
        for conversion in conversions_in_words([form, *(row for formset in formsets for row in formset.forms)]):
            self.message_user(request, conversion)

    def get_readonly_fields(self, request, obj=None):
        """Fix the key of a record that was public: addresses, files and citations refer to it."""
        return [*super().get_readonly_fields(request, obj), *self.fixed_key_fields(obj), *self.reference_fields()]

    def get_prepopulated_fields(self, request, obj=None):
        """Fill in the key from the name while the key can be chosen."""
        fixed = self.fixed_key_fields(obj)
        prepopulated = super().get_prepopulated_fields(request, obj)
        return {name: sources for name, sources in prepopulated.items() if name not in fixed}

    def fixed_key_fields(self, obj):
        """Return the one key field of a record that has been public; a key of several fields can be corrected."""
        if obj is None or len(self.model.key_fields) > 1:
            return []
        return self.model.key_fields if getattr(obj, "published_at", None) or is_public(obj) else []

    def get_view_on_site_url(self, obj=None):
        """Return the address of the public page, if there is one."""
        return obj.get_absolute_url() if obj and hasattr(obj, "get_absolute_url") and is_public(obj) else None


def parameter_of(entry) -> str:
    """Return the parameter of an entry of ``list_filter``: a field, a field with its filter, or a filter."""
    if isinstance(entry, type):
        return entry.parameter_name
    return entry if isinstance(entry, str) else entry[0]


def unquoted(word: str) -> str:
    """Return a word of a search, or the phrase in quotation marks."""
    is_quoted = word[0] in "\"'" and word[0] == word[-1] and len(word) > 1
    return unescape_string_literal(word).strip() if is_quoted else word


def is_public(record: Model) -> bool:
    """True if the public may read a record now, on its own or with the record it is part of."""
    if isinstance(record, Publishable):
        return record.is_public
    return type(record)._default_manager.published().filter(pk=record.pk).exists()
