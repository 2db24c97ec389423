"""Search results: counted by model, the best of each model, or the pages of one model, with the words highlighted."""

import unicodedata
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchRank
from django.db import connection
from django.db.models import Case, CharField, F, Func, Q, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst

from pkportal.content.queries import count_each, union_all
from pkportal.content.search_index import indexed_columns, search_query, title_columns
from pkportal.content.unaccent import unaccent, unaccent_letters
from pkportal.sources.markdown import plain_text

from .searchable import searchable_models

PREVIEW_RESULTS = 3
RANK_ORDER = ["-result_name_match", "-result_rank", "result_title", "result_model", "result_key"]
RESULT_COLUMNS = ["result_model", "result_key", "result_title", "result_texts", "result_rank", "result_name_match"]
MARK_START, MARK_END, LESS_THAN = "\x02", "\x03", "\x04"  # control characters: removed from every text first
MARK_CHARACTERS = dict.fromkeys(map(ord, MARK_START + MARK_END + LESS_THAN))
TITLE_OPTIONS = f'HighlightAll=true, StartSel="{MARK_START}", StopSel="{MARK_END}"'
MAX_WORDS = 28
FRAGMENT_GAP = " … "
PASSAGE_OPTIONS = (
    f'MaxFragments=2, MaxWords={MAX_WORDS}, MinWords=14, FragmentDelimiter="{FRAGMENT_GAP}", '
    f'StartSel="{MARK_START}", StopSel="{MARK_END}"'
)
HIGHLIGHT_SQL = """
SELECT ts_headline('english', title, query, %(title_options)s), ts_headline('english', body, query, %(body_options)s)
FROM unnest(%(titles)s::text[], %(bodies)s::text[]) WITH ORDINALITY AS result (title, body, position),
    websearch_to_tsquery('english', %(words)s) AS query
ORDER BY position
"""


class SearchResult(NamedTuple):
    """One record found: its model, its URL, and its title and a snippet as safe HTML with the words marked."""

    kind: str
    address: str
    title: SafeString
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

    def __init__(self, words, model_name="", fields=()):
        self.words, self.model_name, self.fields = words, model_name, fields
        self.search_query = search_query(words)
        self.models = {
            name: model
            for name, model in searchable_models().items()
            if all(field.applies_to(model) for field in fields)
        }

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of results of each model that has any, counted in one query."""
        numbers = count_each(self.matches_by_model()) if self.models else {}
        return {name: numbers[name] for name in self.models if numbers[name]}

    @property
    def total(self) -> int:
        """The number of results of all models."""
        return sum(self.counts.values())

    def matches_by_model(self):
        """Return the query set of the matches of each model."""
        return {name: self.matches(model) for name, model in self.models.items()}

    def count(self) -> int:
        """Return the number of results of the chosen model, or of all."""
        return self.counts.get(self.model_name, 0) if self.model_name else self.total

    def __getitem__(self, page: slice) -> list[SearchResult]:
        """Load one page of results of the chosen model."""
        model = self.models.get(self.model_name)
        return self.present(self.ranked(model)[page]) if model and self.count() else []

    @cached_property
    def groups(self) -> list[ResultGroup]:
        """The best results of each model, in one query; the model with the best of all comes first.

        Without words to rank by, the model with the fewest results comes first: a mission before its events.
        """
        if not self.counts:
            return []
        best = union_all([self.ranked(self.models[name])[:PREVIEW_RESULTS] for name in self.counts])
        rows = best.order_by(*RANK_ORDER) if len(self.counts) > 1 else best
        by_model: dict[str, list[SearchResult]] = {}
        for row, result in zip(rows, self.present(rows), strict=True):
            by_model.setdefault(row.result_model, []).append(result)
        groups = [ResultGroup(name, plural_name(name), self.counts[name], found) for name, found in by_model.items()]
        return groups if self.words else sorted(groups, key=attrgetter("number"))

    def matches(self, model):
        """Keep the public records that have the words, or whose code is exactly what was typed."""
        rows = model._default_manager.published()
        for field in self.fields:
            rows = field.filter(rows)
        if not self.words:
            return rows
        typed = {self.words, self.words.lower(), self.words.upper()}
        has_code = Q(**{f"{model.key_fields[0]}__in": typed}) if len(model.key_fields) == 1 else Q()
        return rows.filter(Q(search=self.search_query) | has_code)

    def ranked(self, model):
        """Rank the matches of one model, in columns that all models share."""
        codes = model.key_fields if len(model.key_fields) == 1 else []
        names = dict.fromkeys([*title_columns(model), *codes])
        is_name, begins_name = (
            Q(*((f"{name}__unaccented__{lookup}", unaccent(self.words)) for name in names), _connector=Q.OR)
            for lookup in ["iexact", "istartswith"]
        )
        return (
            self.matches(model)
            .annotate(
                result_model=Value(model._meta.model_name),
                result_key=Cast(F(model.page.key), CharField()),
                result_title=Cast(F(model.result_fields.title), CharField()),
                result_texts=_text_columns(model),
                result_rank=SearchRank(F("search"), self.search_query),
                result_name_match=Case(When(is_name, then=2), When(begins_name, then=1), default=0),
            )
            .order_by(*RANK_ORDER)
            .values_list(*RESULT_COLUMNS, named=True)
        )

    def present(self, rows) -> list[SearchResult]:
        """Return the rows as results, highlighted in one query."""
        titles, texts = [row.result_title for row in rows], [row.result_texts for row in rows]
        results = []
        for row, (title, snippet) in zip(rows, highlight(self.words, titles, texts), strict=True):
            model = self.models[row.result_model]
            address = reverse(model.page.url_name, args=[row.result_key])
            results.append(SearchResult(model._meta.verbose_name, address, title, snippet))
        return results


def _text_columns(model):
    """Return an array of the texts that search reads beside the names, the text of the result fields first."""
    names = dict.fromkeys(
        [model.result_fields.text, *(name for name in indexed_columns(model) if name not in title_columns(model))]
    )
    return Func(*map(F, names), template="ARRAY[%(expressions)s]::text[]", output_field=ArrayField(TextField()))


def plural_name(model_name: str) -> str:
    """Return the plural name of a model."""
    return capfirst(searchable_models()[model_name]._meta.verbose_name_plural)


def highlight(words: str, titles: list[str], texts: list[list[str]]) -> list[tuple[str, str]]:
    """Return each title, and a snippet of the texts below it, as safe HTML with the words marked, in one query.

    Without words to mark, a snippet is the beginning of the texts.
    """
    titles = [_normalise(title) for title in titles]
    bodies = [_normalise(FRAGMENT_GAP.join(filter(None, map(plain_text, parts)))) for parts in texts]
    if not words:
        return [(title, Truncator(body).words(MAX_WORDS)) for title, body in zip(titles, bodies, strict=True)]
    parameters = {
        "titles": [*map(_database_text, titles)],
        "bodies": [*map(_database_text, bodies)],
        "words": unaccent(words),
    }
    with connection.cursor() as cursor:
        cursor.execute(HIGHLIGHT_SQL, {"title_options": TITLE_OPTIONS, "body_options": PASSAGE_OPTIONS, **parameters})
        headlines = cursor.fetchall()
    return [
        (
            _highlighted_html(restore_accents(headline, title)),
            _highlighted_html(mark_omissions(restore_accents(passage, body), body)),
        )
        for (headline, passage), title, body in zip(headlines, titles, bodies, strict=True)
    ]


def _normalise(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(MARK_CHARACTERS))


def _database_text(text: str) -> str:
    """Return a text of the same length without accents and without “<”: PostgreSQL would drop a tag."""
    return unaccent_letters(text).replace("<", LESS_THAN)


def restore_accents(headline: str, text: str) -> str:
    """Return a headline that was made without accents with the letters of its text, accents included."""
    unaccented, start, pieces = unaccent_letters(text), 0, []
    for piece in headline.replace(LESS_THAN, "<").split(FRAGMENT_GAP):
        bare = piece.replace(MARK_START, "").replace(MARK_END, "")
        start = unaccented.find(bare, start)
        if start < 0:  # not found in the text: better without accents than wrong
            return headline.replace(LESS_THAN, "<")
        accented = iter(text[start : start + len(bare)])
        pieces.append("".join(letter if letter in MARK_START + MARK_END else next(accented) for letter in piece))
        start += len(bare)
    return FRAGMENT_GAP.join(pieces)


def mark_omissions(headline: str, body: str) -> str:
    """Return a headline with an ellipsis where it leaves words of its text out."""
    first, *_others = fragments = headline.replace(MARK_START, "").replace(MARK_END, "").split(FRAGMENT_GAP)
    last = fragments[-1]
    before = "" if body.startswith(first) else "… "
    rest = body[body.rfind(last) + len(last) :]
    return f"{before}{headline}{' …' if len(rest) > 1 else rest}"  # a headline drops the last full stop


def _highlighted_html(text: str) -> SafeString:
    """Return safe HTML in which nothing but the marks is markup."""
    html = escape(text).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")
    return mark_safe(html)  # noqa: S308 - escaped in the line above
