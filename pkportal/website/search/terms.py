"""What stands in the compiled statements of a search for the words of a reader."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import TextField

from pkportal.content.statements import Parameter, Placeholder
from pkportal.content.unaccent import unaccent


class Term(Parameter):
    """A form of the words that a statement asks for."""

    WORDS = "words"
    LOWER = "words in lower case"
    UPPER = "words in upper case"
    UNACCENTED = "words without accents"

    @classmethod
    def search_query(cls) -> SearchQuery:
        """Return the full-text query for the words."""
        return SearchQuery(cls.unaccented(), search_type="websearch", config="english")

    @classmethod
    def unaccented(cls) -> Placeholder:
        """Return the words without accents as an SQL expression."""
        return Placeholder(cls.UNACCENTED, TextField())

    @classmethod
    def values(cls, words: str) -> dict[Parameter, object]:
        """Return each form of some words."""
        return {
            cls.WORDS: words,
            cls.LOWER: words.lower(),
            cls.UPPER: words.upper(),
            cls.UNACCENTED: unaccent(words),
        }
