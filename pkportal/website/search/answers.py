"""Answers that a search gives above its results: what an app reads in a question and knows without a page for it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from pkportal.content.models import Record
from pkportal.content.registry import models_with
from pkportal.website.apps import app_values

from .question import Question

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
    """Return the record of a reference, or the answers of all apps, whose configs name them in ``search_answers``."""
    if REFERENCE.fullmatch(question.typed.strip()):
        return [*_record_of(question.typed.strip().upper())]
    return [answer for path in app_values("search_answers") for answer in import_string(path)(question)]


def _record_of(reference: str) -> Iterator[StatedAnswer]:
    """Answer with the public record that has a permanent reference, unless that is its code, which finds it anyway."""
    models = (model for model in models_with(Record) if model.reference_prefix == reference.rpartition("-")[0])
    for model in models:
        for record in model._default_manager.published().filter(reference=reference):
            if reference in (getattr(record, model._meta.get_field(name).attname) for name in model.key_fields):
                continue
            text = f"{reference}, {model._meta.verbose_name}: {record}"
            address = reverse("permanent-address", args=[reference])
            yield StatedAnswer(text, record.permanent_address(), "", _("Its permanent address"), address)
