"""Form fields for several choices: each plain (any of these), after a minus (not this one), or ``none`` (no value)."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pkportal.content.name_order import BY_NAME
from pkportal.content.names import NamedCodes
from pkportal.content.unaccent import unaccent

from .facets import FacetCheckboxes, FacetTexts
from .synonyms import meanings_of

NONE, NONE_LABEL = "none", gettext_lazy("none on record")
WORDS_FOR_NONE = {"empty", "missing", "nil", "non", "nothing", "null", "without"}
NOT = "-"
MAX_TEXT = 200  # letters of a text to look for
MAX_QUOTED = 40  # letters of an unknown value in a message
MAX_NAMED, MAX_WITH_WORDS = 25, 3  # choices that a message names: all, or those that have the same word
CONTRADICTION = "contradiction"  # code of an error: each value is understood, and no row can meet all of them
CUTOFF = 0.6  # of difflib: how much alike a word and the nearest one are


class Choice(NamedTuple):
    """One choice of a filter: its code in the URL, its label, and the value to compare with, None for ``none``."""

    code: str
    label: str
    value: Any


class Chosen(NamedTuple):
    """What was chosen of one filter: rows have any of ``included`` and none of ``excluded``."""

    included: tuple[Choice, ...] = ()
    excluded: tuple[Choice, ...] = ()

    def selects(self, code: str) -> bool:
        """True if rows with this code alone are kept."""
        any_of = {choice.code for choice in self.included}
        return (not any_of or code in any_of) and code not in {choice.code for choice in self.excluded}

    def in_url(self) -> Iterator[tuple[str, str]]:
        """Yield each value of the URL parameter with its words."""
        for code, label, _value in self.included:
            yield code, str(label)
        for code, label, _value in self.excluded:
            yield f"{NOT}{code}", _("not %(choice)s") % {"choice": label}


def nearest(text: str, names: Iterable[tuple[str, str]]) -> str:
    """Return the code whose code or label is most like a text, or nothing; ``names`` are pairs of code and label."""
    codes = {folded(str(label)): code for code, label in names if code}
    codes |= {folded(code): code for code in codes.values()}
    wanted = folded(text[: 2 * MAX_QUOTED])
    containing = [name for name in codes if len(wanted) > 2 and wanted in name]
    of_like_length = [name for name in codes if abs(len(name) - len(wanted)) <= max(2, len(wanted) // 2)]
    alike = get_close_matches(wanted, of_like_length, 1, CUTOFF) or containing
    return codes[alike[0]] if alike else ""


def with_words(text: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Return the codes of the shortest labels that have a text as one or several of their words."""
    wanted = folded(text[: 2 * MAX_QUOTED])
    words = re.compile(rf"\b{re.escape(wanted)}\b")
    found = [(len(str(label)), code) for code, label in names if len(wanted) > 2 and words.search(folded(str(label)))]
    return [code for _length, code in sorted(found)][:MAX_WITH_WORDS]


def all_named(codes: Iterable[str]) -> str:
    """Return a sentence with all codes, if they are few enough to be read."""
    codes = [code for code in codes if code]
    are_few = 1 < len(codes) <= MAX_NAMED
    return _(" It may be one of these: %(codes)s.") % {"codes": ", ".join(codes)} if are_few else ""


def folded(text: str) -> str:
    """Return a text without capitals, accents, hyphens and underscores, to be compared."""
    return unaccent(text).casefold().replace("_", " ").replace("-", " ").strip()


def quoted(text: str) -> str:
    """Return what somebody wrote, cut to what a message can hold."""
    return Truncator(text.replace("\0", "")).chars(MAX_QUOTED)


class NotUnderstood(NamedTuple):
    """A value that was not understood, why, and the nearest values that there are."""

    value: str
    reason: str
    nearest: tuple[str, ...]


class ChoicesField(forms.Field):
    """Form field of several choices out of a list, each known by its code.

    ``unknown`` has the values that were not understood; the others count all the same. ``renamed`` has the URL value of
    each that is another name of a choice.
    """

    widget = FacetCheckboxes
    unknown: tuple[NotUnderstood, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def __init__(self, *, choices=(), has_none=False, **kwargs):
        super().__init__(**kwargs)
        self.listed, self.has_none = choices, has_none
        self.widget.choices = self.all_labels

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each code."""
        return dict(self.listed() if callable(self.listed) else self.listed)

    def all_labels(self) -> list[tuple[str, str]]:
        """Return pairs of code and label, the absence of a value last."""
        absence = [(NONE, NONE_LABEL)] if self.has_none else []
        return [*self.labels.items(), *absence]

    def find(self, code: str) -> Choice | None:
        """Return the choice of a code, or None if there is none."""
        return Choice(code, self.labels[code], code) if code in self.labels else None

    def find_or_none(self, code: str) -> Choice | None:
        """Return the choice of a code, which may be that of no value."""
        return self.find(code) or (Choice(NONE, NONE_LABEL, None) if self.has_none and code == NONE else None)

    def clean(self, value: Any) -> Chosen | None:
        """Return what was chosen, None if it is nothing."""
        included, excluded, unknown, renamed = [], [], [], []
        for text in dict.fromkeys(filter(None, value or ())):
            name = text.removeprefix(NOT)
            if choice := self.find_or_none(text):
                included.append(choice)
            elif name != text and (choice := self.find_or_none(name)):
                excluded.append(choice)
            elif len(codes := self.codes_meant(name)) == 1:
                renamed.append((text, text.replace(name, codes[0])))
            else:
                unknown.append((text, name, codes))
        means = meanings_of(name for _text, name, _codes in unknown) if unknown else {}
        self.unknown = tuple(self.not_understood(text, codes, means.get(name, ())) for text, name, codes in unknown)
        self.renamed = tuple(renamed)
        return Chosen(tuple(included), tuple(excluded)) if included or excluded else None

    def codes_meant(self, name: str) -> tuple[str, ...]:
        """Return the codes of the choices that a name may mean: of those with such a code or label."""
        if len(name) > MAX_TEXT:
            return ()
        wanted = folded(name)
        codes = tuple(code for code in self.labels if folded(code) == wanted)
        return codes or tuple(code for code, label in self.labels.items() if folded(str(label)) == wanted)

    def not_understood(self, text: str, codes: Iterable[str] = (), means: Iterable[str] = ()) -> NotUnderstood:
        """Say that a text is none of the choices, and which are nearest: those that it may mean, or one like it.

        Where it stands for other words, those like them: an abbreviation is no misspelt name.
        """
        sign = NOT if text.startswith(NOT) else ""
        near = [*codes] or self.nearest_codes(means or [text.removeprefix(NOT)])
        reason = _("“%(value)s” is not one of the choices.") % {"value": quoted(text)}
        reason += "" if near else all_named(code for code, _label in self.all_labels())
        return NotUnderstood(text, reason, tuple(f"{sign}{code}" for code in near))

    def nearest_codes(self, texts: Iterable[str]) -> list[str]:
        """Return the codes nearest to some texts: the shortest labels that have a text as words, or the likest one."""
        labels = [*self.labels.items()]
        near = (self.words_for_none(text) or with_words(text, labels) or [nearest(text, labels)] for text in texts)
        return [*dict.fromkeys(code for codes in near for code in codes if code)]

    def words_for_none(self, text: str) -> list[str]:
        """Return the code of no value for a word that says so, if it may be chosen."""
        return [NONE] if self.has_none and folded(text) in WORDS_FOR_NONE else []


class YesNoField(ChoicesField):
    """Form field of yes or no, in the words of programs too."""

    def codes_meant(self, name):
        """Return yes or no for what programs write instead."""
        return {"1": ("yes",), "true": ("yes",), "0": ("no",), "false": ("no",)}.get(
            name.lower()
        ) or super().codes_meant(name)


class RecordChoices:
    """The public records that a filter offers, loaded at most once a request, and only if they are needed.

    The code is the model's natural key, the label the title of its search results.
    """

    def __init__(self, model):
        self.model = model
        (self.code,) = model.key_fields

    @cached_property
    def by_code(self):
        """Map each code to the key and the label of its record."""
        label = self.model.result_fields.title
        rows = self.model.objects.published().order_by(f"{label}{BY_NAME}", "pk").values_list(self.code, "pk", label)
        return {code: (pk, label) for code, pk, label in rows}

    def get(self, code):
        """Return the record with its key, code and label; its other fields are deferred."""
        model = self.model
        fields = [model._meta.pk.attname, self.code, model.result_fields.title]
        pk, label = self.by_code[code]
        return model.from_db(model.objects.db, fields, [pk, code, label])


class RecordChoicesField(ChoicesField):
    """Form field of several records, each chosen by its code; codes are compared in Python, not in the database."""

    def __init__(self, *, model, **kwargs):
        super().__init__(**kwargs)
        self.records = RecordChoices(model)

    @cached_property
    def labels(self):
        """The label of each code."""
        return {code: label for code, (_pk, label) in self.records.by_code.items()}

    def find(self, code):
        """Return the choice of a code with its record."""
        return Choice(code, self.labels[code], self.records.get(code)) if code in self.labels else None

    def codes_meant(self, name):
        """Return the codes of the records that a name may mean, be it a former one or a code of another list."""
        codes = NamedCodes(self.records.model).meant_by(name) if len(name) <= MAX_TEXT else ()
        return codes or super().codes_meant(name)


class TextsField(ChoicesField):
    """Form field of several texts to look for, each of them as somebody writes it."""

    widget = FacetTexts

    def find(self, code):
        """Return the choice of any text that is not too long."""
        is_text = len(code) <= MAX_TEXT and "\0" not in code and not code.startswith(NOT) and code != NONE
        return Choice(code, code, code) if is_text and code.strip() else None

    def codes_meant(self, name):
        """Return nothing: a text is taken as it is written."""
        return ()


class ListForm(forms.Form):
    """Form of a list: a value that is not understood is an error of its field, and the other values count."""

    def __init__(self, *args: Any, fields: dict[str, forms.Field], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields = fields

    def clean(self):
        """Add the values that fields did not understand to the errors, and keep those that they did.

        What is asked for and left out at once is refused.
        """
        for name, field in self.fields.items():
            chosen = self.cleaned_data.get(name)
            if unknown := getattr(field, "unknown", ()):
                self.errors[name] = self.error_class([value.reason for value in unknown])
            elif isinstance(chosen, Chosen) and chosen.included and {*chosen.included} <= {*chosen.excluded}:
                names = get_text_list([str(choice.label) for choice in chosen.included], _("and"))
                reason = _("%(names)s cannot be asked for and left out at once.") % {"names": names}
                self.add_error(name, ValidationError(reason, CONTRADICTION))

    def contradicts_itself(self) -> bool:
        """True if each value is understood, but no row can meet all of them."""
        errors = self.errors.as_data().values()
        return {error.code for errors_of_field in errors for error in errors_of_field} == {CONTRADICTION}
