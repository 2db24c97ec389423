"""Triggers of permanent references: a reference that comes in a file raises the sequence that gives the next one."""

from typing import Any

from django.db import connections, transaction

from .models import Record
from .permanent_references import make_sequence
from .registry import models_with

REFERENCE_TRIGGERS = {
    "pk_references_inserted": "INSERT ON {table} REFERENCING NEW TABLE AS new_rows",
    "pk_references_updated": "UPDATE ON {table} REFERENCING NEW TABLE AS new_rows",
}
HAS_TRIGGERS = (
    "SELECT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'pk_references_updated' AND tgrelid = %s::regclass)"
)
HAS_COLUMN = """
SELECT EXISTS (
    SELECT FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = %s AND column_name = 'reference'
)
"""


def keep_references(app_config: Any, using: str = "default", **kwargs: Any) -> None:
    """Give the tables of an app their sequences and their triggers: receiver of ``post_migrate``."""
    for model in (model for model in models_with(Record) if model._meta.app_label == app_config.label):
        table = connections[using].ops.quote_name(model._meta.db_table)
        with transaction.atomic(using), connections[using].cursor() as cursor:
            cursor.execute(HAS_COLUMN, [model._meta.db_table])
            if not cursor.fetchone()[0]:
                continue
            cursor.execute(HAS_TRIGGERS, [table])
            if cursor.fetchone()[0]:
                continue
            make_sequence(cursor, table, model.reference_prefix)
            for name, event in REFERENCE_TRIGGERS.items():
                each = f"FOR EACH STATEMENT EXECUTE FUNCTION pk_keep_references('{model.reference_prefix}')"
                cursor.execute(f"CREATE TRIGGER {name} AFTER {event.format(table=table)} {each}")
