"""The search page, and the fragment of suggestions."""

from django import forms
from django.core.paginator import Paginator
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from pkportal.sources.models import Source
from pkportal.website.apps import app_values
from pkportal.website.facets import FacetSelect
from pkportal.website.notices import page_notices

from .advice import advise, nearest_name
from .answers import answers_of_lists, answers_to, looks_like_reference
from .field_advice import unknown_names, words_for_fields
from .query import ParsedQuery, field_word, parse_query
from .question import read_question
from .readings import several_readings
from .results import SearchResults, counted_name, plural_name
from .searchable import KIND_FIELD, field_names, searchable_models
from .spelling import known_words
from .suggestions import suggest
from .vocabulary import ParsedField, UnknownValue, Vocabulary

PAGE_SIZE = 20
MAX_LISTED = 20  # values of a field word that are all listed where none is similar


class SearchForm(forms.Form):
    """The words to look for, and in which model."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False, widget=forms.TextInput({"type": "search"}))
    kind = forms.ChoiceField(label=_("In"), required=False, widget=FacetSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(name, capfirst(model._meta.verbose_name_plural)) for name, model in searchable_models().items()]
        self.fields["kind"].choices = [("", _("everything")), *choices]


class SearchPage(TemplateView):
    """Search page: results, or what is wrong with the query, or help if there is none."""

    template_name = "website/search.html"

    def get_context_data(self, **kwargs):
        """Search for a valid query, else explain how to search."""
        form = SearchForm(self.request.GET)
        notices = page_notices(self.request, form, [("page", _("Page"))])
        context = super().get_context_data(form=form, notices=notices, **kwargs)
        if not form.is_valid() or not form.cleaned_data["q"]:
            return {**context, "field_names": field_names(), "example_queries": app_values("search_examples")}
        query = parse_query(form.cleaned_data["q"], words_for_fields())
        return {**context, **self.search_context(query, form.cleaned_data["kind"])}

    def search_context(self, query, model_name):
        """Return the field words that were understood, those that were not, and the results if all were."""
        fields: list[ParsedField] = []
        problems: list[UnknownValue] = []
        vocabulary = Vocabulary()
        if query.fields:
            query = vocabulary.join_names(query)
            for part in query.fields:
                field = vocabulary.look_up(part)
                if isinstance(field, UnknownValue):
                    problems.append(field)
                else:
                    fields.append(field)
        kind_field = next((field for field in fields if field.part.name == KIND_FIELD), None)
        if kind_field:
            model_name = kind_field.values[KIND_FIELD]
        unknown = unknown_names(query, words_for_fields())
        context = {
            "words": query.text,
            "kind": model_name,
            "kind_name": plural_name(model_name) if model_name else "",
            "fields": [(field, query.without(field.part).text) for field in fields],
            "problems": [(it, query.without(it.part).text, _corrections(query, it, vocabulary)) for it in problems],
            "unknown_names": unknown,
            "corrected": query.with_replaced({it.part: it.corrected for it in unknown if it.near}).text,
            "field_names": field_names(),
        }
        if problems:
            return context
        narrowing = [field for field in fields if field.part.name != KIND_FIELD]
        question = read_question(query.words)
        context |= {"answers": answers_to(question), "several_readings": several_readings(question, query.words)}
        results = SearchResults(question, model_name, narrowing)
        if context["answers"] and looks_like_reference(question):
            context["answers"] += answers_of_lists(question)
        return {**context, **self.results_context(query, results, kind_field, bool(context["answers"]))}

    def results_context(self, query, results, kind_field, has_answers):
        """Return a page of results of the chosen model, or the best of every model, or advice if there are none."""
        shown = results.counts.get(results.model_name, 0) if results.model_name else results.total
        context = {
            "counts": [
                (name, plural_name(name), number, self.address(query, kind_field, name))
                for name, number in results.counts.items()
            ],
            "everything": self.address(query, kind_field, ""),
            "total": results.total,
            "shown": shown,
            "found_name": counted_name(results.model_name, shown) if results.model_name else "",
            "left_out": [plural_name(name) for name in searchable_models() if name not in results.models],
        }
        if not results.total:
            return context if has_answers else {**context, **self.advice_context(query, results)}
        if not has_answers and {*results.counts} == {Source._meta.model_name}:
            context["nearest"] = nearest_name(query, results, known_words())
        if not results.model_name:
            return {**context, "groups": results.groups}
        page = Paginator(results, PAGE_SIZE).get_page(self.request.GET.get("page"))
        all_of_kind = results.counts.get(results.model_name, 0)
        return {**context, "page_obj": page, "listed": results.count() if results.count() < all_of_kind else None}

    def advice_context(self, query, results):
        """Return what to do about a query without results, or the rows of lists that have its words."""
        advice = advise(query, results)
        answers = [] if advice.nearest or results.fields else answers_of_lists(results.question)
        return {"answers": answers} if answers else {"advice": advice}

    def address(self, query, kind_field, model_name):
        """Return the URL of the same query in another model; the field word “kind:” is replaced where there is one."""
        if kind_field is None:
            parameters = {"q": query.text, "kind": model_name}
        elif model_name:
            parameters = {"q": query.with_replaced({kind_field.part: field_word(KIND_FIELD, model_name)}).text}
        else:
            parameters = {"q": query.without(kind_field.part).text}
        return f"?{urlencode({name: value for name, value in parameters.items() if value})}"


def _corrections(query: ParsedQuery, problem: UnknownValue, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Pair the label of each similar value, or of all values if they are few, with the query that has it."""
    name = problem.part.name
    values = [entry for values in vocabulary.lists.get(name, []) for entry in values.entries]
    return [
        (entry.label, query.with_replaced({problem.part: field_word(name, entry.code)}).text)
        for entry in problem.near or (values if len(values) <= MAX_LISTED else [])
    ]


class SuggestionList(TemplateView):
    """Suggestions for the text typed so far, as a fragment below the search field."""

    template_name = "website/suggestions.html"

    def get_context_data(self, **kwargs):
        """Suggest nothing for an invalid query."""
        form = SearchForm(self.request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        return super().get_context_data(suggestions=suggest(text), **kwargs)
