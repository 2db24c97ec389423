"""The desk of any record: how its fields are edited, listed and kept, whatever it is about."""

from django import forms
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, connection, models
from django.utils.text import capfirst

from pkportal.editorial.exchange import ExchangeAdmin

from .autocomplete import AutocompleteMultipleWidget, AutocompleteWidget, is_key
from .inlines import InlineForm, InlineFormSet
from .optimistic_locking import OptimisticLockingForm

# the ways in which the filters of a list and its dates ask
ALLOWED_LOOKUPS = ["exact", "id__exact", "in", "isnull", "isempty", "gte", "lt", "year", "month", "day"]


class LongTextWidget(AdminTextareaWidget):
    """A box for a long text: browsers send CRLF, and saving what nobody touched must not count as an edit."""

    def value_from_datadict(self, data, files, name):
        """Take the text with the line ends it was given, and nothing for blanks alone."""
        value = super().value_from_datadict(data, files, name) or ""
        return value.replace("\r\n", "\n") if value.strip() else ""


class RecordFormFields:
    """How the fields of a record are edited, on a page of its own or inside another's."""

    formfield_overrides = {
        models.TextField: {"widget": LongTextWidget, "strip": False},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Let several words of a closed list be ticked."""
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            return forms.MultipleChoiceField(
                choices=db_field.base_field.choices,
                widget=forms.CheckboxSelectMultiple,
                required=not db_field.blank,
                label=capfirst(db_field.verbose_name),
                help_text=db_field.help_text,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Choose one record by typing."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteWidget(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Choose several records by typing."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteMultipleWidget(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_autocomplete_fields(self, request):
        """Find every related record by typing: most kinds are too many for a list."""
        fields = [*self.opts.fields, *self.opts.many_to_many]
        return [it.name for it in fields if it.is_relation and self.admin_site.is_registered(it.related_model)]


class RecordInline(RecordFormFields, admin.TabularInline):
    """Parts of a record, edited on its page; what is long about them has a page of its own."""

    form = InlineForm
    formset = InlineFormSet
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        """Load with each part the records that it names."""
        shown = [name for name in self.fields if self.opts.get_field(name).many_to_one]
        return super().get_queryset(request).select_related(*shown) if shown else super().get_queryset(request)

    def get_fields(self, request, obj=None):
        """Send along what the form of each part was opened with."""
        fields = super().get_fields(request, obj)
        return [*fields, "seen"] if obj and self.has_change_permission(request, obj) else fields


class RecordChangeList(ChangeList):
    """A list that leaves long texts and computed columns in the database."""

    def get_filters(self, request):
        """Take a filter that the list does not offer for a question without sense, which leads back to the list."""
        try:
            return super().get_filters(request)
        except DisallowedModelAdminLookup as error:
            raise IncorrectLookupParameters from error

    def apply_select_related(self, qs):
        """Load what a row shows, and nothing else, of the record and of those it names."""
        loaded = {"": self.model} | {path: related_model(self.model, path) for path in self.list_select_related or ()}
        unseen = [
            f"{path}__{name}".removeprefix("__") for path, model in loaded.items() for name in unlisted_columns(model)
        ]
        return super().apply_select_related(qs).defer(*unseen)


class RecordAdmin(RecordFormFields, ExchangeAdmin):
    """An admin of records that are known by a natural key."""

    form = OptimisticLockingForm
    list_per_page = 50

    def get_changelist(self, request, **kwargs):
        """List with few columns."""
        return RecordChangeList

    def lookup_allowed(self, lookup, value, request):
        """Filter by what the list offers: any other lookup would reach the database as it was typed."""
        filters = [it if isinstance(it, str) else it[0] for it in self.get_list_filter(request)]
        names = [name for name in [*filters, self.date_hierarchy] if name]
        offered = lookup in {*names, *(f"{name}__{kind}" for name in names for kind in ALLOWED_LOOKUPS)}
        return offered and "\x00" not in value and super().lookup_allowed(lookup, value, request)

    def get_object(self, request, object_id, from_field=None):
        """Find a record by its number, and hold it while a form is compared with it and stored."""
        record = super().get_object(request, object_id, from_field or None)  # a field without a name finds nothing
        if record and request.method == "POST" and connection.in_atomic_block:
            return self.get_queryset(request).select_for_update(of=["self"]).filter(pk=record.pk).first()
        return record

    def get_fieldsets(self, request, obj=None):
        """Send along what the form was opened with."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not self.has_change_permission(request, obj):
            return fieldsets
        (title, options), *others = fieldsets
        return [(title, {**options, "fields": [*options["fields"], "seen"]}), *others]

    def get_search_results(self, request, queryset, search_term):
        """Look for what a database can hold."""
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def response_action(self, request, queryset):
        """Act on records that were chosen in the list; what is no key was never offered there."""
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise SuspiciousOperation("What was chosen is no record.")
        return super().response_action(request, queryset)

    def changeform_view(self, request, *args, **kwargs):
        """Check a form again when somebody else was faster: what was free when it was checked is now taken."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        """Keep the name of a record that was public: addresses, files and citations hold on to it."""
        return [*super().get_readonly_fields(request, obj), *self.fixed_key(obj)]

    def get_prepopulated_fields(self, request, obj=None):
        """Offer a name while there is one to choose."""
        fixed = self.fixed_key(obj)
        return {name: of for name, of in super().get_prepopulated_fields(request, obj).items() if name not in fixed}

    def fixed_key(self, obj):
        """Give the field that names a record once it has been public; a key of many parts can be mended."""
        if obj is None or len(self.model.key_fields) > 1:
            return []
        return self.model.key_fields if getattr(obj, "published_at", None) or is_public(obj) else []

    def get_view_on_site_url(self, obj=None):
        """Link the public page of a record that has one."""
        return obj.get_absolute_url() if obj and hasattr(obj, "get_absolute_url") and is_public(obj) else None


def is_public(record):
    """Say whether the public may read a record now, on its own or with what it is part of."""
    return type(record)._default_manager.published().filter(pk=record.pk).exists()


def related_model(model, path):
    """Follow a path of relations to the model at its end."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def unlisted_columns(model):
    """Name the columns of a model that no list shows: texts, what is cited in them, what search reads."""
    for field in model._meta.concrete_fields:
        computed = field.generated and not isinstance(field.output_field, models.BooleanField)
        if computed or isinstance(field, models.TextField):
            yield field.name
