"""Rules that a model's own code has: it reads each record as it is to be."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from pkportal.content.models import Publishable, Status

from .future import future_record
from .sql import only_value, run_sql
from .stage import Fault, Stage

CHECKED_TOGETHER = 500  # records that are read together


def check_records(stage: Stage) -> None:
    """Refuse records that their model refuses, and published ones that are not ready."""
    if not only_value(f"SELECT EXISTS (SELECT FROM {stage.plan} WHERE {stage.writes})"):
        return
    has_rules = stage.model.clean is not Model.clean
    publishes = issubclass(stage.model, Publishable) and has_published(stage)
    if not (has_rules or publishes):
        return
    with future_record(stage):
        faults = [*record_faults(stage, has_rules, publishes)]
    stage.refuse_rows(faults)
    if faults:
        stage.leave_refused()


def has_published(stage: Stage) -> bool:
    """True if any record that is written is published."""
    published = f"{stage.writes} AND status = '{Status.PUBLISHED}'"
    return only_value(f"SELECT EXISTS (SELECT FROM ({stage.future}) AS f WHERE {published})")


def record_faults(stage: Stage, has_rules: bool, publishes: bool) -> Iterator[Fault]:
    """Yield the faults of records by the code of their model."""
    rows = dict(run_sql(f"SELECT record_id, pk_row FROM {stage.plan} WHERE {stage.writes}"))
    columns = {column.attribute: column for column in stage.columns}
    for record in written_records(stage, [*rows], everything=has_rules):
        try:
            if has_rules:
                record.clean()
        except ValidationError as error:
            for attribute, reasons in error.update_error_dict({}).items():
                yield from named_faults(columns, rows[record.pk], record, attribute, ValidationError(reasons).messages)
        if publishes and record.status == Status.PUBLISHED:
            for obstacle in record.obstacles():
                yield Fault(rows[record.pk], "", "", str(obstacle))


def written_records(stage: Stage, pks: list[int], everything: bool) -> Iterator[Any]:
    """Yield the records that are written, or the published ones of them, with their links, in order."""
    is_search = [isinstance(getattr(it, "output_field", it), SearchVectorField) for it in stage.model._meta.fields]
    deferred = [field.name for field, is_it in zip(stage.model._meta.fields, is_search, strict=True) if is_it]
    links = [field.name for field in stage.model._meta.many_to_many]
    records = stage.model._base_manager.defer(*deferred).prefetch_related(*links).order_by()
    if not everything:
        records = records.filter(status=Status.PUBLISHED)
    for start in range(0, len(pks), CHECKED_TOGETHER):
        yield from records.filter(pk__in=pks[start : start + CHECKED_TOGETHER])


def named_faults(columns, row, record, attribute, reasons):
    """Yield a fault for each reason why a record's attribute is refused."""
    column = columns.get(attribute)
    for reason in reasons:
        if column and not column.is_default:
            text = column.column.widget.render(column.column.get_value(record))
            yield Fault(row, column.name, text, reason)
        elif attribute == NON_FIELD_ERRORS:
            yield Fault(row, "", "", reason)
        else:
            prefix = _("the file has no column %(column)s: ") % {"column": attribute}
            yield Fault(row, "", "", prefix + reason)
