"""The header of a file: which columns are staged, and which of the key are missing."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.content.names import fold_name
from pkportal.exchange.columns import ReferenceColumn
from pkportal.exchange.date_parts import date_part
from pkportal.exchange.explaining import unstored_columns
from pkportal.exchange.mapping import guess_mapping, names_of_columns
from pkportal.exchange.reading import UnreadableFile
from pkportal.exchange.unfolding import possible_unfoldings

from .hooks import ImportHooks
from .stage_columns import StageColumn

REASONS = "why refused"  # the column that the file of refused rows has besides; it is passed over when it comes again


MISSING_KEY = gettext_lazy("Missing column: %(missing)s. It says which record a row is.")


class StagedColumns(NamedTuple):
    """The columns that are staged: those of the file with their places in a row, then those of the key it lacks."""

    columns: list[StageColumn]
    places: list[int]
    defaults: list[str]  # texts of the cells of the columns that the file lacks


def staged_columns(resource: ImportHooks, header: Sequence[str]) -> StagedColumns:
    """Return the columns of a file. Raises ``UnreadableFile`` for an unknown column, and if nothing names its rows.

    A file with permanent references needs no other column of the key.
    """
    allowed = list(resource._meta.fields)
    passed_over = {REASONS, *(column.column_name for column in unstored_columns(resource))}
    if unknown := [name or _("(blank)") for name in header if name not in allowed and name not in passed_over]:
        message = _("Unknown column: %(unknown)s. This file may have: %(known)s.")
        message %= {"unknown": ", ".join(unknown), "known": ", ".join(allowed)}
        raise UnreadableFile(message + likely_columns(resource, header, unknown))
    absent = [name for name in resource.get_import_id_fields() if name not in header]
    defaults = {name: key_default(resource, name) for name in absent}
    missing = [name for name, default in defaults.items() if default is None]
    if missing and not has_references(resource, header):
        raise UnreadableFile(MISSING_KEY % {"missing": ", ".join(missing)})
    places = [place for place, name in enumerate(header) if name not in passed_over]
    columns = [StageColumn(resource, resource.fields[header[place]]) for place in places]
    columns += [StageColumn(resource, resource.fields[name], is_default=True) for name in absent]
    return StagedColumns(columns, places, [default or "" for default in defaults.values()])


def has_references(resource: ImportHooks, header: Sequence[str]) -> bool:
    """True if a file names its rows by permanent references beside the natural key."""
    references = {it.column_name for it in resource.columns() if isinstance(it, ReferenceColumn)}
    return bool(references & {*header} - {*resource.get_import_id_fields()})


def likely_columns(resource: ImportHooks, header: Sequence[str], unknown: Sequence[str]) -> str:
    """Say which columns the unknown headers may be, or how a wide table can be unfolded, as the end of a message."""
    guessed = [it for it in guess_mapping(resource, header) if it.header in unknown]
    likely = [
        _("“%(header)s” is likely %(column)s.") % {"header": it.header, "column": it.column}
        if it.column
        else f"“{it.header}”: {it.why}."
        for it in guessed
        if it.column or fold_name(it.header) in names_of_columns(resource)
    ]
    parts = [header for header in unknown if date_part(header) is not None]
    said = _("“%s” may be a part of the date in another column: say that it is that column too.")
    likely += [said % header for header in parts]
    ways = [f"{way.header_column}={way.value_column}" for way in possible_unfoldings(resource, unknown, header)]
    if ways:
        likely.append(_("A table with values across can be unfolded: %(ways)s.") % {"ways": ", ".join(ways)})
    return "".join(f" {sentence}" for sentence in likely)


def key_default(resource: ImportHooks, name: str) -> str | None:
    """Return the cell of an absent column of the key, or None if the column is required."""
    field = resource._meta.model._meta.get_field(name)
    if field.has_default() or (field.blank and not field.is_relation):
        return resource.fields[name].widget.render(field.get_default())
    return None
