"""Reading a kept file: its table, with the columns that somebody named for its headers."""

from pkportal.exchange.csv_file import FileRows
from pkportal.exchange.uploads import read_upload

from .imported_files import ImportedFile


def read_rows(imported: ImportedFile) -> FileRows:
    """Return the rows of a file under the names of the kind's columns. Raises ``UnreadableFile``."""
    with imported.opened() as file:
        table = read_upload(file.read())
    return renamed_rows(table, imported.mapping, imported.constants)


def renamed_rows(table: FileRows, mapping: dict[str, str], constants: dict[str, str]) -> FileRows:
    """Rename the columns of a table, leave out those without a name, and add those that have one value in all rows."""
    names = [mapping.get(header, header) for header in table.header]
    kept = [place for place, name in enumerate(names) if name]
    header = [*(names[place] for place in kept), *constants]
    values = [*constants.values()]
    return FileRows(header, [[*(row[place] for place in kept), *values] for row in table.rows])
