"""What stands in the compiled statements of a search for the words of a reader."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, IntegerField, Q, TextField
from django.db.models.functions import Cast, Length, Upper
from django.db.models.lookups import Exact, GreaterThan

from pkportal.content.search_index import OnceParsed
from pkportal.content.statements import Once, Parameter, Placeholder
from pkportal.content.unaccent import unaccent

from .question import Question


class FirstLetter(Func):
    """The number of the first letter of a text, which costs next to nothing."""

    function = "ascii"
    output_field = IntegerField()


class Term(Parameter):
    """A form of the words that a statement asks for."""

    WORDS = "words"
    LOWER = "words in lower case"
    UPPER = "words in upper case"
    QUERY = "words as a full-text query"
    NAME = "the name that they may be, without accents"
    FIRST_SMALL = "the first letter of that name, small"
    FIRST_CAPITAL = "the first letter of that name, capital"
    DAY = "the day that they name"

    @classmethod
    def search_query(cls) -> SearchQuery:
        """Return the full-text query for the words."""
        return OnceParsed(Placeholder(cls.QUERY, TextField()), search_type="raw", config="english")

    @classmethod
    def stems(cls) -> Once:
        """Return the full-text query as PostgreSQL writes it, as an SQL expression."""
        query = SearchQuery(Placeholder(cls.QUERY, TextField()), search_type="raw", config="english")
        return Once(Cast(query, TextField()), output_field=TextField())

    @classmethod
    def folded(cls) -> Once:
        """Return the words without accents in capital letters as an SQL expression."""
        return Once(Upper(cls.name_typed()))

    @classmethod
    def may_begin(cls, name: str) -> Q:
        """Return the condition that a column has the first letter of the words, or one that may have an accent."""
        letters = [FirstLetter(Placeholder(letter, TextField())) for letter in (cls.FIRST_SMALL, cls.FIRST_CAPITAL)]
        is_first = [Exact(FirstLetter(name), letter) for letter in letters]
        return Q(*is_first, GreaterThan(FirstLetter(name), 127), _connector=Q.OR)

    @classmethod
    def day(cls) -> Placeholder:
        """Return the day that the words name, or an empty text, as an SQL expression."""
        return Placeholder(cls.DAY, TextField())

    @classmethod
    def length(cls) -> Length:
        """Return the number of letters of the words as an SQL expression."""
        return Length(cls.name_typed())

    @classmethod
    def name_typed(cls) -> Placeholder:
        """Return the name without accents as an SQL expression."""
        return Placeholder(cls.NAME, TextField())

    @classmethod
    def values(cls, question: Question) -> dict[Parameter, object]:
        """Return each form of the words of a question."""
        words, name = question.typed, unaccent(question.name)
        return {
            cls.WORDS: words,
            cls.LOWER: (question.code or words).lower(),
            cls.UPPER: (question.code or words).upper(),
            cls.QUERY: question.query,
            cls.NAME: name,
            cls.FIRST_SMALL: name[:1].lower(),
            cls.FIRST_CAPITAL: name[:1].upper(),
            cls.DAY: next((str(date) for date in question.dates if date.precision == "day"), ""),
        }
