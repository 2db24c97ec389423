"""The description of a release for programs: Frictionless Data Package 2.0, and the metadata that Datasette reads."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.conf import settings

from .models import Release
from .tables import ReleaseTable, TableColumn

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
CODE_LISTS = "codes/code_lists.csv"
CODE_LIST_COLUMNS = {
    "table": "The table that has the code",
    "column": "The column of that table",
    "code": "What stands in a cell",
    "label": "What the site calls it",
    "definition": "What the site says that it means, where it says anything",
}
ABOUT_RECORD = (
    "Everything that the Peacekeeping Record shows to the public on NATO's peacekeeping and crisis response, each "
    "figure with its date and source."
)


class FileDigest(NamedTuple):
    """The size of a file, and its SHA-256."""

    size: int
    sha256: str


def data_package(release: Release, tables: Iterable[ReleaseTable], files: Mapping[str, FileDigest]) -> dict[str, Any]:
    """Return ``datapackage.json``."""
    described = [data_resource(table, files[f"{table.name}.csv"]) for table in tables]
    return {
        "$schema": PROFILE,
        "name": "peacekeeping-record",
        "id": f"{settings.SITE_URL}{release.path}",
        "title": "Peacekeeping Record",
        "description": ABOUT_RECORD,
        "homepage": f"{settings.SITE_URL}/",
        "version": release.version,
        "created": f"{release.day}T00:00:00Z",
        "licenses": [LICENCE],
        "contributors": [{"title": "The Peacekeeping Record maintainers", "roles": ["creator"]}],
        "resources": [*described, code_list_resource(files[CODE_LISTS])],
    }


def csv_resource(name: str, path: str, digest: FileDigest) -> dict[str, Any]:
    """Return what is the same for all CSV files."""
    return {
        "name": name,
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": digest.size,
        "hash": f"sha256:{digest.sha256}",
    }


def data_resource(table: ReleaseTable, digest: FileDigest) -> dict[str, Any]:
    """Return the description of one table."""
    links = [(column.name, column.link) for column in table.own_columns if column.link]
    keys = [[column.name] for column in table.columns if column.is_unique and column.name != table.primary_key]
    schema = {
        "fields": [schema_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [table.primary_key],
        "uniqueKeys": [*keys, *table.unique_keys],
        "foreignKeys": [
            {"fields": [name], "reference": {"resource": link.table, "fields": [link.column]}} for name, link in links
        ],
    }
    names = {"title": table.title, "description": table.about}
    known = {name: value for name, value in schema.items() if value}
    return {**csv_resource(table.name, f"{table.name}.csv", digest), **names, "schema": known}


def schema_field(column: TableColumn) -> dict[str, Any]:
    """Return the description of one column in Table Schema."""
    constraints: dict[str, Any] = {"required": True} if column.is_required else {}
    if column.is_unique:
        constraints["unique"] = True
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.codes and column.type == "string":
        constraints["enum"] = [it.code for it in column.codes]
    field = {
        "name": column.name,
        "title": column.title,
        "description": description_of(column),
        "type": column.type,
        "trueValues": ["yes"] if column.type == "boolean" else None,
        "falseValues": ["no"] if column.type == "boolean" else None,
        "delimiter": ";" if column.type == "list" else None,
        "constraints": constraints,
    }
    return {name: value for name, value in field.items() if value}


def description_of(column: TableColumn) -> str:
    """Return the help text of a column, and what the cells of a list name, which Table Schema has no key for."""
    named = f"Each names a row of {column.link.table} by {column.link.column}." if column.link else ""
    return " ".join(filter(None, [column.about, named if column.type == "list" else ""]))


def code_list_resource(digest: FileDigest) -> dict[str, Any]:
    """Return the description of the file of code lists."""
    fields = [
        {"name": name, "type": "string", "description": about, "constraints": {"required": name != "definition"}}
        for name, about in CODE_LIST_COLUMNS.items()
    ]
    return {
        **csv_resource("code_lists", CODE_LISTS, digest),
        "title": "Code lists",
        "description": "The codes of all columns that have a fixed list of them.",
        "schema": {"fields": fields, "missingValues": [""], "primaryKey": ["table", "column", "code"]},
    }


def datasette_metadata(release: Release, tables: Iterable[ReleaseTable]) -> dict[str, Any]:
    """Return ``metadata.json``, with which Datasette explains the tables of the SQLite file."""
    described = {
        table.name: {
            "title": table.title,
            "description": table.about,
            "columns": {column.name: column.title for column in table.own_columns},
        }
        for table in tables
    }
    described["code_lists"] = {"title": "Code lists", "description": "", "columns": CODE_LIST_COLUMNS}
    return {
        "title": f"Peacekeeping Record {release.version}",
        "description": ABOUT_RECORD,
        "license": "CC BY 4.0",
        "license_url": LICENCE["path"],
        "source": "Peacekeeping Record",
        "source_url": f"{settings.SITE_URL}{release.path}",
        "databases": {"record": {"tables": described}},
    }
