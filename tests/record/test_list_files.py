"""Files of every list, in every format: all rows that the page counts, each once, in the order of the page."""

import csv
import io
import json
import zipfile

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import URLResolver, get_resolver, reverse
from openpyxl import load_workbook

from pkportal.exchange.csv_file import cell_text
from pkportal.exchange.exporting import CONTENT_TYPES
from pkportal.website.lists import FilteredList

pytestmark = pytest.mark.django_db
QUERIES = {"contributions": "?mission=isaf&kind=troops&sort=-quantity", "lessons": "?maturity=lesson-learned"}


def list_names(patterns):
    """Yield the names of the URLs of all lists."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from list_names(pattern.url_patterns)
        elif issubclass(getattr(pattern.callback, "view_class", object), FilteredList):
            yield pattern.name.partition("-")[0]


LISTS = sorted({*list_names(get_resolver().url_patterns)})


def table(content, ending):
    """Return the rows of a file as dictionaries of texts."""
    if ending == "json":
        return [text_cells(row) for row in json.loads(content)]
    if ending == "jsonl":
        return [text_cells(json.loads(line)) for line in content.decode().splitlines()]
    if ending == "xlsx":
        header, *rows = load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True)
        return [dict(zip(header, map(cell_text, row), strict=True)) for row in rows]
    if ending == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith(".csv") and "/" not in name]
            content = archive.read(name)
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def text_cells(row):
    """Return the cells of a JSON object as a CSV file has them, but for apostrophes."""
    return {name: ";".join(value) if isinstance(value, list) else cell_text(value) for name, value in row.items()}


@pytest.mark.parametrize("name", LISTS)
def test_every_file_of_a_list_has_the_rows_and_the_cells_of_every_other(client, name):
    page = client.get(reverse(name) + QUERIES.get(name, ""))
    resource = page.context["view"].resource()
    widgets = {column.column_name: column.widget for column in resource.public_columns()}

    files = {ending: table(b"".join(client.get(address)), ending) for ending, address in page.context["files"]}

    assert files.keys() == CONTENT_TYPES.keys()
    assert len(files["csv"]) == page.context["count"]
    assert files["csv"] or name == "equipment"  # of which the record has none
    texts = [{name: widgets[name].unescape(cell)[0] for name, cell in row.items()} for row in files["csv"]]
    assert files["json"] == files["jsonl"] == texts
    assert files["xlsx"] == files["zip"] == files["csv"]


def test_package_says_what_its_rows_are_and_how_to_cite_them_and_can_be_loaded(client, tmp_path, capsys):
    response = client.get("/contributions.zip?mission=kfor&country=ITA&columns=all")
    path = tmp_path / response["Content-Disposition"].partition('"')[2].rstrip('"')
    path.write_bytes(b"".join(response))

    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert "Mission: Kosovo Force" in (readme := archive.read("README.txt").decode())
        assert f"{settings.SITE_URL}/contributions/?mission=kfor&country=ITA (CC BY 4.0)." in readme
        assert "type: dataset" in archive.read("CITATION.cff").decode()
        assert archive.read("LICENSE-CONTENT.md") == (settings.BASE_DIR / "LICENSE-CONTENT.md").read_bytes()
        rows = [*csv.DictReader(io.StringIO(archive.read("about/columns.csv").decode(), newline=""))]
        (data,) = [name for name in archive.namelist() if name == f"{path.stem}.csv"]
        header = archive.read(data).decode("utf-8-sig").splitlines()[0].split(",")
    assert [row["column"] for row in rows] == header
    assert all(row["meaning"] and row["written_as"] for row in rows)

    call_command("load", str(path))
    assert " 0 new, 0 changed, " in capsys.readouterr().out
