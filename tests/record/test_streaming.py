"""Streaming exports: the bytes that the widgets write, never all rows in memory, a broken file recognised as broken."""

import csv
import io
import json
import tracemalloc
import zipfile

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from openpyxl import load_workbook

from missions.models import Contribution, Country, Mission
from missions.resources import ContributionResource
from pkportal.exchange.copy_out import BLOCK
from pkportal.exchange.csv_file import cell_text, write_line
from pkportal.exchange.exporting import FORMATS, csv_lines, download_response, export_response, file_blocks, json_lines
from pkportal.exchange.mapping import known_names
from pkportal.exchange.reading import read_table
from pkportal.exchange.registry import resources_by_name
from tests import make

pytestmark = pytest.mark.django_db


def rows_in_full(content):
    """Return the rows of a CSV file; a fault of one of them is an error."""
    rows = [*read_table(io.BytesIO(content), "contributions.csv", known_names(ContributionResource()))]
    if faults := [row.fault for row in rows if row.fault]:
        raise ValueError(faults)
    return rows


PARSERS = {
    "csv": rows_in_full,
    "xlsx": lambda content: zipfile.ZipFile(io.BytesIO(content)),
    "json": json.loads,
    "jsonl": lambda content: [json.loads(line) for line in content.splitlines()],
}


def row_by_row(resource_class, records, public):
    """Return both files as the widgets write them in Python, one record after the other."""
    resource = resource_class()
    columns = resource.columns()
    computed = resource.computed_columns if public else []
    lines, objects = [write_line([column.column_name for column in [*columns, *computed]])], []
    expressions = {column.column_name: column.expression() for column in computed}
    for record in resource.select_columns(records, public).annotate(**expressions):
        values = {column: column.widget.render(getattr(record, column.column_name)) for column in computed}
        cells = [*zip(columns, resource.cells(record), strict=True), *values.items()]
        lines.append(write_line([column.widget.escape(cell) for column, cell in cells]))
        values = {column.column_name: column.widget.to_json(column.get_value(record)) for column in columns}
        values |= {column.column_name: getattr(record, column.column_name) for column in computed}
        objects.append(json.dumps(values, ensure_ascii=False))
    return "".join(lines), "[" + ("\n" if objects else "") + ",\n".join(objects) + "\n]\n"


@pytest.mark.parametrize("public", [True, False])
def test_every_file_has_the_bytes_that_the_widgets_write(public):
    kfor, italy = Mission.objects.get(code="kfor"), Country.objects.get(iso3="ITA")
    hidden = make.mission(name="Hidden", summary='=1+1\n"quoted"\t\x01', peak_strength=0, latitude=-0.5, longitude=12)
    for name in ["", "'=", "＝2", "a,b", " ", "\\.", "\r"]:
        make.contribution(mission=kfor, country=italy, location=name, note="{%s}")
    make.published_lesson(missions=[hidden, kfor], title="-1", number="PK-L-9999")
    Mission.objects.filter(code="isaf").update(published_at=timezone.now().replace(microsecond=5))

    for resource in resources_by_name().values():
        model = resource._meta.model
        records = (model.objects.published() if public else model._base_manager).order_by(*resource.key_order())
        files = tuple("".join(lines(resource, records, public)) for lines in [csv_lines, json_lines])
        assert files == row_by_row(resource, records, public), resource.name
        lines = "".join(file_blocks(resource, records, "jsonl", public)).splitlines()
        assert [json.loads(line) for line in lines] == json.loads(files[1]), resource.name


def test_every_workbook_has_the_cells_of_the_csv_file():
    for resource in resources_by_name().values():
        records = resource._meta.model.objects.published().order_by(*resource.key_order())[:30]
        rows = csv.reader(
            io.StringIO("".join(csv_lines(resource, records, public=True, is_explained=True)), newline="")
        )

        file = io.BytesIO(b"".join(file_blocks(resource, records, "xlsx", is_explained=True)))

        cells = load_workbook(file, read_only=True).active.iter_rows(values_only=True)
        assert [[cell_text(cell) for cell in row] for row in cells] == [*rows], resource.name


@pytest.mark.parametrize("file_format", FORMATS)
def test_export_of_all_contributions_holds_a_few_blocks_in_memory(file_format):
    tracemalloc.start()
    response = export_response(ContributionResource, Contribution.objects.order_by("pk"), file_format, "contributions")
    assert response.streaming
    sizes = [len(block) for block in response.streaming_content]
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert sum(sizes) > (1 if file_format == "xlsx" else 3) * BLOCK
    assert max(sizes) < 2 * BLOCK
    assert held < 32 * BLOCK


@pytest.mark.parametrize("file_format", FORMATS)
def test_query_that_fails_at_once_is_an_error_and_not_an_empty_file(file_format):
    failing = Contribution.objects.extra(where=["1 / 0 = 1"])

    with pytest.raises(DatabaseError), transaction.atomic():
        export_response(ContributionResource, failing, file_format, "contributions")


@pytest.mark.parametrize("file_format", FORMATS)
def test_interrupted_file_ends_with_a_message_and_cannot_be_parsed(file_format, tmp_path):
    late = Contribution.objects.order_by("pk")[1500].pk
    failing = Contribution.objects.order_by().extra(
        where=["1 / (missions_contribution.id - %s) IS NOT NULL"], params=[late]
    )
    path = tmp_path / f"contributions.{file_format}"

    with transaction.atomic(), open(path, "wb") as file:
        response = download_response(file_blocks(ContributionResource, failing, file_format), file_format, "late")
        with pytest.raises(DatabaseError):
            file.writelines(response.streaming_content)
        transaction.set_rollback(True)

    content = path.read_bytes()
    assert len(content) > BLOCK / 3
    assert content.endswith(b"\nThe file is incomplete, because the database failed. Download it again.\n")
    with pytest.raises((ValueError, zipfile.BadZipFile)):
        PARSERS[file_format](content)
