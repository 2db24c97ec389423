"""Streaming exports: memory never holds all rows, and a broken file is recognised as broken."""

import gc
import json

import pytest
from django.db import DatabaseError, transaction
from django.db.models.expressions import RawSQL

from missions.models import Contribution
from missions.resources import ContributionResource
from pkportal.exchange.csv_file import UnreadableFile, read_csv
from pkportal.exchange.exporting import CHUNK, export_response

pytestmark = pytest.mark.django_db


def contributions_in_memory():
    return sum(type(instance) is Contribution for instance in gc.get_objects())


@pytest.mark.parametrize("file_format", ["csv", "json"])
def test_export_of_all_contributions_holds_at_most_two_chunks_in_memory(file_format):
    gc.collect()
    response = export_response(ContributionResource, Contribution.objects.order_by("pk"), file_format, "contributions")

    assert response.streaming
    held, lines = 0, 0
    for number, line in enumerate(response.streaming_content):
        lines += line.count(b"\n")
        if number % 100 == 0:
            held = max(held, contributions_in_memory())
    assert lines >= Contribution.objects.count()
    assert 0 < held <= 2 * CHUNK  # the chunk that is written and the one that is read


@pytest.mark.parametrize("file_format", ["csv", "json"])
def test_query_that_fails_at_once_is_an_error_and_not_an_empty_file(file_format):
    failing = Contribution.objects.extra(where=["1 / 0 = 1"])

    with pytest.raises(DatabaseError), transaction.atomic():
        export_response(ContributionResource, failing, file_format, "contributions")


@pytest.mark.parametrize("file_format", ["csv", "json"])
def test_interrupted_file_ends_with_a_message_and_cannot_be_parsed(file_format, tmp_path):
    ordered = Contribution.objects.order_by("pk")
    late = ordered[3 * CHUNK].pk
    failing = ordered.annotate(broken=RawSQL("1 / (missions_contribution.id - %s)", [late]))
    path = tmp_path / f"contributions.{file_format}"

    with transaction.atomic(), open(path, "wb") as file:
        response = export_response(ContributionResource, failing, file_format, "contributions")
        with pytest.raises(DatabaseError):
            file.writelines(response.streaming_content)
        transaction.set_rollback(True)

    assert path.read_text().endswith("The file breaks off here, because the database failed. Ask for it again.\n")
    with pytest.raises(UnreadableFile if file_format == "csv" else ValueError):
        {"csv": read_csv, "json": json.loads}[file_format](path.read_bytes())
