"""The page of answers, and the fragment of suggestions."""

from django import forms
from django.core.paginator import Paginator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from .advice import advise
from .answers import KIND, Dictionary, Problem, field_names, searchable
from .found import Found
from .query import field_word, misspelt_names, parse
from .suggestions import suggestions


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
            return {**context, "field_names": field_names()}
        question = parse(form.cleaned_data["q"], field_names())
        return {**context, **self.answer(question, form.cleaned_data["kind"])}

    def answer(self, question, kind):
        """Find what answers, or say what stands in the way."""
        dictionary = Dictionary()
        read = [dictionary.look_up(part) for part in question.fields]
        problems = [it for it in read if isinstance(it, Problem)]
        meanings = [it for it in read if not isinstance(it, Problem)]
        named = [it.values[KIND] for it in meanings if it.part.name == KIND]
        meanings = [it for it in meanings if it.part.name != KIND]
        found = Found(question.words, named[-1] if named else kind, meanings)
        context = {
            "words": question.text,
            "kind": found.kind,
            "kind_name": found.name_of(found.kind) if found.kind else "",
            "chips": [(it, question.without(it.part).text) for it in read if not isinstance(it, Problem)],
            "problems": [(it, question.without(it.part).text, _mended(question, it)) for it in problems],
            "misspelt": [(part, question.with_instead({part: text}).text, text) for part, text in _misspelt(question)],
        }
        return context if problems else {**context, **self.hits(question, found, meanings)}

    def hits(self, question, found, meanings):
        """Give the hits of one kind by the page, the best of every kind otherwise, and advice where there are none."""
        total = found.total
        context = {
            "counts": [(name, found.name_of(name), number) for name, number in found.counts.items()],
            "total": total,
            "left_out": [found.name_of(name) for name in searchable() if name not in found.models],
        }
        if found.kind:
            context["page_obj"] = Paginator(found, 20).get_page(self.request.GET.get("page"))
        else:
            context["groups"] = found.groups
        if not found.count():
            context["advice"] = advise(question, found.kind, meanings)
        return context


def _mended(question, problem):
    """Pair each name that is near with the question that has it."""
    name = problem.part.name
    return [
        (entry.label, question.with_instead({problem.part: field_word(name, entry.code)}).text)
        for entry in problem.near
    ]


def _misspelt(question):
    return misspelt_names(question, field_names())


class SuggestionList(TemplateView):
    """What may be meant by what was typed so far, as a fragment for the field it was typed in."""

    template_name = "reading/suggestions.html"

    def get_context_data(self, **kwargs):
        """Suggest nothing for what cannot be asked."""
        form = SearchForm(self.request.GET)
        asked = form.cleaned_data["q"] if form.is_valid() else ""
        return super().get_context_data(suggestions=suggestions(asked), **kwargs)
