"""Parser of search queries: plain words, phrases, and field words such as ``nation:italy``."""

import re
from collections.abc import Mapping
from typing import NamedTuple

QUOTE_CHARACTERS = dict.fromkeys(map(ord, "“”„«»"), '"')
QUERY_TOKEN = re.compile(
    r'(?P<minus>-?)(?P<name>[a-z]+):[ \t]*(?P<value>"[^"]*"?|[^\s"]*)|-?"[^"]*"?|\S+', re.IGNORECASE
)


class QueryPart(NamedTuple):
    """One part of a query as it was typed; a field word has a name, and a value that may be empty."""

    text: str
    name: str = ""
    value: str = ""

    @property
    def is_word(self) -> bool:
        """True for a word that a record must have: no phrase, no operator, nothing to leave out."""
        return not self.name and self.text.lower() != "or" and not self.text.startswith(("-", '"'))


class ParsedQuery(NamedTuple):
    """A query in its parts."""

    parts: tuple[QueryPart, ...]

    @property
    def text(self) -> str:
        """The whole query in one line."""
        return " ".join(part.text for part in self.parts)

    @property
    def words(self) -> str:
        """The query without its field words, for full-text search."""
        return " ".join(part.text for part in self.parts if not part.name)

    @property
    def fields(self) -> list[QueryPart]:
        """The field words."""
        return [part for part in self.parts if part.name]

    def without(self, part: QueryPart) -> "ParsedQuery":
        """Return the query without one of its parts."""
        index = self.parts.index(part)
        return ParsedQuery((*self.parts[:index], *self.parts[index + 1 :]))

    def with_replaced(self, changes: dict[QueryPart, str]) -> "ParsedQuery":
        """Return the query with the text of some parts replaced: ``{part: "nation:italy"}``."""
        return ParsedQuery(tuple(QueryPart(changes.get(part, part.text), part.name, part.value) for part in self.parts))


def parse_query(text: str, names: Mapping[str, str]) -> ParsedQuery:
    """Split a query into its parts; only ``names`` are field words, anything else with a colon is text.

    They are mapped to the field words that they stand for: country to nation.
    """
    parts = []
    for token in QUERY_TOKEN.finditer(text.translate(QUOTE_CHARACTERS)):
        if name := names.get((token["name"] or "").lower(), ""):
            value = token["value"].strip('"').strip()
            minus = token["minus"] or ("-" if value.startswith("-") else "")
            parts.append(QueryPart(token[0].strip(), minus + name, value.removeprefix("-")))
        else:
            parts += [QueryPart(piece) for piece in _split_words(token[0])]
    return ParsedQuery(tuple(parts))


def _split_words(token: str) -> list[str]:
    """Split what only looked like a field word with a space in it: ``Note: see``."""
    name, colon, value = token.partition(":")
    return [name + colon, value.strip()] if colon and value[:1].isspace() and value.strip() else [token.strip()]


def field_word(name: str, value: str) -> str:
    """Return a field word; a value with spaces is quoted."""
    return f'{name}:"{value}"' if re.search(r"\s", value) else f"{name}:{value}"
