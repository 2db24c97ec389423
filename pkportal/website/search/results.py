"""What answers to a question: counted by kind, the best of each kind, and the pages of one kind."""

from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchRank
from django.db.models import Case, CharField, F, Func, Q, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst

from pkportal.content.queries import count_each
from pkportal.content.search_index import indexed_columns, name_columns, search_query
from pkportal.content.unaccent import unaccent

from .highlighting import highlight
from .vocabulary import searchable_models

PREVIEW_RESULTS = 3
RANK_ORDER = ["-hit_named", "-hit_rank", "hit_title", "hit_kind", "hit_key"]


class SearchResult(NamedTuple):
    """One record that answers: its kind, where it is shown, and its words with those asked for marked, as safe HTML."""

    kind: str
    address: str
    title: str
    snippet: str


class ResultGroup(NamedTuple):
    """The best hits of one kind, and how many there are in all."""

    kind: str
    name: str
    number: int
    hits: list


class SearchResults:
    """What answers to some words and field words, in one kind of content or in all."""

    ordered = True

    def __init__(self, words, kind="", meanings=()):
        self.words, self.kind, self.meanings = words, kind, meanings
        self.query = search_query(words)
        self.models = {
            name: model
            for name, model in searchable_models().items()
            if all(meaning.is_answered_by(model) for meaning in meanings)
        }

    @cached_property
    def counts(self):
        """Count what answers by kind, all kinds in one query."""
        counted = count_each(self.rows()) if self.models else {}
        return {name: counted[name] for name in self.models if counted[name]}

    @property
    def total(self):
        """Count what answers in all kinds."""
        return sum(self.counts.values())

    def rows(self):
        """Give what answers by kind."""
        return {name: self.matches(model) for name, model in self.models.items()}

    def count(self):
        """Count what answers of the kind that was asked for, or of all."""
        return self.counts.get(self.kind, 0) if self.kind else self.total

    def __getitem__(self, part):
        """Load one page of hits of the kind that was asked for, and mark the words."""
        model = self.models.get(self.kind)
        return self.marked(self.ranked(model)[part]) if model and self.count() else []

    @cached_property
    def groups(self):
        """Load the best hits of each kind in one query; the kind with the best of all comes first.

        Where no words make one hit better than another, the smallest kind does: a mission before its events.
        """
        if not self.counts:
            return []
        first, *others = (self.ranked(self.models[name])[:PREVIEW_RESULTS] for name in self.counts)
        rows = first.union(*others, all=True).order_by(*RANK_ORDER) if others else first
        grouped = {}
        for row, hit in zip(rows, self.marked(rows), strict=True):
            grouped.setdefault(row[0], []).append(hit)
        groups = [ResultGroup(name, plural_name(name), self.counts[name], hits) for name, hits in grouped.items()]
        return groups if self.words else sorted(groups, key=attrgetter("number"))

    def matches(self, model):
        """Keep the public records whose words answer, or whose code is just what was typed."""
        rows = model._default_manager.published()
        for meaning in self.meanings:
            rows = meaning.narrow(rows)
        if not self.words:
            return rows
        typed = {self.words, self.words.lower(), self.words.upper()}
        named = Q(**{f"{model.key_fields[0]}__in": typed}) if len(model.key_fields) == 1 else Q()
        return rows.filter(Q(search=self.query) | named)

    def ranked(self, model):
        """Rank the matches of one kind, in columns that all kinds share."""
        codes = model.key_fields if len(model.key_fields) == 1 else []
        names = dict.fromkeys([*name_columns(model), *codes])
        called, begins = (
            Q(*((f"{name}__unaccented__{lookup}", unaccent(self.words)) for name in names), _connector=Q.OR)
            for lookup in ["iexact", "istartswith"]
        )
        return (
            self.matches(model)
            .annotate(
                hit_kind=Value(model._meta.model_name),
                hit_key=Cast(F(model.page.key), CharField()),
                hit_title=Cast(F(model.result_fields.title), CharField()),
                hit_texts=_text_columns(model),
                hit_rank=SearchRank(F("search"), self.query),
                hit_named=Case(When(called, then=2), When(begins, then=1), default=0),
            )
            .order_by(*RANK_ORDER)
            .values_list("hit_kind", "hit_key", "hit_title", "hit_texts", "hit_rank", "hit_named")
        )

    def marked(self, rows):
        """Make hits of rows: the words that were asked for are marked, all in one query."""
        titles, texts = [row[2] for row in rows], [row[3] for row in rows]
        hits = []
        for (kind, key, *_rest), (title, snippet) in zip(rows, highlight(self.words, titles, texts), strict=True):
            model = self.models[kind]
            hits.append(
                SearchResult(model._meta.verbose_name, reverse(model.page.url_name, args=[key]), title, snippet)
            )
        return hits


def _text_columns(model):
    """List the texts that search reads in a kind of record beside its names, what a list of hits shows first."""
    names = dict.fromkeys(
        [model.result_fields.text, *(name for name in indexed_columns(model) if name not in name_columns(model))]
    )
    return Func(*map(F, names), template="ARRAY[%(expressions)s]::text[]", output_field=ArrayField(TextField()))


def plural_name(kind):
    """Name a kind in the plural."""
    return capfirst(searchable_models()[kind]._meta.verbose_name_plural)
