"""What a field word may name: the choices of a field, the public records of a kind, the texts of a column, years."""

import re
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from django.db.models import CharField, Q

from pkportal.content.dates import PartialDateField
from pkportal.content.search_index import name_columns
from pkportal.content.unaccent import unaccent

YEAR_RANGE = range(1949, 2101)


class ListedValue(NamedTuple):
    """One thing that can be named: what stands for it in the database, what it is called, and how it is written."""

    value: object
    label: str
    code: str
    names: tuple = ()


def normalise_name(name):
    """Give that in which two ways of writing a name are alike: no accents, no capitals, blanks for hyphens."""
    return re.sub(r"[\s_-]+", " ", unaccent(str(name)).casefold()).strip()


class ValueList:
    """A list of things that have names."""

    entries = ()

    def __init__(self, key):
        self.key = key

    @cached_property
    def by_name(self):
        """Find each by any of its names; a code goes before a name that is written like it."""
        named = {normalise_name(name): entry for entry in self.entries for name in [entry.label, *entry.names] if name}
        return named | {normalise_name(entry.code): entry for entry in self.entries}

    @property
    def example(self):
        """Write one that would be understood."""
        return next((entry.code for entry in self.entries), "")

    def find(self, value):
        """Give what is called so, if anything is."""
        return self.by_name.get(normalise_name(value))

    def near(self, value):
        """List what is called nearly so: names that have the value in them, then names that are spelt much like it."""
        asked = normalise_name(value)
        having = [name for name in self.by_name if len(asked) > 2 and re.search(rf"\b{re.escape(asked)}", name)]
        alike = get_close_matches(asked, self.by_name, 3, 0.65)
        return [*dict.fromkeys(self.by_name[name] for name in [*having[:3], *alike])]

    def beginning(self, value):
        """List those of whom a name has a word that begins so."""
        asked = re.compile(rf"\b{re.escape(normalise_name(value))}")
        return [*dict.fromkeys(entry for name, entry in self.by_name.items() if asked.search(name))]

    def condition(self, lookup, value):
        """Ask for the rows in which a lookup leads to the value."""
        return Q(**{lookup: value})


class ChoiceList(ValueList):
    """The choices of a field, known by code and by label."""

    def __init__(self, key, choices, more=None):
        super().__init__(key)
        self.choices, self.more = choices, more or {}

    @cached_property
    def entries(self):
        """Name each choice, with its further names."""
        return [ListedValue(code, str(label), code, self.more.get(code, ())) for code, label in self.choices]


class RecordList(ValueList):
    """The public records of a kind, known by their code, their names and whatever else is theirs alone."""

    def __init__(self, model):
        super().__init__(model._meta.label)
        self.model = model

    @cached_property
    def entries(self):
        """Load them, with their key and code only."""
        model = self.model
        (code,) = model.key_fields
        unique = [it.name for it in model._meta.fields if it.unique and isinstance(it, CharField)]
        names = [*dict.fromkeys([model.result_fields.title, *name_columns(model), *unique])]
        rows = model._default_manager.published().order_by(model.result_fields.title).values_list("pk", code, *names)
        return [self._entry(pk, code, title, names) for pk, code, title, *names in rows]

    def _entry(self, pk, code, title, names):
        attributes = [self.model._meta.pk.attname, self.model.key_fields[0]]
        record = self.model.from_db(self.model._default_manager.db, attributes, [pk, code])
        return ListedValue(record, title, code, tuple(part.strip() for name in names for part in name.split(";")))

    def condition(self, lookup, value):
        """Ask for the rows in which a lookup leads to the record, or that are the record."""
        return Q(**{lookup: value.pk})


class TextList(ValueList):
    """The values of a column of text."""

    def __init__(self, model, name):
        super().__init__(f"{model._meta.label}.{name}")
        self.model, self.name = model, name

    @cached_property
    def entries(self):
        """Load them, each once."""
        rows = self.model._default_manager.published().order_by(self.name)
        return [ListedValue(text, text, text) for text in rows.values_list(self.name, flat=True).distinct() if text]


class YearList(ValueList):
    """The years of the Alliance."""

    example = "1999"

    def find(self, value):
        """Read a year."""
        return self._entry(value) if re.fullmatch("[0-9]{4}", value) and int(value) in YEAR_RANGE else None

    def near(self, value):
        """Find a year in a longer date."""
        return [self._entry(year) for year in re.findall(r"[0-9]{4}", value) if int(year) in YEAR_RANGE][:1]

    def beginning(self, value):
        """A year is typed sooner than chosen."""
        return []

    def condition(self, lookup, value):
        """Ask for dates in the year."""
        return Q(**{f"{lookup}__startswith": str(value)})

    def _entry(self, year):
        return ListedValue(int(year), year, year)


def value_list_for(model, lookup):
    """Give the list of what stands at the end of a lookup; a model is a list by itself."""
    if not isinstance(lookup, str):
        return RecordList(lookup)
    field = model._meta.pk
    for name in lookup.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        if field.is_relation:
            model = field.related_model
    if field.is_relation or field.primary_key:
        return RecordList(model)
    if isinstance(field, PartialDateField):
        return YearList("year")
    return ChoiceList(str(field), field.flatchoices) if field.choices else TextList(model, field.name)
