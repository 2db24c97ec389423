"""The glossary: what the words of the site mean, and what abbreviations and other terms stand for."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.text import slugify
from django.views.generic import TemplateView

from pkportal.content.name_order import name_sort_key
from pkportal.content.version import EDITION
from pkportal.sources.references import references_to
from pkportal.sources.terms import ExplainedTerms, explained_terms

from .apps import app_values
from .definitions import Definition
from .models import Synonym, SynonymKind


class MeantWords(NamedTuple):
    """Words that a term stands for in our texts; the first of a synonym have its permanent reference."""

    words: str
    reference: str = ""


class GlossaryTerm(NamedTuple):
    """A term with its definition, the sources on record for it, and the words that stand for it in our texts."""

    term: str
    definition: Definition
    sources: list[str]
    means: list[MeantWords]

    @property
    def anchor(self) -> str:
        """The HTML id of the term."""
        return term_anchor(self.term)

    @property
    def full_name(self) -> MeantWords | None:
        """What an abbreviation stands for, if our texts have these words."""
        stands_for = str(self.definition.stands_for).casefold()
        return next((meant for meant in self.means if meant.words.casefold() == stands_for), None)

    @property
    def other_words(self) -> list[MeantWords]:
        """Words to search for that are not already its full name."""
        return [meant for meant in self.means if meant != self.full_name]


class GlossaryPage(TemplateView):
    """All terms in alphabetical order, with the sources of their definitions."""

    template_name = "website/glossary.html"

    def get_context_data(self, **kwargs):
        """Load the terms with their sources, and apart from them words with another spelling."""
        definitions, synonyms = all_definitions(), Synonym.objects.all()
        references = references_to(*({"source_codes": definition.sources} for definition in definitions))
        on_record = {entry.source.code for entry in references}
        meant = meant_words([it for it in synonyms if it.kind != SynonymKind.SPELLING])
        terms = glossary_terms(definitions, on_record, meant)
        return super().get_context_data(
            terms=terms,
            letters=first_of_letters(terms),
            references=references,
            spellings=[it for it in synonyms if it.kind == SynonymKind.SPELLING],
            **kwargs,
        )


def term_anchor(term: str) -> str:
    """Return the HTML id of a term; “hand over” and “hand-over”, “Art 5” and “Art. 5” have ids of their own."""
    return f"term-{slugify(term.replace('. ', '-_').replace(' ', '_'), allow_unicode=True)}"


def all_definitions() -> list[Definition]:
    """Return what the apps define, and what they read from their records."""
    of_records = (import_string(path)() for path in app_values("glossary_of_records"))
    return [*app_values("glossary"), *(definition for definitions in of_records for definition in definitions)]


def meant_words(synonyms: Iterable[Synonym]) -> dict[str, list[MeantWords]]:
    """Return by term the words that synonyms stand for, each once."""
    means: dict[str, list[MeantWords]] = {}
    for synonym in synonyms:
        meant = means.setdefault(synonym.term, [])
        known = {words for words, _reference in meant}
        new = [words for words in map(str.strip, synonym.means.split(";")) if words not in known]
        meant += [MeantWords(words, synonym.reference if words == new[0] else "") for words in new]
    return means


def glossary_terms(
    definitions: list[Definition], on_record: Collection[str], meant: dict[str, list[MeantWords]]
) -> list[GlossaryTerm]:
    """Return the terms that are defined and those that have synonyms, each with those of its sources on record."""
    defined = {str(definition.term) for definition in definitions}
    terms = [
        GlossaryTerm(
            str(definition.term),
            definition,
            [code for code in definition.sources if code in on_record],
            meant.get(str(definition.term), []),
        )
        for definition in [*definitions, *(Definition(term) for term in meant if term not in defined)]
    ]
    return sorted(terms, key=lambda term: (name_sort_key(term.term), term.term))


def first_of_letters(terms: list[GlossaryTerm]) -> list[tuple[str, str]]:
    """Return each letter that terms begin with, and the anchor of the first of them."""
    letters: dict[str, str] = {}
    for term in terms:
        letters.setdefault(term.term[0].upper(), term.anchor)
    return [(letter, anchor) for letter, anchor in letters.items() if letter.isalpha()]


def explained_abbreviations() -> ExplainedTerms:
    """Return the abbreviations that texts use, each with its address in the glossary and what it stands for."""
    address = reverse("glossary")
    full_names = {str(definition.term): str(definition.stands_for) for definition in app_values("glossary")}
    rows = Synonym.objects.filter(kind=SynonymKind.ABBREVIATION).values_list("term", "means")
    return ExplainedTerms(
        {term: (f"{address}#{term_anchor(term)}", full_names.get(term) or means) for term, means in rows}
    )


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
