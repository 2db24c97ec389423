"""Lists of values that field words can name: choices, records, texts and years."""

import re
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from django.db.models import Model, Q

from pkportal.content.contracts import fields_along
from pkportal.content.dates import PartialDateField
from pkportal.content.name_order import BY_NAME
from pkportal.content.names import RecordName, codes_by_name, fold_name, load_names
from pkportal.content.pages import SearchMethod
from pkportal.content.unaccent import unaccent
from pkportal.content.written_years import read_years, years_like


class ListedValue(NamedTuple):
    """A value that can be named: the value in the database, its label, its code, and further names."""

    value: object
    label: str
    code: str
    names: tuple = ()


def normalise_name(name: str) -> str:
    """Normalise a name: no accents, lower case, spaces for hyphens."""
    return re.sub(r"[\s_-]+", " ", unaccent(str(name)).casefold()).strip()


class ValueList:
    """A list of values that a field word can name."""

    def __init__(self, key: str):
        self.key = key

    @cached_property
    def entries(self) -> list[ListedValue]:
        """The values; those of an open list, such as years, are not listed."""
        return []

    @cached_property
    def by_name(self) -> dict[str, ListedValue]:
        """The values by all their names; a code takes precedence over a name that is written like it."""
        named = {normalise_name(name): entry for entry in self.entries for name in [entry.label, *entry.names] if name}
        return named | {normalise_name(entry.code): entry for entry in self.entries}

    @property
    def example(self) -> str:
        """A code that would be understood."""
        return next((entry.code for entry in self.entries), "")

    def find(self, text: str) -> ListedValue | None:
        """Return the value with this name, or None."""
        return self.by_name.get(normalise_name(text))

    def near(self, text: str) -> list[ListedValue]:
        """Return values with a similar name: first names that contain the text, then names that are spelt like it."""
        typed = normalise_name(text)
        containing = [name for name in self.by_name if len(typed) > 2 and re.search(rf"\b{re.escape(typed)}", name)]
        alike = get_close_matches(typed, self.by_name, 3, 0.65)
        return [*dict.fromkeys(self.by_name[name] for name in [*sorted(containing, key=len)[:3], *alike])]

    def beginning(self, text: str) -> list[ListedValue]:
        """Return the values of which a name has a word that begins with the text; a number must be the whole text."""
        typed = normalise_name(text)
        pattern = re.compile(rf"\b{re.escape(typed)}")
        names = (name for name in self.by_name if name == typed or not name.isdigit())
        return [*dict.fromkeys(self.by_name[name] for name in names if pattern.search(name))]

    def condition(self, lookup: str, value) -> Q:
        """Return the condition that a lookup leads to the value."""
        return Q(**{lookup: value})


class ChoiceList(ValueList):
    """The choices of a field, named by code and by label."""

    def __init__(self, key, choices, more_names=None):
        super().__init__(key)
        self.choices, self.more_names = choices, more_names or {}

    @cached_property
    def entries(self):
        """The choices."""
        return [ListedValue(code, str(label), code, self.more_names.get(code, ())) for code, label in self.choices]


class RecordList(ValueList):
    """The public records of a model, named by their code, their names and any other unique text."""

    def __init__(self, model):
        super().__init__(model._meta.label)
        self.model = model

    @cached_property
    def names(self) -> list[RecordName]:
        """What the records are called, in one query."""
        return load_names(self.model)

    @cached_property
    def meant(self) -> dict[str, tuple[str, ...]]:
        """The codes of the records that each name may mean."""
        return codes_by_name(self.names)

    @cached_property
    def entries(self):
        """The records, loaded with their key and code only; a name that several have is none of them."""
        return [self._entry(record) for record in self.names]

    def _entry(self, named):
        attributes = [self.model._meta.pk.attname, self.model.key_fields[0]]
        record = self.model.from_db(self.model._default_manager.db, attributes, [named.pk, named.code])
        own = (part.strip() for name in named.own for part in name.split(";"))
        others = (name for name in named.others if self.meant[fold_name(name)] == (named.code,))
        return ListedValue(record, named.title, named.code, (*own, *others))

    def find(self, text):
        """Return the record that a name means, in whatever way it is written, or None if it may mean several."""
        records = self._meant_by(text)
        return records[0] if len(records) == 1 else None

    def near(self, text):
        """Return the records that a name may mean, or those with a similar name."""
        return self._meant_by(text) or super().near(text)

    def _meant_by(self, text):
        return [self.by_name[normalise_name(code)] for code in self.meant.get(fold_name(text), ())]

    def condition(self, lookup, value):
        """Return the condition that a lookup leads to the record, or that a row is the record."""
        return Q(**{lookup: value.pk})


class TextList(ValueList):
    """The values of a text column."""

    def __init__(self, model, name):
        super().__init__(f"{model._meta.label}.{name}")
        self.model, self.name = model, name

    @cached_property
    def entries(self):
        """The distinct values of public records."""
        rows = self.model._default_manager.published().order_by(f"{self.name}{BY_NAME}")
        return [ListedValue(text, text, text) for text in rows.values_list(self.name, flat=True).distinct() if text]


class YearList(ValueList):
    """One year or several, as people write them: 1999, 1999–2001, since 2010."""

    example = "1999"

    def find(self, text):
        """Return the years that the text is, or None."""
        try:
            years = read_years(text)
        except ValueError:
            return None
        return None if years.end_before_they_begin else self._entry(years)

    def near(self, text):
        """Return the years that the text may mean, or the first year in it, as in a longer date."""
        return [self._entry(years) for years in years_like(text)]

    def beginning(self, text):
        """Suggest nothing: to type a year is faster than to choose one."""
        return []

    def condition(self, lookup, value):
        """Return the condition that a date is in the years."""
        bounds = {"gte": value.first and str(value.first), "lte": value.last and f"{value.last}-12-31"}
        return Q(**{f"{lookup}__{bound}": date for bound, date in bounds.items() if date})

    def _entry(self, years):
        return ListedValue(years, years.in_words, str(years))


def value_list_for(model: type[Model], lookup: str | SearchMethod | type[Model]) -> ValueList:
    """Return the list of values that a lookup or a search method of a model leads to; of a model, its records."""
    if isinstance(lookup, SearchMethod):
        lookup = lookup.value
    if not isinstance(lookup, str):
        return RecordList(lookup)
    *_relations, field = fields_along(model, lookup)
    if field.is_relation:
        return RecordList(field.related_model)
    model = field.model
    if field.primary_key:
        return RecordList(model)
    if isinstance(field, PartialDateField):
        return YearList("year")
    return ChoiceList(str(field), field.flatchoices) if field.choices else TextList(model, field.name)
