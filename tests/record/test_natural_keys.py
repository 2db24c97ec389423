"""Django's own serializers carry every kind of record: ``dumpdata`` and ``loaddata`` by natural keys, without loss."""

from itertools import chain

import pytest
from django.core.management import call_command
from django.db import connection

from pkportal.content.models import Record
from pkportal.content.registry import models_with

pytestmark = pytest.mark.django_db
MODELS = models_with(Record)
ENOUGH = 20


def csv_files(folder):
    call_command("dump", folder, verbosity=0)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def empty():
    tables = [connection.ops.quote_name(model._meta.db_table) for model in MODELS]
    links = [field.m2m_db_table() for model in MODELS for field in model._meta.local_many_to_many]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or TRUNCATE refuses: foreign keys are still to be proved
        cursor.execute(f"TRUNCATE {', '.join(chain(tables, links))}")


def shorten_tables():
    """Keep the first rows of a table, and those to which others refer: more show nothing more, and take long."""
    for model in reversed(MODELS):  # what refers to others comes first
        rows = model.objects.exclude(pk__in=[*model.objects.order_by("pk").values_list("pk", flat=True)[:ENOUGH]])
        for relation in model._meta.related_objects:
            field = relation.field
            if relation.related_model not in MODELS:
                continue  # the history of a row
            if field.many_to_many:
                used = field.remote_field.through.objects.values(field.m2m_reverse_name())
            else:
                used = relation.related_model.objects.exclude(**{field.name: None}).values(field.attname)
            rows = rows.exclude(pk__in=used)
        rows.delete()


def test_dumpdata_and_loaddata_by_natural_keys_keep_every_kind_of_record(tmp_path):
    shorten_tables()
    before = csv_files(tmp_path / "before")
    file = tmp_path / "record.json"
    labels = [model._meta.label for model in MODELS]

    call_command("dumpdata", *labels, natural_foreign=True, natural_primary=True, output=file, verbosity=0)
    empty()
    assert not any(model.objects.exists() for model in MODELS)
    call_command("loaddata", file, verbosity=0)

    assert csv_files(tmp_path / "after") == before
    assert '"pk"' not in file.read_text()
