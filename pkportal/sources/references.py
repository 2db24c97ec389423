"""The sources of one page, numbered in the order in which its texts first name them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from django.utils.text import slugify

from .links import is_external


@dataclass(slots=True)
class Mention:
    """One place of the page where a source is named."""

    number: int
    source: object
    pinpoint: str
    anchor: str


@dataclass(slots=True)
class ReferenceEntry:
    """One numbered source of the page, with the places that lead to it."""

    number: int
    source: object
    mentions: list = field(default_factory=list)

    @property
    def address(self):
        """Give the source's own address if a browser may safely follow it."""
        return self.source.url if self.source.url and is_external(self.source.url) else ""


class References:
    """The numbering that all texts of a page share; list it after the last of them is rendered."""

    def __init__(self, sources=()):
        self._sources = dict(sources) if isinstance(sources, Mapping) else {it.code: it for it in sources}
        self._cited = {}
        self._added = {}
        self._headings = set()

    def add(self, source):
        """List a source of the record even if no text names it; it then follows the cited ones."""
        self._sources.setdefault(source.code, source)
        self._added.setdefault(source.code, source)

    def cite(self, code, pinpoint=""):
        """Note one mention of a source and give it its number; ``None`` for a code nobody knows."""
        source = self._sources.get(code)
        if source is None:
            return None
        entry = self._cited.setdefault(code, ReferenceEntry(len(self._cited) + 1, source))
        nth = len(entry.mentions) + 1
        anchor = f"note-{entry.number}" if nth == 1 else f"note-{entry.number}-{nth}"
        mention = Mention(entry.number, source, pinpoint, anchor)
        entry.mentions.append(mention)
        return mention

    def heading_anchor(self, title):
        """Make the id of a heading from its words, once on a page; the prefix keeps it apart from the page's own."""
        anchor = f"section-{slugify(title, allow_unicode=True)}".rstrip("-")
        candidates = (anchor if nth == 1 else f"{anchor}-{nth}" for nth in count(1))
        free = next(candidate for candidate in candidates if candidate not in self._headings)
        self._headings.add(free)
        return free

    def __iter__(self):
        yield from self._cited.values()
        uncited = (source for code, source in self._added.items() if code not in self._cited)
        for number, source in enumerate(uncited, len(self._cited) + 1):
            yield ReferenceEntry(number, source)

    def __len__(self):
        return len(self._cited | self._added)
