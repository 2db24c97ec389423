"""The sources of all that one page shows, loaded in one query and numbered as the page names them."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from pkportal.sources.models import Source
from pkportal.sources.references import References


def with_sources(rows):
    """Name each record's own sources, as ``source_codes``, in the query that loads it."""
    records = rows.model._meta.get_field("sources").related_query_name()
    return rows.annotate(source_codes=ArraySubquery(source_codes_of(records)))


def source_codes_of(records):
    """Ask for the codes of the sources of a record in the query around this one: ``sources_of("appointments")``."""
    return Source.objects.filter(**{records: OuterRef("pk")}).order_by("code").values("code")


def references_to(*records):
    """Make the reference list of a page from all that is on it, by whatever that cites, lists or stands on.

    A record is a model's or a plain object in place of one. What the page puts no number to is listed all the same.
    """
    codes = {code for record in records for code in cited_codes_of(record)}
    references = References()
    for source in Source.objects.filter(code__in=codes).order_by("code").defer("search"):
        references.add(source)
    return references


def cited_codes_of(record):
    """Give the codes of the sources that one record cites, lists or stands on, as far as they were loaded."""
    loaded = record if isinstance(record, dict) else vars(record)
    yield from loaded.get("cited") or ()
    yield from loaded.get("source_codes") or ()
    if "source_id" in loaded:
        yield record.source.code
    elif loaded.get("source"):
        yield loaded["source"]
