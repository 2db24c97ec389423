"""What the questions of all lists share: each parameter is a verb of a queryset, and nonsense is said aloud."""

from html import escape

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

ANY = _("any")
NOT_LISTED = {"invalid_choice": _("This is not one of the choices.")}


class Questions(django_filters.FilterSet):
    """What a visitor may ask of a list; ``method="ask"`` hands a question to the rows' own verb of that name."""

    def ask(self, rows, question, answer):
        """Hand a question to the queryset method of the same name."""
        return getattr(rows, question)(answer)


class Select(forms.Select):
    """A list of choices made in one go: a template for each of 400 sources costs more than the page around them."""

    def render(self, name, value, attrs=None, renderer=None):
        """Join the options; what is chosen compares as text, as it stands in the address."""
        chosen = {*self.format_value(value)}
        # the plain escape of the standard library: Django's, made for lazy texts, takes most of the time of a form
        options = "".join(
            f'<option value="{escape(code)}"{" selected" if code in chosen else ""}>{escape(label)}</option>'
            for code, label in ((str(code), str(label)) for code, label in self.choices)
        )
        attrs = flatatt(self.build_attrs({"name": name, **self.attrs}, attrs))
        return format_html("<select{}>{}</select>", attrs, SafeString(options))

    def use_required_attribute(self, initial):
        """No question of a list must be answered."""
        return False


class Words(django_filters.CharFilter):
    """Words to look for, as a search engine takes them: ``troops -air "rules of engagement"``."""

    def __init__(self, *args, **kwargs):
        widget = forms.TextInput(attrs={"type": "search"})
        super().__init__(*args, **{"label": _("Words"), "method": "ask", "max_length": 200, "widget": widget, **kwargs})


class Choice(django_filters.ChoiceFilter):
    """One of a code list, with an empty choice before it."""

    def __init__(self, *args, empty_label=ANY, **kwargs):
        kwargs = {"widget": Select, "error_messages": NOT_LISTED, **kwargs}
        super().__init__(*args, empty_label=empty_label, null_label=None, **kwargs)


class YesNo(Choice):
    """Yes or no; unlike Django's own field it refuses what is neither."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, choices=[("yes", _("yes")), ("no", _("no"))], **kwargs)

    def filter(self, rows, value):
        """Keep the rows that say so."""
        return super().filter(rows, {"yes": True, "no": False}.get(value, ""))


class Sort(Choice):
    """The order of the rows; whatever is asked, rows that are equal keep a fixed order, so that pages never overlap.

    ``Sort(_("latest first"), {"start": (_("earliest first"), "start_date", "name")})``: the label of the list's
    own order, then each answer with its label and columns.
    """

    def __init__(self, default, orders, **kwargs):
        self.orders = {answer: columns for answer, (_label, *columns) in orders.items()}
        choices = [(answer, label) for answer, (label, *_columns) in orders.items()]
        super().__init__(label=_("Sort by"), choices=choices, empty_label=default, **kwargs)

    def filter(self, rows, value):
        """Put the rows in the order that was asked for."""
        return rows.order_by(*self.orders[value], "pk") if value else rows


class Year(django_filters.NumberFilter):
    """A whole year in the life of the Alliance."""

    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"min_value": 1949, "max_value": 2100, **kwargs})

    def get_max_validator(self):
        """The field's own bounds are narrower than what the column could hold."""


class Day(django_filters.DateFilter):
    """A day, picked or typed as 1999-06-12."""

    def __init__(self, *args, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(*args, **{"widget": widget, "input_formats": ["%Y-%m-%d"], **kwargs})


class Codes:
    """The published records that a question may name, loaded once a request and only if somebody looks.

    The code is the model's natural key, and the name what it is called in a list of hits.
    """

    def __init__(self, model, empty_label):
        self.model, self.empty_label = model, empty_label
        (self.code,) = model.natural_key

    @cached_property
    def known(self):
        """Map each code to the key and the name of its record."""
        name = self.model.hit[0]
        found = self.model.objects.published().order_by(name, "pk").values_list(self.code, "pk", name)
        return {code: (pk, name) for code, pk, name in found}

    def options(self):
        """List the choices for a reader, none of them first."""
        return [("", self.empty_label), *((code, name) for code, (_pk, name) in self.known.items())]

    def get(self, code):
        """Give the record with its key and code; the rest loads only if somebody asks for it."""
        model = self.model
        return model.from_db(model.objects.db, [model._meta.pk.attname, self.code], [self.known[code][0], code])


class CodeField(forms.Field):
    """A record named by its code, compared with the choices and never sent to the database."""

    widget = Select
    default_error_messages = NOT_LISTED

    def __init__(self, *, model, empty_label, **kwargs):
        super().__init__(**kwargs)
        self.codes = Codes(model, empty_label)
        self.widget.choices = self.codes.options

    def to_python(self, value):
        """Give the record, or say that there is none to choose."""
        if value in self.empty_values:
            return None
        if value not in self.codes.known:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return self.codes.get(value)


class CodeFilter(django_filters.Filter):
    """One published record, chosen by name and kept in the address by its code: ``CodeFilter(Country)``."""

    field_class = CodeField

    def __init__(self, model, *args, empty_label=ANY, **kwargs):
        super().__init__(*args, model=model, empty_label=empty_label, **kwargs)
