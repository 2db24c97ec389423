"""Answers that a search gives above its results: what an app reads in a question and knows without a page for it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from pkportal.content.models import Record
from pkportal.content.permanent_references import read_reference
from pkportal.content.registry import models_with
from pkportal.website.apps import app_values

from .named import named_models
from .question import Question

CODE_IN_LIST = re.compile(r"[0-9]{1,3}")
REFERENCE = re.compile(r"[A-Z]{1,4}(-[A-Z])?-[0-9]+", re.IGNORECASE)


class StatedAnswer(NamedTuple):
    """An answer: what is stated, the address of the record, and its source; with the selection of all of its kind."""

    text: str
    address: str
    source: str
    selection: str
    selection_address: str
    source_address: str = ""


def answers_to(question: Question) -> list[StatedAnswer]:
    """Return the record of a reference, or the answers of all apps, whose configs name them in ``search_answers``.

    A number that is the code of records in other lists is answered with these.
    """
    typed = question.typed.strip()
    if REFERENCE.fullmatch(typed):
        return [*_record_of(typed)]
    if CODE_IN_LIST.fullmatch(typed):
        return [*_records_with_code(typed)]
    return [answer for path in app_values("search_answers") for answer in import_string(path)(question)]


def looks_like_reference(question: Question) -> bool:
    """True for a text that is written as a reference, and may as well be a word: CH-47."""
    return bool(REFERENCE.fullmatch(question.typed.strip()))


def answers_of_lists(question: Question) -> list[StatedAnswer]:
    """Return how many rows of lists have the words of a question, for rows that search does not find one by one."""
    return [answer for path in app_values("answers_of_lists") for answer in import_string(path)(question)]


def _records_with_code(code: str) -> Iterator[StatedAnswer]:
    """Answer with the records that have a code in another list, and with the name of the list."""
    lists = [(model, model.names_in) for model in named_models().values() if model.names_in]
    for owner, codes in ((names.owner(model), names.codes_in_lists(model)) for model, names in lists):
        for name in codes.filter(name=code).select_related(owner).order_by("kind", "pk"):
            record, kind = getattr(name, owner), name.get_kind_display()
            text = _("%(record)s: %(code)s is its %(kind)s") % {"record": record, "code": code, "kind": kind}
            address = record.get_absolute_url()
            yield StatedAnswer(text, address, "", _("Its names and codes"), name.permanent_address())


def _record_of(typed: str) -> Iterator[StatedAnswer]:
    """Answer with the public record that has a permanent reference, unless that is its code, which finds it anyway."""
    for model in models_with(Record):
        reference = read_reference(typed, model.reference_prefix, model.reference_digits)
        for record in model._default_manager.published().filter(reference=reference) if reference else []:
            keys = (getattr(record, model._meta.get_field(name).attname) for name in model.key_fields)
            if typed.upper() in keys:
                continue
            text = f"{reference}, {model._meta.verbose_name}: {record}"
            address = reverse("permanent-address", args=[reference])
            yield StatedAnswer(text, record.permanent_address(), "", _("Its permanent address"), address)
