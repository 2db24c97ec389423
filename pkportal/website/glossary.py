"""The glossary: what the words of the site mean, and what abbreviations and other terms stand for."""

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import slugify
from django.views.generic import TemplateView

from pkportal.content.name_order import name_sort_key
from pkportal.content.version import EDITION
from pkportal.sources.terms import ExplainedTerms, explained_terms

from .apps import app_values
from .models import Synonym, SynonymKind


class MeantWords(NamedTuple):
    """Words that a term stands for in our texts; the first of a synonym have its permanent reference."""

    words: str
    reference: str = ""


class GlossaryTerm(NamedTuple):
    """A term with its definition, if the site uses it, and with the words that stand for it in our texts."""

    term: str
    definition: str
    means: list[MeantWords]

    @property
    def anchor(self) -> str:
        """The HTML id of the term."""
        return term_anchor(self.term)


class GlossaryPage(TemplateView):
    """All terms in alphabetical order."""

    template_name = "website/glossary.html"

    def get_context_data(self, **kwargs):
        """Load the terms, and apart from them words with another spelling."""
        synonyms = Synonym.objects.all()
        terms = glossary_terms([it for it in synonyms if it.kind != SynonymKind.SPELLING])
        spellings = [it for it in synonyms if it.kind == SynonymKind.SPELLING]
        return super().get_context_data(terms=terms, spellings=spellings, **kwargs)


def term_anchor(term: str) -> str:
    """Return the HTML id of a term; “hand over” and “hand-over” have ids of their own."""
    return f"term-{slugify(term.replace(' ', '_'), allow_unicode=True)}"


def glossary_terms(synonyms: Iterable[Synonym]) -> list[GlossaryTerm]:
    """Return the terms that the apps define and those that have synonyms."""
    definitions = {str(term): str(definition) for term, definition in app_values("glossary")}
    means: dict[str, list[MeantWords]] = {term: [] for term in definitions}
    for synonym in synonyms:
        meant = means.setdefault(synonym.term, [])
        known = {words for words, _reference in meant}
        new = [words for words in map(str.strip, synonym.means.split(";")) if words not in known]
        meant += [MeantWords(words, synonym.reference if words == new[0] else "") for words in new]
    terms = [GlossaryTerm(term, definitions.get(term, ""), words) for term, words in means.items()]
    return sorted(terms, key=lambda term: (name_sort_key(term.term), term.term))


def explained_abbreviations() -> ExplainedTerms:
    """Return the abbreviations of the glossary, each with its address and what it means."""
    address = reverse("glossary")
    rows = Synonym.objects.filter(kind=SynonymKind.ABBREVIATION).values_list("term", "means")
    return ExplainedTerms({term: (f"{address}#{term_anchor(term)}", means) for term, means in rows})


def explain_abbreviations(get_response):
    """Middleware that lets the texts of a page link to the glossary.

    It does so where the server keeps values of one edition of the content, so that no page costs a query for it.
    """

    def middleware(request):
        edition = request.environ.get(EDITION)
        load = None if edition is None else lambda: edition.keep("abbreviations", explained_abbreviations)
        token = explained_terms.set(load)
        try:
            return get_response(request)
        finally:
            explained_terms.reset(token)

    return middleware
