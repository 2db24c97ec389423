"""Footnotes of a page: the sources of all its records, loaded in one query."""

from collections.abc import Iterator

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from .models import Source
from .references import References


def with_sources(rows):
    """Annotate each record with the codes of the sources it lists, as ``source_codes``."""
    records = rows.model._meta.get_field("sources").related_query_name()
    return rows.annotate(source_codes=ArraySubquery(source_codes_of(records)))


def source_codes_of(records):
    """Return a subquery of the codes of the sources of a record: ``source_codes_of("appointments")``."""
    return Source.objects.filter(**{records: OuterRef("pk")}).order_by("code").values("code")


def references_to(*records) -> References:
    """Return the reference list of a page: every source that its records cite, list or are stated by.

    A record is a model instance, or a dictionary or object in place of one. Sources that the page never cites by
    number are listed too.
    """
    codes = {code for record in records for code in cited_codes_of(record)}
    references = References()
    for source in Source.objects.filter(code__in=codes).order_by("code").defer("search"):
        references.add(source)
    return references


def cited_codes_of(record) -> Iterator[str]:
    """Yield the codes of the sources that a record cites, lists or is stated by, as far as they were loaded."""
    loaded = record if isinstance(record, dict) else vars(record)
    yield from loaded.get("cited") or ()
    yield from loaded.get("source_codes") or ()
    if "source_id" in loaded:
        yield record.source.code
    elif loaded.get("source"):
        yield loaded["source"]
