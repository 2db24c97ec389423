"""Filter sets of the public lists: several filters, a sort order, and facets beside the choices."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db.models import Func, TextField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .facets import FacetCount, FacetMixin, FacetOption, FacetRadioSelect, FacetSelect

RADIO_LIMIT = 10  # choices; more of them become a select
ANY_LABEL = _("any")
CHOICE_ERRORS = {"invalid_choice": _("This is not one of the choices.")}


class ListFilterSet(django_filters.FilterSet):
    """Filter set of a list; a filter with ``method="queryset_method"`` calls the query set method of its own name."""

    def queryset_method(self, queryset, name, value):
        """Filter by the query set method that has the name of the filter."""
        return getattr(queryset, name)(value)

    @property
    def has_errors(self) -> bool:
        """True if a parameter is invalid, so that no row can be selected."""
        return self.is_bound and not self.is_valid()

    def active_values(self) -> dict:
        """Return the cleaned value of each filter that is in use, by name; the sort order is no filter."""
        values = self.form.cleaned_data if self.is_bound else {}
        return {
            name: value
            for name, value in values.items()
            if value not in EMPTY_VALUES and not isinstance(self.filters[name], OrderingFilter)
        }

    def display_value(self, name, value) -> str:
        """Return the value of a filter in words, for the list of active filters."""
        return getattr(self.filters[name], "in_words", str)(value)

    def qs_without(self, name):
        """Return the rows that all active filters but one select, in no order."""
        queryset = self.queryset.order_by()
        for other, value in self.active_values().items():
            if other != name:
                queryset = self.filters[other].filter(queryset, value)
        return queryset

    def facet_filters(self) -> dict:
        """Return the filters whose choices can be counted, by name."""
        return {name: it for name, it in self.filters.items() if isinstance(it, FacetMixin) and it.by}

    def set_options(self, counts: dict) -> None:
        """Reduce the choices of the form to those that have rows, and the chosen one, each with its number."""
        for name, by_code in counts.items():
            field = self.form.fields[name]
            field.widget.options = [*self.filters[name].options(field, by_code, self.form.data.get(name, ""))]


class Unnest(Func):
    """Each row once for every element of an array: ``by=Unnest("dotmlpfi")``."""

    function = "unnest"
    set_returning = True
    output_field = TextField()


class SearchFilter(django_filters.CharFilter):
    """Words to look for, as a search engine takes them: ``troops -air "rules of engagement"``."""

    def __init__(self, *args, **kwargs):
        widget = forms.TextInput(attrs={"type": "search"})
        defaults = {"label": _("Words"), "method": "queryset_method", "max_length": 200, "widget": widget}
        super().__init__(*args, **{**defaults, **kwargs})


class ChoiceFilter(FacetMixin, django_filters.ChoiceFilter):
    """One of a list of choices, with an empty choice before it; few choices are radio buttons."""

    def __init__(self, *args, empty_label=ANY_LABEL, choices=(), **kwargs):
        is_short = not callable(choices) and len(choices) <= RADIO_LIMIT
        kwargs = {"widget": FacetRadioSelect if is_short else FacetSelect, "error_messages": CHOICE_ERRORS, **kwargs}
        super().__init__(*args, choices=choices, empty_label=empty_label, null_label=None, **kwargs)

    def in_words(self, value):
        """Return the label of a choice."""
        choices = self.extra["choices"]
        return dict(choices() if callable(choices) else choices)[value]

    def options(self, field, counts, chosen):
        """Yield the choices that have rows, and the chosen one, in the order of the list."""
        for code, label in field.choices:
            number = counts.get(code, FacetCount(number=None if code == "" else 0)).number
            if number != 0 or code == chosen:
                yield FacetOption(code, label, number)


class YesNoFilter(ChoiceFilter):
    """Yes or no; unlike Django's own field it refuses what is neither."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, choices=[("yes", _("yes")), ("no", _("no"))], **kwargs)

    def filter(self, queryset, value):
        """Keep the rows in which the boolean column has this value."""
        return super().filter(queryset, {"yes": True, "no": False}.get(value, ""))

    def code_of(self, value):
        """Return yes or no for what the database writes as true or false."""
        return {"true": "yes", "false": "no"}[value]


class OrderingFilter(ChoiceFilter):
    """Sort order of a list; the primary key comes last, so that the order is total and pages never overlap.

    ``OrderingFilter(_("latest first"), {"start": (_("earliest first"), "start_date", "name")})``: the label of the
    list's own order, then the label and the columns of each value.
    """

    by = None  # sorting has no facets

    def __init__(self, default, orders, **kwargs):
        self.orders = {value: columns for value, (_label, *columns) in orders.items()}
        choices = [(value, label) for value, (label, *_columns) in orders.items()]
        widget = FacetSelect({"form": "filters"})  # it is outside of the form, beside the rows
        super().__init__(label=_("Sort by"), widget=widget, choices=choices, empty_label=default, **kwargs)

    def filter(self, queryset, value):
        """Sort the rows."""
        return queryset.order_by(*self.orders[value], "pk") if value else queryset


class YearFilter(django_filters.NumberFilter):
    """A whole year; ``min_value`` and ``max_value`` narrow the years of four digits that dates have."""

    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"min_value": 1000, "max_value": 9999, **kwargs})

    def get_max_validator(self):
        """Return no validator for the size of the column: the bounds above are narrower."""


class RecordChoices:
    """The public records that a filter offers, loaded at most once a request, and only if they are needed.

    The code is the model's natural key, the label the title of its search results.
    """

    def __init__(self, model, empty_label):
        self.model, self.empty_label = model, empty_label
        (self.code,) = model.key_fields

    @cached_property
    def by_code(self):
        """Map each code to the key and the label of its record."""
        label = self.model.result_fields.title
        rows = self.model.objects.published().order_by(label, "pk").values_list(self.code, "pk", label)
        return {code: (pk, label) for code, pk, label in rows}

    def options(self):
        """Return the choices of a form field, the empty one first."""
        return [("", self.empty_label), *((code, label) for code, (_pk, label) in self.by_code.items())]

    def label(self, code):
        """Return the label of a code."""
        _pk, label = self.by_code[code]
        return label

    def get(self, code):
        """Return the record with its key, code and label; its other fields are deferred."""
        model = self.model
        fields = [model._meta.pk.attname, self.code, model.result_fields.title]
        pk, label = self.by_code[code]
        return model.from_db(model.objects.db, fields, [pk, code, label])


class RecordChoiceField(forms.Field):
    """A record chosen by its code; the code is compared in Python and never sent to the database."""

    widget = FacetSelect
    default_error_messages = CHOICE_ERRORS

    def __init__(self, *, model, empty_label, **kwargs):
        super().__init__(**kwargs)
        self.empty_label = empty_label
        self.records = RecordChoices(model, empty_label)
        self.widget.choices = self.records.options

    def to_python(self, value):
        """Return the record, or raise ``ValidationError`` if there is no such choice."""
        if value in self.empty_values:
            return None
        if value not in self.records.by_code:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return self.records.get(value)


class RecordChoiceFilter(FacetMixin, django_filters.Filter):
    """One public record, chosen by name and kept in the address by its code: ``RecordChoiceFilter(Country)``."""

    field_class = RecordChoiceField

    def __init__(self, model, *args, empty_label=ANY_LABEL, **kwargs):
        super().__init__(*args, model=model, empty_label=empty_label, **kwargs)
        self.choice_model = model

    def in_words(self, record):
        """Return the title that search results show of the record."""
        return getattr(record, self.choice_model.result_fields.title)

    def options(self, field, counts, chosen):
        """Yield the records that have rows, and the chosen one, by name, without loading the others."""
        yield FacetOption("", field.empty_label)
        if chosen and chosen not in counts:
            yield FacetOption(chosen, field.records.label(chosen), 0)
        for code, (label, number) in counts.items():
            yield FacetOption(code, label, number)
