"""What stands in the compiled statements of a search for the words of a reader."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import TextField
from django.db.models.functions import Length, Upper

from pkportal.content.statements import Once, Parameter, Placeholder
from pkportal.content.unaccent import unaccent


class OnceParsed(SearchQuery):
    """A full-text query that the database parses once a statement, and not again for each row."""

    def as_sql(self, compiler, connection, function=None, template=None):
        """Return a subquery."""
        sql, parameters = super().as_sql(compiler, connection, function, template)
        return f"(SELECT {sql})", parameters


class Term(Parameter):
    """A form of the words that a statement asks for."""

    WORDS = "words"
    LOWER = "words in lower case"
    UPPER = "words in upper case"
    UNACCENTED = "words without accents"

    @classmethod
    def search_query(cls) -> SearchQuery:
        """Return the full-text query for the words."""
        return OnceParsed(cls.unaccented(), search_type="websearch", config="english")

    @classmethod
    def folded(cls) -> Once:
        """Return the words without accents in capital letters as an SQL expression."""
        return Once(Upper(cls.unaccented()))

    @classmethod
    def length(cls) -> Once:
        """Return the number of letters of the words as an SQL expression."""
        return Once(Length(cls.unaccented()))

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
