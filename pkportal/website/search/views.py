"""The page of answers, and the fragment of suggestions."""

from django import forms
from django.core.paginator import Paginator
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from .advice import advise
from .query import field_word, misspelt_names, parse_query
from .results import SearchResults, plural_name
from .suggestions import suggest
from .vocabulary import KIND_FIELD, UnknownValue, Vocabulary, field_names, searchable_models


class SearchForm(forms.Form):
    """The words to look for, and in which kind of content."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False, widget=forms.TextInput({"type": "search"}))
    kind = forms.ChoiceField(label=_("In"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = [(name, capfirst(model._meta.verbose_name_plural)) for name, model in searchable_models().items()]
        self.fields["kind"].choices = [("", _("everything")), *found]


class SearchPage(TemplateView):
    """What the record has on some words."""

    template_name = "website/search.html"

    def get_context_data(self, **kwargs):
        """Answer a question that makes sense; without one, only explain."""
        form = SearchForm(self.request.GET)
        context = super().get_context_data(form=form, **kwargs)
        if not form.is_valid() or not form.cleaned_data["q"]:
            return {**context, "field_names": field_names()}
        question = parse_query(form.cleaned_data["q"], field_names())
        return {**context, **self.answer(question, form.cleaned_data["kind"])}

    def answer(self, question, kind):
        """Find what answers, or say what stands in the way."""
        dictionary = Vocabulary()
        question = dictionary.joined(question)
        read = [dictionary.look_up(part) for part in question.fields]
        problems = [it for it in read if isinstance(it, UnknownValue)]
        meanings = [it for it in read if not isinstance(it, UnknownValue)]
        names_kind = next((it for it in meanings if it.part.name == KIND_FIELD), None)
        if names_kind:
            kind = names_kind.values[KIND_FIELD]
        found = SearchResults(question.words, kind, [it for it in meanings if it.part.name != KIND_FIELD])
        context = {
            "words": question.text,
            "kind": kind,
            "kind_name": plural_name(kind) if kind else "",
            "chips": [(it, question.without(it.part).text) for it in meanings],
            "problems": [(it, question.without(it.part).text, _corrections(question, it)) for it in problems],
            "misspelt": [
                (part, question.with_instead({part: text}).text, text)
                for part, text in misspelt_names(question, field_names())
            ],
        }
        return context if problems else {**context, **self.hits(question, found, names_kind)}

    def hits(self, question, found, names_kind):
        """Give the hits of one kind by the page, the best of every kind otherwise, and advice where there are none."""
        context = {
            "counts": [
                (name, plural_name(name), number, self.address(question, names_kind, name))
                for name, number in found.counts.items()
            ],
            "everything": self.address(question, names_kind, ""),
            "total": found.total,
            "left_out": [plural_name(name) for name in searchable_models() if name not in found.models],
        }
        if not found.total:
            return {**context, "advice": advise(question, found)}
        if not found.kind:
            return {**context, "groups": found.groups}
        return {**context, "page_obj": Paginator(found, 20).get_page(self.request.GET.get("page"))}

    def address(self, question, names_kind, kind):
        """Give the address of the same question in another kind; a field word that names the kind is written anew."""
        if names_kind is None:
            asked = {"q": question.text, "kind": kind}
        elif kind:
            asked = {"q": question.with_instead({names_kind.part: field_word(KIND_FIELD, kind)}).text}
        else:
            asked = {"q": question.without(names_kind.part).text}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _corrections(question, problem):
    """Pair each name that is near with the question that has it."""
    name = problem.part.name
    return [
        (entry.label, question.with_instead({problem.part: field_word(name, entry.code)}).text)
        for entry in problem.near
    ]


class SuggestionList(TemplateView):
    """What may be meant by what was typed so far, as a fragment for the field it was typed in."""

    template_name = "website/suggestions.html"

    def get_context_data(self, **kwargs):
        """Suggest nothing for what cannot be asked."""
        form = SearchForm(self.request.GET)
        asked = form.cleaned_data["q"] if form.is_valid() else ""
        return super().get_context_data(suggestions=suggest(asked), **kwargs)
