"""Search results: counted by model, the best of each model, or the pages of one model, with the words highlighted."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import CharField, F, Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import ngettext

from pkportal.content.last_stated import LastStated
from pkportal.content.queries import IsAmong, union_all
from pkportal.content.search_index import text_columns
from pkportal.content.statements import Statement, compile_statement
from pkportal.sources.models import Source

from .details import detail_columns, details_in_words, is_open
from .name_match import EXACT_NAME, name_match
from .question import Question
from .searchable import code_columns, searchable_models
from .snippets import highlight
from .terms import Term
from .vocabulary import ParsedField

PREVIEW_RESULTS = 3
MAX_KEPT_STATEMENTS = 100
MAX_RANKED = 2000  # of each model: to rank a record, the database reads all its words
RANK_ORDER = ["-result_name_match", "-result_rank", "result_title", "result_model", "result_key"]


class ResultRow(NamedTuple):
    """A row of a statement: a record found, before its texts are highlighted."""

    result_model: str
    result_key: str
    result_reference: str
    result_title: str
    result_texts: list[str]
    result_details: list[str | None]
    result_total: int
    result_rank: float
    result_name_match: int
    result_stems: str


class SearchResult(NamedTuple):
    """One record found: its model, its URL, its details, and its title and a snippet as safe HTML with marked words."""

    kind: str
    address: str
    title: SafeString
    details: str
    snippet: SafeString


class ResultGroup(NamedTuple):
    """The best results of one model, and the number of all of them."""

    kind: str
    name: str
    number: int
    results: list[SearchResult]


class SearchResults:
    """Results of some words and field words, in one model or in all; a sequence for Django's paginator."""

    ordered = True

    def __init__(self, question: Question, model_name="", fields=()):
        self.question, self.model_name, self.fields = question, model_name, tuple(fields)
        self.models = {
            name: model
            for name, model in searchable_models().items()
            if all(field.applies_to(model) for field in fields)
        }

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of results of each model that has any."""
        if not self.models:
            return {}
        if self.model_name:
            numbers = dict(self._statement(count_statement).run(Term.values(self.question)))
        else:
            numbers = {row.result_model: row.result_total for row in self._best}
        return {name: numbers[name] for name in self.models if numbers.get(name)}

    @property
    def total(self) -> int:
        """The number of results of all models."""
        return sum(self.counts.values())

    def matches_by_model(self):
        """Return the query set of the matches of each model."""
        words = self.question.typed
        typed = {words, words.lower(), words.upper()} if words else set()
        query = SearchQuery(self.question.query, search_type="raw", config="english")
        return {name: matches(model, self.fields, query, typed) for name, model in self.models.items()}

    def count(self) -> int:
        """Return the number of results that can be listed, of the chosen model or of all: the first of a model."""
        if self.model_name:
            return min(self.counts.get(self.model_name, 0), MAX_RANKED)
        return self.total

    def __getitem__(self, page: slice) -> list[SearchResult]:
        """Load one page of results of the chosen model."""
        if self.model_name not in self.models or not self.count():
            return []
        statement = self._statement(page_statement, self.model_name, page.start, page.stop)
        return self.present([*map(ResultRow._make, statement.run(Term.values(self.question)))])

    @cached_property
    def _best(self) -> list[ResultRow]:
        """The best rows of each model, each with the number of all, in one query."""
        return [
            *map(ResultRow._make, self._statement(best_statement, tuple(self.models)).run(Term.values(self.question)))
        ]

    @cached_property
    def groups(self) -> list[ResultGroup]:
        """The best results of each model; the model with the best of all comes first, sources after what they prove.

        Before it comes the model that the question names, and before that one whose name the question is. Without
        words to rank by, the model with the fewest results comes first: a mission before its events.
        """
        by_model: dict[str, list[SearchResult]] = {}
        for row, result in zip(self._best, self.present(self._best), strict=True):
            by_model.setdefault(row.result_model, []).append(result)
        groups = [ResultGroup(name, plural_name(name), self.counts[name], found) for name, found in by_model.items()]
        named = {row.result_model for row in self._best if row.result_name_match >= self._least_match(row.result_model)}
        if not self.question.typed:
            groups.sort(key=attrgetter("number"))
        return sorted(groups, key=lambda group: self._place(group.kind, named))

    def _least_match(self, name) -> int:
        """Return how well a name must match for its group to come first: that of a source in full."""
        return EXACT_NAME if self.models[name] is Source else 1

    def _place(self, name, named) -> int:
        """Return the place of a model among the groups: lower is earlier."""
        if name in named:
            return 0
        if name == self.question.kind:
            return 1
        return 3 if self.models[name] is Source else 2

    def _statement(self, make, *arguments) -> Statement:
        """Return a statement; those with field words are compiled anew, as any value may stand in them."""
        if make is count_statement:
            arguments = (tuple(self.models),)
        if self.fields:
            return make.__wrapped__(bool(self.question.typed), *arguments, fields=self.fields)
        return make(bool(self.question.typed), *arguments)

    def present(self, rows: list[ResultRow]) -> list[SearchResult]:
        """Return the rows as results, highlighted in one query."""
        titles, texts = [row.result_title for row in rows], [row.result_texts for row in rows]
        stems, results = next((row.result_stems for row in rows), ""), []
        last_stated = self._last_stated(rows)
        for row, (title, snippet) in zip(rows, highlight(self.question.query, stems, titles, texts), strict=True):
            model = self.models[row.result_model]
            address = model.page.url(row.result_key)
            address = address if model.page.is_own else f"{address}#{row.result_reference}"
            stated = last_stated.get(row.result_reference, "")
            details = details_in_words(model, row.result_details, row.result_title, stated)
            results.append(SearchResult(model._meta.verbose_name, address, title, details, snippet))
        return results

    def _last_stated(self, rows: list[ResultRow]) -> dict[str, str | None]:
        """Return by reference when it was last stated that a row without an end goes on, None if it has ended."""
        open_rows: dict[str, list[str]] = {}
        for row in rows:
            model = self.models[row.result_model]
            if issubclass(model, LastStated) and is_open(model, row.result_details):
                open_rows.setdefault(row.result_model, []).append(row.result_reference)
        found = (
            self.models[name]._default_manager.order_by().filter(reference__in=references).with_last_stated()
            for name, references in open_rows.items()
        )
        stated = [rows.values_list("reference", Cast("last_stated", TextField())) for rows in found]
        return dict(union_all(stated)) if stated else {}


def matches(model, fields: Iterable[ParsedField], query: SearchQuery, typed: set[str]) -> QuerySet:
    """Keep the public records that have the words, or whose code is what was typed; all if nothing was."""
    rows = model._default_manager.published()
    for field in fields:
        rows = field.filter(rows)
    if not typed:
        return rows
    has_code = (Q(**{f"{name}__in": typed}) for name in code_columns(model))
    return rows.filter(Q(Q(search=query), *has_code, _connector=Q.OR))


@lru_cache(MAX_KEPT_STATEMENTS)
def count_statement(has_words: bool, names: tuple[str, ...], fields: tuple = ()) -> Statement:
    """Return the statement that counts the matches of each model."""
    counted = (
        _matching_keys(name, has_words, fields).values_list(Value(name), Func(F("pk"), function="count"))
        for name in names
    )
    return compile_statement(union_all(counted))


@lru_cache(MAX_KEPT_STATEMENTS)
def best_statement(has_words: bool, names: tuple[str, ...], fields: tuple = ()) -> Statement:
    """Return the statement of the best matches of each model, with the number of all."""
    best = union_all(_ranked(name, has_words)[:PREVIEW_RESULTS] for name in names)
    rows = best.order_by(*RANK_ORDER) if len(names) > 1 else best
    tables = [(_keys_table(name), _matching_keys(name, has_words, fields)) for name in names]
    return compile_statement(rows, tables, "search_best" if has_words and not fields else "")


@lru_cache(MAX_KEPT_STATEMENTS)
def page_statement(has_words: bool, name: str, start: int, stop: int, fields: tuple = ()) -> Statement:
    """Return the statement of one page of the matches of a model."""
    keys = _matching_keys(name, has_words, fields)
    return compile_statement(_ranked(name, has_words)[start:stop], [(_keys_table(name), keys)])


def _keys_table(name):
    return f"{name}_found"


def _matching_keys(name, has_words, fields):
    """Select the keys of all matches of a model."""
    typed = {Term.WORDS, Term.LOWER, Term.UPPER} if has_words else set()
    return matches(searchable_models()[name], fields, Term.search_query(), typed).order_by().values("pk")


def _ranked(name, has_words):
    """Rank the first matches of a model, of which the keys stand in a table, in columns that all models share."""
    model, table = searchable_models()[name], _keys_table(name)
    first = RawSQL(f"ARRAY(SELECT pk FROM {table} ORDER BY pk LIMIT %s)", [MAX_RANKED])  # noqa: S608, S611 - of a model
    columns = {
        "result_model": Value(name),
        "result_key": Cast(F(model.page.key), CharField()),
        "result_reference": F("reference"),
        "result_title": Cast(F(model.result_fields.title), CharField()),
        "result_texts": _text_columns(model),
        "result_details": detail_columns(model),
        "result_total": RawSQL(f"SELECT count(*) FROM {table}", []),  # noqa: S608, S611 - of a model
        "result_rank": SearchRank(F("search"), Term.search_query()) if has_words else Value(0.0),
        "result_name_match": name_match(model) if has_words else Value(0),
        "result_stems": Term.stems() if has_words else Value(""),
    }
    return (
        model._default_manager.filter(IsAmong(F("pk"), first))
        .order_by()
        .annotate(**columns)
        .order_by(*RANK_ORDER)
        .values_list(*columns)
    )


def _text_columns(model):
    """Return an array of the texts that search reads beside the names, the text of the result fields first."""
    names = dict.fromkeys([model.result_fields.text, *text_columns(model)])
    return Func(*map(F, names), template="ARRAY[%(expressions)s]::text[]", output_field=ArrayField(TextField()))


def plural_name(model_name: str) -> str:
    """Return the plural name of a model."""
    return capfirst(searchable_models()[model_name]._meta.verbose_name_plural)


def counted_name(model_name: str, number: int) -> str:
    """Return the name of a model as it stands after a number."""
    names = searchable_models()[model_name]._meta
    return ngettext(str(names.verbose_name), str(names.verbose_name_plural), number)
