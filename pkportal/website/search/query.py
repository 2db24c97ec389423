"""What a reader typed, taken apart: plain words, phrases, and field words such as ``nation:italy``."""

import re
from difflib import get_close_matches
from typing import NamedTuple

QUOTE_CHARACTERS = dict.fromkeys(map(ord, "“”„«»"), '"')
QUERY_TOKEN = re.compile(
    r'(?P<minus>-?)(?P<name>[a-z]+):[ \t]*(?P<value>"[^"]*"?|[^\s"]*)|-?"[^"]*"?|\S+', re.IGNORECASE
)


class QueryPart(NamedTuple):
    """One piece of a question as it was typed; a field word has a name, and a value that may be empty."""

    text: str
    name: str = ""
    value: str = ""

    @property
    def is_word(self):
        """Say whether this is a word that a record must have, not a phrase, an operator or something to leave out."""
        return not self.name and self.text.lower() != "or" and not self.text.startswith(("-", '"'))


class ParsedQuery(NamedTuple):
    """A question in its parts."""

    parts: tuple

    @property
    def text(self):
        """Write the question in one line."""
        return " ".join(part.text for part in self.parts)

    @property
    def words(self):
        """Write what is left to the full-text search."""
        return " ".join(part.text for part in self.parts if not part.name)

    @property
    def fields(self):
        """List the field words."""
        return [part for part in self.parts if part.name]

    def without(self, part):
        """Ask the same but for one part."""
        at = self.parts.index(part)
        return ParsedQuery((*self.parts[:at], *self.parts[at + 1 :]))

    def with_instead(self, changes):
        """Ask the same with some parts written otherwise: ``{part: "nation:italy"}``."""
        return ParsedQuery(tuple(QueryPart(changes.get(part, part.text), part.name, part.value) for part in self.parts))


def parse_query(text, names):
    """Take a question apart; only ``names`` are field words, whatever else has a colon is text."""
    parts = []
    for token in QUERY_TOKEN.finditer(text.translate(QUOTE_CHARACTERS)):
        name = (token["name"] or "").lower()
        if name in names:
            parts.append(QueryPart(token[0].strip(), token["minus"] + name, token["value"].strip('"').strip()))
        else:
            parts += [QueryPart(piece) for piece in _split_words(token[0])]
    return ParsedQuery(tuple(parts))


def _split_words(token):
    """Part again what only looked like a field word with a blank in it: ``Note: see``."""
    name, colon, value = token.partition(":")
    return [name + colon, value.strip()] if colon and value[:1].isspace() and value.strip() else [token.strip()]


def field_word(name, value):
    """Write a field word, quoted where its value has blanks."""
    return f'{name}:"{value}"' if re.search(r"\s", value) else f"{name}:{value}"


def misspelt_names(question, names):
    """Pair each text that was probably meant as a field word with how it is written: natoin:italy, nation:italy."""
    for part in question.parts:
        name, colon, value = part.text.partition(":")
        if not part.name and colon and value and name.isalpha():
            for near in get_close_matches(name.lower(), names, 1, 0.7):
                yield part, f"{near}:{value}"
