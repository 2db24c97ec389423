"""Search over everything public that has an address: one question, every kind of content, the best first."""

from functools import cached_property
from typing import NamedTuple

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import CombinedSearchVector, SearchQuery, SearchRank
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Case, CharField, F, Func, Q, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from pkportal.publishing.pages import Paged
from pkportal.sourcing.markdown import plain

from .kinds import count_each, kinds

START, STOP = "\x02", "\x03"  # taken out of every text before it is marked, so they can only be ours
UNMARKED = dict.fromkeys(map(ord, START + STOP))
WHOLE = f'HighlightAll=true, StartSel="{START}", StopSel="{STOP}"'
BETWEEN = " … "
PARTS = f'MaxFragments=2, MaxWords=28, MinWords=14, FragmentDelimiter="{BETWEEN}", StartSel="{START}", StopSel="{STOP}"'
HEADLINES = """
SELECT ts_headline('english', title, query, %(whole)s), ts_headline('english', body, query, %(parts)s)
FROM unnest(%(titles)s::text[], %(bodies)s::text[]) WITH ORDINALITY AS hit (title, body, place),
    websearch_to_tsquery('english', %(words)s) AS query
ORDER BY place
"""


def searchable():
    """Give the kinds that search covers, by name: those with an address and a column of words."""
    return {
        model._meta.model_name: model
        for model in kinds(Paged)
        if any(field.name == "search" for field in model._meta.fields)
    }


class Hit(NamedTuple):
    """One record that answers: its kind, where it is shown, and its words with those asked for marked, as safe HTML."""

    kind: str
    address: str
    title: str
    snippet: str


class Found:
    """What answers to some words, counted by kind at once and loaded a page at a time."""

    ordered = True

    def __init__(self, words, kind=""):
        self.words, self.kind = words, kind
        self.query = SearchQuery(words, search_type="websearch", config="english")
        self.models = searchable()

    @cached_property
    def counts(self):
        """Count what answers by kind, all kinds in one query."""
        counted = count_each({name: self.matches(model) for name, model in self.models.items()})
        return {name: counted[name] for name in self.models if counted[name]}

    def count(self):
        """Count what answers of the kind that was asked for, or of all."""
        return self.counts.get(self.kind, 0) if self.kind else sum(self.counts.values())

    def __getitem__(self, part):
        """Load one page of hits, whatever its kinds, in one query, and mark the words in another."""
        asked = [self.models[self.kind]] if self.kind else self.models.values()
        first, *others = (self.ranked(model) for model in asked)
        best = first.union(*others, all=True).order_by("-hit_named", "-hit_rank", "hit_title", "hit_kind", "hit_key")
        return self.marked(best[part])

    def matches(self, model):
        """Keep the public records whose words answer, or whose code is just what was typed."""
        typed = {self.words, self.words.lower(), self.words.upper()}
        named = Q(**{f"{model.natural_key[0]}__in": typed}) if len(model.natural_key) == 1 else Q()
        return model._default_manager.published().filter(Q(search=self.query) | named)

    def ranked(self, model):
        """Rank the matches of one kind, in columns that all kinds share."""
        title, *_rest = names = [model.hit[0], model.page[1]]
        if len(model.natural_key) == 1:
            names.append(model.natural_key[0])
        named = Q(*((f"{name}__iexact", self.words) for name in names if "__" not in name), _connector=Q.OR)
        return (
            self.matches(model)
            .order_by()
            .annotate(
                hit_kind=Value(model._meta.model_name),
                hit_key=Cast(F(model.page[1]), CharField()),
                hit_title=Cast(F(title), CharField()),
                hit_texts=searched_texts(model),
                hit_rank=SearchRank(F("search"), self.query),
                hit_named=Case(When(named, then=1), default=0),
            )
            .values_list("hit_kind", "hit_key", "hit_title", "hit_texts", "hit_rank", "hit_named")
        )

    def marked(self, rows):
        """Mark the words that were asked for, in titles and in the passages where they stand."""
        rows = [*rows]
        if not rows:
            return []
        titles = [row[2].translate(UNMARKED) for row in rows]
        bodies = [BETWEEN.join(filter(None, map(plain, row[3]))).translate(UNMARKED) for row in rows]
        with connection.cursor() as cursor:
            asked = {"titles": titles, "bodies": bodies, "words": self.words}
            cursor.execute(HEADLINES, {"whole": WHOLE, "parts": PARTS, **asked})
            headlines = cursor.fetchall()
        hits = []
        for (kind, key, *_rest), body, (title, snippet) in zip(rows, bodies, headlines, strict=True):
            model = self.models[kind]
            address = reverse(model.page[0], args=[key])
            hits.append(Hit(model._meta.verbose_name, address, marks(title), marks(passages(snippet, body))))
        return hits


def searched_texts(model):
    """List the texts that search reads in a kind of record beside its title, what a list of hits shows first."""
    vector = model._meta.get_field("search").expression
    _title, *texts = vector.get_source_expressions() if isinstance(vector, CombinedSearchVector) else [vector]
    read = [it.name for text in texts for it in text.flatten() if isinstance(it, F)]
    names = [F(name) for name in dict.fromkeys([model.hit[1], *read])]
    return Func(*names, template="ARRAY[%(expressions)s]::text[]", output_field=ArrayField(TextField()))


def passages(headline, body):
    """Show by dots where a passage leaves words out."""
    shown = headline.replace(START, "").replace(STOP, "").split(BETWEEN)
    before = "" if body.startswith(shown[0]) else "… "
    rest = body[body.rfind(shown[-1]) + len(shown[-1]) :]
    return f"{before}{headline}{' …' if len(rest) > 1 else rest}"  # a headline drops the last full stop


def marks(text):
    """Turn what the database marked into HTML in which nothing but the marks is markup."""
    marked = escape(text).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(marked)  # noqa: S308 - escaped in the line above


class SearchForm(forms.Form):
    """The words to look for, and in which kind of content."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False, widget=forms.TextInput({"type": "search"}))
    kind = forms.ChoiceField(label=_("In"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = [(name, capfirst(model._meta.verbose_name_plural)) for name, model in searchable().items()]
        self.fields["kind"].choices = [("", _("everything")), *found]


class SearchPage(TemplateView):
    """What the record has on some words."""

    template_name = "reading/search.html"

    def get_context_data(self, **kwargs):
        """Answer a question that makes sense; without one, only explain."""
        form = SearchForm(self.request.GET)
        context = super().get_context_data(form=form, **kwargs)
        if not form.is_valid() or not form.cleaned_data["q"]:
            return context
        found = Found(form.cleaned_data["q"], form.cleaned_data["kind"])
        page = Paginator(found, 20).get_page(self.request.GET.get("page"))
        names = {name: capfirst(model._meta.verbose_name_plural) for name, model in found.models.items()}
        return {
            **context,
            "words": found.words,
            "kind": found.kind,
            "kind_name": names.get(found.kind, ""),
            "counts": [(name, names[name], number) for name, number in found.counts.items()],
            "total": sum(found.counts.values()),
            "page_obj": page,
        }
