"""Contracts of records that have an address: the page that shows them, and how search finds and lists them."""

from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.core import checks
from django.db import models
from django.urls import get_resolver, get_script_prefix, get_urlconf, reverse

from .contracts import check_generated_column, check_lookup
from .models import Record, RecordQuerySet


class Page(NamedTuple):
    """The page that shows a record: the name of a URL, and the lookup of its one argument.

    A record without a page of its own names the page it is shown on: ``Page("mission", key="mission__code")``.
    """

    url_name: str
    key: str

    @property
    def is_own(self) -> bool:
        """True if the page is the record's own, not that of another record."""
        return "__" not in self.key

    def url(self, key: Any) -> str:
        """Return the address of the page with this argument."""
        return _address(self.url_name, key, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(10_000)
def _address(url_name, key, _urlconf, _prefix):
    """Reverse a URL once a process: a page of a mission has over a hundred links."""
    return reverse(url_name, args=[key])


class Period(NamedTuple):
    """The lookups of two partial dates, between which something lasted; a list of results shows their years."""

    start: str
    end: str


class ResultFields(NamedTuple):
    """The lookups of what a list of results shows of a record: its title, its text, and its details.

    The details tell a record from others of the same title: a symbol, a post, a date, a ``Period``. Where the title is
    a person, the last word of it is a name, too.
    """

    title: str
    text: str
    details: tuple[str | Period, ...] = ()
    is_person: bool = False

    @property
    def detail_lookups(self) -> list[str]:
        """The lookups of the details; a period has two."""
        return [lookup for it in self.details for lookup in (it if isinstance(it, Period) else [it])]

    @property
    def lookups(self) -> list[str]:
        """All lookups."""
        return [self.title, self.text, *self.detail_lookups]


class SearchMethod(NamedTuple):
    """A field word that calls a query set method; ``value`` is the lookup or the model of what the word may name."""

    method: Callable
    value: str | type[models.Model]


class WrittenForm(NamedTuple):
    """A pattern of what people write, the words that texts have instead, and the name that is meant by it alone."""

    pattern: str
    words: str
    name: str


class OtherNames(NamedTuple):
    """Where other names are: the relation to rows with a ``name`` and a ``kind``, and the kinds that are left out.

    A code of one list may mean another record in others, so it is no name. ``codes`` are columns of the record that are
    compared as a whole, as the word of a text is not: its search need not have them.
    """

    relation: str
    without: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def rows(self, model: type[models.Model]) -> models.QuerySet:
        """Return the other names of all records that the public may read."""
        names = model._meta.get_field(self.relation).related_model
        return names._default_manager.published().exclude(kind__in=self.without)

    def codes_in_lists(self, model: type[models.Model]) -> models.QuerySet:
        """Return the codes of public records in other lists, each of which may mean another record in another list."""
        names = model._meta.get_field(self.relation).related_model
        return names._default_manager.published().filter(kind__in=self.without)

    def owner(self, model: type[models.Model]) -> str:
        """Return the name of the field that leads from a name to its record."""
        return model._meta.get_field(self.relation).field.name


class PageQuerySet(RecordQuerySet):
    """Query set of records that have a page."""

    def for_links(self):
        """Load what a list of links shows of each record: no long column but the text of its ``result_fields``."""
        return self.defer(
            *(
                field.name
                for field in self.model._meta.concrete_fields
                if is_long(field) and field.name not in self.model.result_fields.lookups
            )
        )


def is_long(field) -> bool:
    """True for a column of text, for an array and for a search index, generated ones included."""
    stored = field.output_field if isinstance(field, models.GeneratedField) else field
    return isinstance(stored, models.TextField | ArrayField | SearchVectorField)


class HasPage(Record):
    """A record that a reader can be sent to.

    ``search_fields`` maps the field words of a search (``nation:italy``) to a lookup, several lookups or a
    ``SearchMethod``. A lookup ends in a record, a choice, a text or a partial date. ``names_in`` says where more names
    are, and ``also_called`` what such records are called beside their verbose name.
    """

    page: Page
    result_fields: ResultFields
    search_fields: dict[str, Any] = {}
    names_in: OtherNames | None = None
    also_called: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def get_absolute_url(self):
        """Return the address of the page that shows this record."""
        return self.page.url(attrgetter(self.page.key.replace("__", "."))(self))

    @classmethod
    def check(cls, **kwargs):
        """Check the page, the result fields and the search fields."""
        errors = [*super().check(**kwargs), *cls._check_page(), *cls._check_result_fields()]
        return [*errors, *cls._check_search_fields()]

    @classmethod
    def _check_page(cls):
        if not isinstance(getattr(cls, "page", None), Page):
            yield checks.Error(
                f"{cls._meta.label}.page is not a Page.",
                hint='Set page = Page("url-name", key="code").',
                obj=cls,
                id="content.E010",
            )
            return
        yield from check_lookup(cls, "page", cls.page.key, "content.E011")
        urls = get_resolver().reverse_dict.getlist(cls.page.url_name)
        takes_one = any(len(arguments) == 1 for possibilities, *_ in urls for _url, arguments in possibilities)
        if not takes_one:
            fault = "takes no single argument" if urls else "does not exist"
            yield checks.Error(
                f"{cls._meta.label}.page names the URL “{cls.page.url_name}”, which {fault}.",
                obj=cls,
                id="content.E012",
            )

    @classmethod
    def _check_result_fields(cls):
        if not isinstance(getattr(cls, "result_fields", None), ResultFields):
            yield checks.Error(
                f"{cls._meta.label}.result_fields is not a ResultFields.",
                hint='Set result_fields = ResultFields(title="name", text="summary").',
                obj=cls,
                id="content.E013",
            )
            return
        for lookup in cls.result_fields.lookups:
            yield from check_lookup(cls, "result_fields", lookup, "content.E014")

    @classmethod
    def _check_search_fields(cls):
        for word, targets in cls.search_fields.items():
            attribute = f'search_fields["{word}"]'
            for target in targets if isinstance(targets, list) else [targets]:
                lookup = target.value if isinstance(target, SearchMethod) else target
                if isinstance(lookup, str):
                    yield from check_lookup(cls, attribute, lookup, "content.E015")
                elif not isinstance(target, SearchMethod):
                    yield checks.Error(
                        f"{cls._meta.label}.{attribute} is neither a lookup nor a SearchMethod: {target!r}.",
                        obj=cls,
                        id="content.E017",
                    )


class Searchable(HasPage):
    """A record that full-text search finds; it declares ``search = search_field(…)`` with a GIN index.

    ``written_forms`` are other ways to write what such records are called, and ``kind_words`` what people call them
    beside the name of the model.
    """

    written_forms: list[WrittenForm] = []
    kind_words: list[str] = []

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs):
        """Check that the column of search words is there."""
        return [*super().check(**kwargs), *check_generated_column(cls, "search", "search_field", "content.E016")]
