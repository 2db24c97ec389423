"""References of one page: the sources of all its records, numbered in the order in which its texts first cite them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.text import slugify

from pkportal.content.queries import compiled

from .citations import is_external
from .models import Source


@dataclass(slots=True)
class Mention:
    """One place of the page where a source is cited."""

    number: int
    source: Source
    pinpoint: str
    anchor: str


@dataclass(slots=True)
class ReferenceEntry:
    """One numbered source of the page, with the places that cite it."""

    number: int
    source: Source
    mentions: list[Mention] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The URL of the source, or nothing if it is not a web address."""
        return self.source.url if self.source.url and is_external(self.source.url) else ""


class References:
    """The numbered sources that all texts of a page share; list them after the last text is rendered."""

    def __init__(self, sources=()):
        self._sources = dict(sources) if isinstance(sources, Mapping) else {source.code: source for source in sources}
        self._cited = {}
        self._added = {}
        self._headings = set()
        self.terms_used: set[str] = set()

    def add(self, source) -> None:
        """Add a source even if no text cites it; uncited sources follow the cited ones."""
        self._sources.setdefault(source.code, source)
        self._added.setdefault(source.code, source)

    def cite(self, code: str, pinpoint: str = "") -> Mention | None:
        """Add a mention of a source and return it with its number, or None for an unknown code."""
        source = self._sources.get(code)
        if source is None:
            return None
        entry = self._cited.setdefault(code, ReferenceEntry(len(self._cited) + 1, source))
        nth = len(entry.mentions) + 1
        anchor = f"note-{entry.number}" if nth == 1 else f"note-{entry.number}-{nth}"
        mention = Mention(entry.number, source, pinpoint, anchor)
        entry.mentions.append(mention)
        return mention

    def cited_entry(self, code: str) -> ReferenceEntry | None:
        """Return the entry of a source that was cited already, or None."""
        return self._cited.get(code)

    def heading_anchor(self, title: str) -> str:
        """Return an id for a heading, unique on the page; the prefix separates it from the ids of the template."""
        anchor = f"section-{slugify(title, allow_unicode=True)}".rstrip("-")
        candidates = (anchor if nth == 1 else f"{anchor}-{nth}" for nth in count(1))
        unused = next(candidate for candidate in candidates if candidate not in self._headings)
        self._headings.add(unused)
        return unused

    def __iter__(self):
        yield from self._cited.values()
        uncited = (source for code, source in self._added.items() if code not in self._cited)
        for number, source in enumerate(uncited, len(self._cited) + 1):
            yield ReferenceEntry(number, source)

    def __len__(self):
        return len(self._cited | self._added)


def with_sources(rows):
    """Annotate each record with the codes of the sources it lists, as ``source_codes``."""
    return rows.annotate(source_codes=_listed_codes(rows.model))


@cache
def _listed_codes(model):
    records = model._meta.get_field("sources").related_query_name()
    return compiled(model, ArraySubquery(source_codes_of(records)))


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
