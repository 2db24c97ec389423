"""Reading of downloaded files."""

import csv
import io
import json


def rows_of(file):
    """Return the rows of a streamed CSV or JSON file."""
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    return json.loads(text) if file["Content-Type"] == "application/json" else [*csv.DictReader(io.StringIO(text))]
