"""The glossary: what the words of the site mean, and what abbreviations and other terms stand for."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.text import slugify
from django.views.generic import TemplateView

from pkportal.content.version import EDITION
from pkportal.sources.terms import ExplainedTerms, explained_terms

from .apps import app_values
from .models import Synonym, SynonymKind


class GlossaryTerm(NamedTuple):
    """A term with its definition, if the site uses it, and with the words that stand for it in our texts."""

    term: str
    definition: str
    means: list[str]

    @property
    def anchor(self) -> str:
        """The HTML id of the term."""
        return term_anchor(self.term)


class GlossaryPage(TemplateView):
    """All terms in alphabetical order."""

    template_name = "website/glossary.html"

    def get_context_data(self, **kwargs):
        """Load the terms."""
        return super().get_context_data(terms=glossary_terms(), **kwargs)


def term_anchor(term: str) -> str:
    """Return the HTML id of a term; “hand over” and “hand-over” have ids of their own."""
    return f"term-{slugify(term.replace(' ', '_'), allow_unicode=True)}"


def glossary_terms() -> list[GlossaryTerm]:
    """Return the terms that the apps define and those of the table of synonyms, but for other spellings."""
    definitions = {str(term): str(definition) for term, definition in app_values("glossary")}
    means: dict[str, list[str]] = {term: [] for term in definitions}
    for synonym in Synonym.objects.exclude(kind=SynonymKind.SPELLING):
        known = means.setdefault(synonym.term, [])
        known += [words for words in map(str.strip, synonym.means.split(";")) if words not in known]
    terms = [GlossaryTerm(term, definitions.get(term, ""), words) for term, words in means.items()]
    return sorted(terms, key=lambda term: (term.term.casefold(), term.term))


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
