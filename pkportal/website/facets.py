"""Facets: the number of rows that each choice of a filter would give, counted in one query, and their widgets."""

from collections.abc import Iterator
from copy import copy
from functools import cache
from html import escape
from typing import Any, NamedTuple

from django import forms
from django.db import connection
from django.db.models import Count, F, Model, QuerySet
from django.db.models.expressions import RawSQL
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_filters import FilterSet

SELECTION_TABLE = "the_selection"


class FacetCount(NamedTuple):
    """One choice of a filter: the name of its record, if it is one, and the number of rows that it would give."""

    name: str = ""
    number: int | None = 0


class Facets(NamedTuple):
    """The number of rows of a list, and by filter and code the count of each choice.

    A count says how many rows the list would have if this choice took the place of the filter's present value.
    """

    total: int
    counts: dict[str, dict[str, FacetCount]]


class FacetMixin:
    """A filter whose choices can be counted; facets group by ``field_name``.

    A filter with a custom method must pass ``by=``, a column, lookup or expression, else it gets no counts.
    """

    choice_model: Any = None  # the model whose records are the choices

    def __init__(self, field_name=None, *args, by=None, **kwargs):
        super().__init__(field_name, *args, **kwargs)
        self.explicit_by = by

    def __deepcopy__(self, memo):
        """Return a shallow copy, which is enough: a request sets only ``parent`` and ``model`` of its copy."""
        copied = copy(self)
        copied.method = self.method  # or the copy would call the method of the original's filter set
        return copied

    @property
    def by(self):
        """The column, lookup or expression that facets group by, or None if the filter has no counts."""
        return self.explicit_by or (None if self.method else self.field_name)

    def code_of(self, value: str) -> str:
        """Return the value of the URL parameter that finds rows with this value, as the database writes it."""
        return value


def count_facets(filterset: FilterSet) -> Facets:
    """Count the rows of a filter set and those of every choice, in one query; a choice without rows is left out."""
    filters = filterset.facet_filters()
    active = filterset.active_values()
    tables = {"selected": selection_cte(filterset.qs)}
    counts = [("SELECT ''::text, ''::text, ''::text, count(*) FROM selected", ())]
    for name, facet in filters.items():
        selection = f"selected_but_{name}" if name in active else "selected"
        if selection not in tables:
            tables[selection] = selection_cte(filterset.qs_without(name))
        text, params = facet_query(type(filterset), name)
        text = text.replace(SELECTION_TABLE, selection)
        if facet.choice_model:
            names = f"names_of_{facet.choice_model._meta.model_name}"
            if names not in tables:
                tables[names] = names_cte(facet.choice_model)
            counts.append((NAMED_SQL.format(name=name, groups=text, names=names), params))
        else:
            counts.append((PLAIN_SQL.format(name=name, groups=text), params))
    return read_facets(filters, *facet_sql(tables, counts))


PLAIN_SQL = (
    "SELECT '{name}', facet_code::text, '', facet_number FROM ({groups}) AS counted WHERE facet_code::text <> ''"
)
NAMED_SQL = (
    "SELECT '{name}', code::text, name::text, facet_number FROM ({groups}) AS counted JOIN {names} ON pk = facet_code"
)


def selection_cte(queryset: QuerySet) -> tuple[str, tuple]:
    """Return a common table expression with the keys of the selected rows; it is valid SQL for an empty query set."""
    keys = queryset.order_by().values("pk")
    text, params = keys.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return f"(pk) AS MATERIALIZED ({text})", params


def names_cte(model: type[Model]) -> tuple[str, tuple]:
    """Return a common table expression with the key, code and name of the public records of a model."""
    names = model.objects.published().order_by().values_list("pk", *model.key_fields, model.result_fields.title)
    text, params = names.query.sql_with_params()
    return f"(pk, code, name) AS ({text})", params


@cache
def facet_query(filterset_class: type[FilterSet], name: str) -> tuple[str, tuple]:
    """Return the SQL that counts a selection by the codes of one filter; it is the same for every request."""
    selected = RawSQL(f"SELECT pk FROM {SELECTION_TABLE}", ())  # noqa: S608, S611 - our own words
    model = filterset_class._meta.model
    by = filterset_class.base_filters[name].by
    grouped = model._default_manager.order_by().filter(pk__in=selected)
    grouped = grouped.values(facet_code=F(by) if isinstance(by, str) else by)
    number = Count("pk", distinct=not is_column(model, by))
    return grouped.annotate(facet_number=number).query.sql_with_params()


def is_column(model: type[Model], by: Any) -> bool:
    """True if ``by`` is a column of the model: no join, so no DISTINCT is needed."""
    return any(field.name == by for field in model._meta.fields)


def facet_sql(tables: dict[str, tuple[str, tuple]], counts: list[tuple[str, tuple]]) -> tuple[str, list]:
    """Join the common table expressions and the counts into one statement; return it with its parameters."""
    ctes = ", ".join(f"{name}{text}" for name, (text, _params) in tables.items())
    selects = " UNION ALL ".join(text for text, _params in counts)
    params = [param for _text, own in (*tables.values(), *counts) for param in own]
    return f"WITH {ctes} {selects} ORDER BY 1, 3", params


def read_facets(filters: dict[str, FacetMixin], sql: str, params: list) -> Facets:
    """Run the statement and gather the counts by filter."""
    counts: dict[str, dict[str, FacetCount]] = {name: {} for name in filters}
    total = 0
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        for name, code, label, number in cursor:
            if name:
                counts[name][filters[name].code_of(code)] = FacetCount(label, number)
            else:
                total = number
    return Facets(total, counts)


class FacetOption(NamedTuple):
    """One choice of a form: its code, its label and the number of rows it would give, None if it was not counted."""

    code: str
    label: str
    number: int | None = None


class FacetWidgetMixin:
    """Mixin of widgets whose options may be replaced by ``FacetOption`` tuples.

    It joins the options in Python: a template for each of 400 options costs more than the page around them.
    """

    options = None

    def escaped_options(self, value) -> Iterator[tuple[str, str, int | None, bool]]:
        """Yield the escaped code and label of each option, its number, and True for the chosen one."""
        chosen = "" if value is None else str(value)
        options = (FacetOption(*choice) for choice in self.choices) if self.options is None else self.options
        for code, label, number in options:
            # the plain escape of the standard library: Django's, made for lazy texts, takes most of the time of a form
            yield escape(str(code)), escape(str(label)), number, str(code) == chosen

    def use_required_attribute(self, initial):
        """No filter of a list is required."""
        return False


class FacetSelect(FacetWidgetMixin, forms.Select):
    """A select for a long list of choices, each with its number of rows."""

    def render(self, name, value, attrs=None, renderer=None):
        """Return the select with all its options."""
        options = "".join(
            f'<option value="{code}"{" selected" if chosen else ""}>{label}{"" if number is None else f" ({number:,})"}'
            "</option>"
            for code, label, number, chosen in self.escaped_options(value)
        )
        attrs = flatatt(self.build_attrs({"name": name, **self.attrs}, attrs))
        return format_html("<select{}>{}</select>", attrs, SafeString(options))


class FacetRadioSelect(FacetWidgetMixin, forms.RadioSelect):
    """Radio buttons for a short list of choices; the id of a choice does not depend on the number of choices."""

    def render(self, name, value, attrs=None, renderer=None):
        """Return the radio buttons; the fieldset around them has the label and the error."""
        return SafeString(
            "".join(
                f'<label><input type="radio" name="{name}" value="{code}" id="id_{name}_{code or "any"}"'
                f"{' checked' if chosen else ''}> <span>{label}</span>"
                f"{'' if number is None else f' <b>{number:,}</b>'}</label>"
                for code, label, number, chosen in self.escaped_options(value)
            )
        )
