"""What a check compares: the values of a record, and the passages of its sources."""

from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.admin.utils import display_for_field
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from pkportal.changes.verdicts import Check, Verdict
from pkportal.content.checking import Checkable
from pkportal.sources.citations import citations_of
from pkportal.sources.fields import MarkdownField
from pkportal.sources.markdown import render_markdown
from pkportal.sources.models import Source
from pkportal.sources.references import References


class ComparedSource(NamedTuple):
    """A source of a record, and the places in it that the record's texts name."""

    source: Source
    places: list[str]


def compared_sources(record: Checkable) -> list[ComparedSource]:
    """Return the sources of a record: the one it is stated by, those that its texts cite, those that it lists."""
    places: dict[str, list[str]] = {}
    for field in record._meta.fields:
        if field.related_model is Source and getattr(record, field.attname):
            places.setdefault(getattr(record, field.name).code, [])
    for text in (getattr(record, field.name) for field in record._meta.fields if isinstance(field, MarkdownField)):
        for citation in citations_of(text):
            found = places.setdefault(citation.code, [])
            if citation.pinpoint and citation.pinpoint not in found:
                found.append(citation.pinpoint)
    listed = record.sources.values_list("code", flat=True).order_by("code") if hasattr(record, "sources") else ()
    for code in listed:
        places.setdefault(code, [])
    sources = Source.objects.defer("search").in_bulk([*places], field_name="code")
    return [ComparedSource(sources[code], found) for code, found in places.items() if code in sources]


def checked_values(record: Checkable, passages: list[ComparedSource]) -> Iterator[tuple[str, SafeString | str]]:
    """Yield the label and the value of each column that the check covers, texts with their notes; empty ones not."""
    references = References(passage.source for passage in passages)
    by_column = {field.attname: field for field in record._meta.fields}
    for field in (by_column[name] for name in record.checked_fields):
        value = getattr(record, field.name)
        if value in (None, "", []):
            continue
        if isinstance(field, MarkdownField):
            shown = render_markdown(value, references)
        elif field.is_relation:
            shown = str(value)
        else:
            shown = display_for_field(value, field, "–")
        yield capfirst(field.verbose_name), shown


def suggested(user, passages: list[ComparedSource]) -> dict[str, str]:
    """Return the source and the place that the form begins with: those the text names, or the account's last ones."""
    if not passages:
        return {"source": "", "place": ""}
    source, places = passages[0]
    if not places:
        last = Check.objects.filter(by=user, source_code=source.code, verdict=Verdict.RIGHT).first()
        places = [last.place] if last else [""]
    return {"source": source.code, "place": places[0]}
