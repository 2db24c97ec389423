"""Columns that explain a row to its reader: what codes mean, what linked records are called, where a row comes from.

They are made for whoever asks for them, and are not stored: an import passes over them.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Func, TextField, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pkportal.content.pages import HasPage
from pkportal.sources.models import Source

from .columns import ComputedColumn, ExportResource, FileColumn, LinkedColumn
from .widgets import TextsWidget, TextWidget

SHORTEST_REFERENCE = "A-0"


class WordsOfCodes(Func):
    """What each code of an array means, in the same order: ``WordsOfCodes(F("dotmlpfi"), codes, words)``."""

    template = """ARRAY(
        SELECT (%(words)s)[array_position(%(codes)s, element)]
        FROM unnest(%(array)s) WITH ORDINALITY AS it (element, place) ORDER BY place
    )"""

    def as_sql(self, compiler, connection, **extra):
        """Return the SQL; what is translated stands before the codes."""
        (array, array_values), (codes, code_values), (words, word_values) = map(
            compiler.compile, self.source_expressions
        )
        sql = self.template % {"array": array, "codes": codes, "words": words}
        return sql, [*word_values, *code_values, *array_values]


def explaining_columns(resource: ExportResource) -> list[FileColumn]:
    """Return the columns that explain a file, each with a name that the file has not got yet."""
    taken = {column.column_name for column in resource.public_columns()}
    columns = [each for column in resource.columns() for each in explaining(resource._meta.model, column)]
    return [column for column in [*columns, address_column()] if column.column_name not in taken]


def unstored_columns(resource: ExportResource) -> list[FileColumn]:
    """Return all columns that a file may have and an import passes over."""
    return [*resource.computed_columns, *explaining_columns(resource)]


def explaining(model: type[models.Model], column: FileColumn) -> list[FileColumn]:
    """Return what explains one column: words for its codes, or the titles of records, and the grades of sources."""
    if column.is_foreign_key or column.is_many_to_many:
        linked, fields = column.widget.model, []
        if issubclass(linked, HasPage):
            fields.append(linked.result_fields.title)
        if linked is Source:
            fields.append("grade")
        return [linked_column(model, column, field) for field in fields]
    field = model._meta.get_field(column.attribute)
    return [words_column(column, field)] if getattr(field, "base_field", field).choices else []


def linked_column(model: type[models.Model], column: FileColumn, name: str) -> LinkedColumn:
    """Return the column of what linked records have in a field: ``country_name``, ``sources_titles``."""
    link, field = model._meta.get_field(column.attribute), column.widget.model._meta.get_field(name)
    ending = f"{name}s" if column.is_many_to_many else name
    meaning = format_lazy("{link}: {field}", link=link.verbose_name, field=field.verbose_name)
    return LinkedColumn(f"{column.column_name}_{ending}", meaning, column, name)


def words_column(column: FileColumn, field: models.Field) -> ComputedColumn:
    """Return the column of what the codes of a column mean."""
    meaning = format_lazy(_("{field}, in words"), field=field.verbose_name)
    name = f"{column.column_name}_in_words"
    if isinstance(field, ArrayField):
        return ComputedColumn(name, meaning, lambda: words_of_codes(field), TextsWidget())
    return ComputedColumn(name, meaning, lambda: words_of_code(field), TextWidget())


def words_of_code(field: models.Field) -> Case:
    """Return the SQL expression of what a code means."""
    whens = [When(**{field.name: code}, then=Value(str(words))) for code, words in field.flatchoices]
    return Case(*whens, output_field=TextField())


def words_of_codes(field: ArrayField) -> WordsOfCodes:
    """Return the SQL expression of what each code of an array means."""
    texts = ArrayField(TextField())
    codes, words = zip(*((code, str(words)) for code, words in field.base_field.flatchoices), strict=True)
    return WordsOfCodes(
        F(field.name), Value([*codes], output_field=texts), Value([*words], output_field=texts), output_field=texts
    )


def address_column() -> ComputedColumn:
    """Return the column of the address that leads to the row for ever."""
    meaning = _("The address that leads to this row for ever")
    path = reverse("permanent-address", args=[SHORTEST_REFERENCE]).removesuffix(SHORTEST_REFERENCE)
    address = Value(f"{settings.SITE_URL}{path}")
    return ComputedColumn(
        "permanent_address", meaning, lambda: Concat(address, F("reference"), output_field=TextField()), TextWidget()
    )
