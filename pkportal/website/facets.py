"""Facets: filters whose choices can be counted, and the widgets that show the number of rows beside each choice."""

from collections.abc import Iterator
from copy import copy
from html import escape
from typing import Any, NamedTuple

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from pkportal.content.contracts import fields_along

ANY_LABEL, NO_CHOICES = _("any"), _("nothing to choose")
FEW_CHOICES = 10  # more of them are folded away


class FacetCount(NamedTuple):
    """One choice of a filter: the name of its record, if it is one, and the number of rows that it would give."""

    name: str = ""
    number: int | None = 0


class Facets(NamedTuple):
    """The number of rows of a list, and by filter and code the count of each choice.

    A count says how many rows the list would have if this choice alone took the place of all present values of its
    filter.
    ``different`` says how many values the rows have of a filter that offers a part of them and is not in use.
    """

    total: int
    counts: dict[str, dict[str, FacetCount]]
    different: dict[str, int]


class CopiedFilter:
    """A filter that a request copies without what it is made of; its ``parent``, ``model`` and field are its own."""

    method: Any

    def __deepcopy__(self, memo):
        """Return a shallow copy: to copy all choices of all filters takes a twentieth of the time of a list."""
        copied = copy(self)
        copied.method = self.method  # or the copy would call the method of the original's filter set
        copied.__dict__.pop("_field", None)
        return copied


class FacetMixin(CopiedFilter):
    """A filter whose choices can be counted; facets group by ``field_name``.

    A filter that asks a method must pass ``by=``, a column, lookup or expression, else it gets no counts. ``without``
    is the condition of rows that have no value, which are counted as ``none``.
    """

    without: Any = None
    choice_model: Any = None  # the model whose records are the choices
    max_choices = 0  # a column that may have more different values has a choice for those with the most rows

    def __init__(self, field_name=None, *args, by=None, **kwargs):
        super().__init__(field_name, *args, **kwargs)
        self.explicit_by = by

    @property
    def by(self):
        """The column, lookup or expression that facets group by, or None if the filter has no counts."""
        return self.explicit_by or (None if self.method else self.field_name)

    def code_of(self, value: str) -> str:
        """Return the value of the URL parameter that finds rows with this value, as the database writes it."""
        return value


class FacetOption(NamedTuple):
    """One choice of a form: its code, its label and the number of rows it would give, None if it was not counted."""

    code: str
    label: str
    number: int | None = None


class FacetWidgetMixin:
    """Mixin of widgets whose options may be replaced by ``FacetOption`` tuples.

    It joins the options in Python: a template for each of 400 options costs more than the page around them.
    """

    options: list[FacetOption] | None = None

    def escaped_options(self, value) -> Iterator[tuple[str, str, int | None, bool]]:
        """Yield the escaped code and label of each option, its number, and True for a chosen one."""
        chosen = {*value} if isinstance(value, list) else {"" if value is None else str(value)}
        options = (FacetOption(*choice) for choice in self.choices) if self.options is None else self.options
        for code, label, number in options:
            # the plain escape of the standard library: Django's, made for lazy texts, takes most of the time of a form
            yield escape(str(code)), escape(str(label)), number, str(code) in chosen

    def use_required_attribute(self, initial):
        """No filter of a list is required."""
        return False


class FacetSelect(FacetWidgetMixin, forms.Select):
    """A select of one choice, each with its number of rows."""

    def render(self, name, value, attrs=None, renderer=None):
        """Return the select with all its options."""
        options = "".join(
            f'<option value="{code}"{" selected" if chosen else ""}>{label}{"" if number is None else f" ({number:,})"}'
            "</option>"
            for code, label, number, chosen in self.escaped_options(value)
        )
        attrs = flatatt(self.build_attrs({"name": name, **self.attrs}, attrs))
        return format_html("<select{}>{}</select>", attrs, SafeString(options))


class FacetCheckboxes(FacetWidgetMixin, forms.CheckboxSelectMultiple):
    """Checkboxes, of which several may be chosen; many of them open from a line that says how many are.

    The id of a choice does not depend on the number of choices.
    """

    def render(self, name, value, attrs=None, renderer=None):
        """Return the checkboxes; the fieldset around them has the label and the error."""
        options = [*self.escaped_options(value)]
        boxes = "".join(
            f'<label><input type="checkbox" name="{name}" value="{code}" id="id_{name}_{"-".join(code.split())}"'
            f"{' checked' if chosen else ''}> <span>{label}</span>"
            f"{'' if number is None else f' <b>{number:,}</b>'}</label>"
            for code, label, number, chosen in sorted(options, key=lambda option: not option[-1])
        )
        if len(options) <= FEW_CHOICES:
            return SafeString(boxes if options else f"<span>{NO_CHOICES}</span>")
        chosen = [label for _code, label, _number, is_chosen in options if is_chosen]
        summary = ", ".join(chosen) or str(ANY_LABEL)
        is_open = " open" if chosen else ""
        return SafeString(f'<details class="choices"{is_open}><summary>{summary}</summary>{boxes}</details>')


class FacetTexts(FacetCheckboxes):
    """What was written so far as checkboxes, and a box for more."""

    def render(self, name, value, attrs=None, renderer=None):
        """Return the checkboxes and the box."""
        self.options = [FacetOption(text, text) for text in value or () if text]
        boxes = super().render(name, value, attrs, renderer) if self.options else ""
        box = flatatt({**self.attrs, "id": f"id_{name}"})
        return format_html('{}<input type="search" name="{}"{}>', boxes, name, box)


def is_column(model: Any, by: Any) -> bool:
    """True if ``by`` is a column of the model, or one that foreign keys lead to: each row has one value."""
    fields = fields_along(model, by) if isinstance(by, str) else ()
    return bool(fields) and all(field.concrete and not field.many_to_many for field in fields)
