"""Reading of downloaded files."""

import csv
import io
import json

from pkportal.exchange.reading import read_table


def rows_of(file):
    """Return the rows of a streamed CSV or JSON file."""
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    return json.loads(text) if file["Content-Type"] == "application/json" else [*csv.DictReader(io.StringIO(text))]


def table_in(data, known=()):
    """Return the header and the rows of a file that has no faults."""
    table = read_table(io.BytesIO(data), "file", known)
    rows = [*table]
    assert not [row for row in rows if row.fault or row.cell_faults]
    return table.header, [row.cells for row in rows]
