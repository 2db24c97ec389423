"""What the questions of all lists share: each parameter is a verb of a queryset, and nonsense is said aloud."""

from copy import copy

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db.models import Func, TextField
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .widgets import FacetRadioSelect, FacetSelect

RADIO_LIMIT = 10  # a code list of so many is read at a glance
ANY_LABEL = _("any")
CHOICE_ERRORS = {"invalid_choice": _("This is not one of the choices.")}


class ListFilterSet(django_filters.FilterSet):
    """What a visitor may ask of a list; ``method="ask"`` hands a question to the rows' own verb of that name."""

    def ask(self, rows, question, answer):
        """Hand a question to the queryset method of the same name."""
        return getattr(rows, question)(answer)

    def answers(self):
        """Give what was asked and makes sense, by question; the order of the rows is no question."""
        given = self.form.cleaned_data if self.is_bound else {}
        return {
            name: answer
            for name, answer in given.items()
            if answer not in EMPTY_VALUES and not isinstance(self.filters[name], OrderingFilter)
        }

    def in_words(self, name, answer):
        """Write one answer for a reader."""
        return getattr(self.filters[name], "in_words", str)(answer)

    def narrowed(self, leaving_out=""):
        """Keep the public rows that answer, whatever is said to one of the questions, in no order."""
        rows = self._meta.model._default_manager.published().order_by()
        for name, answer in self.answers().items():
            if name != leaving_out:
                rows = self.filters[name].filter(rows, answer)
        return rows

    def coded(self):
        """Give the questions whose answers can be counted."""
        return {
            name: question
            for name, question in self.filters.items()
            if isinstance(question, FacetMixin) and question.by
        }

    def show_counts(self, codes):
        """Offer in the form only what leads somewhere, and what was chosen, each with its number of rows."""
        for name, counted in codes.items():
            field = self.form.fields[name]
            field.widget.options = [*self.filters[name].options(field, counted, self.form.data.get(name, ""))]


class FacetMixin:
    """A question with a code list: ``by`` is the column, path or expression that has the code of a row.

    Without a verb of its own a question groups by what it compares with; with one, it says by what, or is not counted.
    """

    def __init__(self, field_name=None, *args, by=None, **kwargs):
        super().__init__(field_name, *args, **kwargs)
        self.groups = by

    def __deepcopy__(self, memo):
        """Copy what a request changes, which is next to nothing: each gets questions of its own."""
        it = copy(self)
        it.method = self.method  # or the copy would ask the verb of the original
        return it

    @property
    def by(self):
        """Say what has the code of a row, or nothing."""
        return self.groups or (None if self.method else self.field_name)

    def code_of(self, value):
        """Give the answer that finds rows with this value, as the database writes it."""
        return value


class Unnest(Func):
    """Each row once for every element of an array: ``by=Each("dotmlpfi")``."""

    function = "unnest"
    set_returning = True
    output_field = TextField()


class SearchFilter(django_filters.CharFilter):
    """Words to look for, as a search engine takes them: ``troops -air "rules of engagement"``."""

    def __init__(self, *args, **kwargs):
        widget = forms.TextInput(attrs={"type": "search"})
        super().__init__(*args, **{"label": _("Words"), "method": "ask", "max_length": 200, "widget": widget, **kwargs})


class ChoiceFilter(FacetMixin, django_filters.ChoiceFilter):
    """One of a code list, with an empty choice before it; a short list is all in sight."""

    def __init__(self, *args, empty_label=ANY_LABEL, choices=(), **kwargs):
        is_short = not callable(choices) and len(choices) <= RADIO_LIMIT
        kwargs = {"widget": FacetRadioSelect if is_short else FacetSelect, "error_messages": CHOICE_ERRORS, **kwargs}
        super().__init__(*args, choices=choices, empty_label=empty_label, null_label=None, **kwargs)

    def in_words(self, answer):
        """Name an answer as the code list does."""
        choices = self.extra["choices"]
        return dict(choices() if callable(choices) else choices)[answer]

    def options(self, field, counted, chosen):
        """List the codes that lead somewhere, in the order of their list."""
        for code, label in field.choices:
            _name, number = counted.get(code, ("", None if code == "" else 0))
            if number != 0 or code == chosen:
                yield code, label, number


class YesNoFilter(ChoiceFilter):
    """Yes or no; unlike Django's own field it refuses what is neither."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, choices=[("yes", _("yes")), ("no", _("no"))], **kwargs)

    def filter(self, rows, value):
        """Keep the rows that say so."""
        return super().filter(rows, {"yes": True, "no": False}.get(value, ""))

    def code_of(self, value):
        """Say yes or no for what the database calls true or false."""
        return {"true": "yes", "false": "no"}[value]


class OrderingFilter(ChoiceFilter):
    """The order of the rows; whatever is asked, rows that are equal keep a fixed order, so that pages never overlap.

    ``Sort(_("latest first"), {"start": (_("earliest first"), "start_date", "name")})``: the label of the list's
    own order, then each answer with its label and columns.
    """

    def __init__(self, default, orders, **kwargs):
        self.orders = {answer: columns for answer, (_label, *columns) in orders.items()}
        choices = [(answer, label) for answer, (label, *_columns) in orders.items()]
        widget = FacetSelect({"form": "questions"})  # which it stands apart from, beside the rows
        super().__init__(label=_("Sort by"), widget=widget, choices=choices, empty_label=default, **kwargs)

    @property
    def by(self):
        """Nothing is counted by its place."""
        return None

    def filter(self, rows, value):
        """Put the rows in the order that was asked for."""
        return rows.order_by(*self.orders[value], "pk") if value else rows


class YearFilter(django_filters.NumberFilter):
    """A whole year in the life of the Alliance."""

    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"min_value": 1949, "max_value": 2100, **kwargs})

    def get_max_validator(self):
        """The field's own bounds are narrower than what the column could hold."""


class RecordChoices:
    """The published records that a question may name, loaded once a request and only if somebody looks.

    The code is the model's natural key, and the name what it is called in a list of hits.
    """

    def __init__(self, model, empty_label):
        self.model, self.empty_label = model, empty_label
        (self.code,) = model.key_fields

    @cached_property
    def known(self):
        """Map each code to the key and the name of its record."""
        name = self.model.result_fields.title
        found = self.model.objects.published().order_by(name, "pk").values_list(self.code, "pk", name)
        return {code: (pk, name) for code, pk, name in found}

    def options(self):
        """List the choices for a reader, none of them first."""
        return [("", self.empty_label), *((code, name) for code, (_pk, name) in self.known.items())]

    def get(self, code):
        """Give the record with its key, code and name; the rest loads only if somebody asks for it."""
        model = self.model
        names = [model._meta.pk.attname, self.code, model.result_fields.title]
        pk, name = self.known[code]
        return model.from_db(model.objects.db, names, [pk, code, name])


class RecordChoiceField(forms.Field):
    """A record named by its code, compared with the choices and never sent to the database."""

    widget = FacetSelect
    default_error_messages = CHOICE_ERRORS

    def __init__(self, *, model, empty_label, **kwargs):
        super().__init__(**kwargs)
        self.empty_label = empty_label
        self.codes = RecordChoices(model, empty_label)
        self.widget.choices = self.codes.options

    def to_python(self, value):
        """Give the record, or say that there is none to choose."""
        if value in self.empty_values:
            return None
        if value not in self.codes.known:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return self.codes.get(value)


class RecordChoiceFilter(FacetMixin, django_filters.Filter):
    """One published record, chosen by name and kept in the address by its code: ``CodeFilter(Country)``."""

    field_class = RecordChoiceField

    def __init__(self, model, *args, empty_label=ANY_LABEL, **kwargs):
        super().__init__(*args, model=model, empty_label=empty_label, **kwargs)
        self.record = model

    def in_words(self, answer):
        """Name a record as a list of hits does."""
        return getattr(answer, self.record.result_fields.title)

    def options(self, field, counted, chosen):
        """List the records that lead somewhere, by name, without loading the others."""
        yield "", field.empty_label, None
        if chosen and chosen not in counted:
            yield chosen, field.codes.known[chosen][1], 0
        for code, (name, number) in counted.items():
            yield code, name, number
