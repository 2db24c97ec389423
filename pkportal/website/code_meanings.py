"""What the codes of fixed lists mean, each in a sentence: for ``/data/``, for releases and for packages."""

from collections.abc import Mapping
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from pkportal.content.models import Status
from pkportal.sources.models import Grade, SourceKind

from .apps import app_values
from .models import SynonymKind

CodeMeanings = Mapping[Any, Mapping[Any, Any]]  # by the class of the list, and by code

WEBSITE_MEANINGS: CodeMeanings = {
    Status: {
        Status.DRAFT: _("It is being prepared; only the editors see it."),
        Status.PUBLISHED: _("Everybody may read it."),
        Status.WITHDRAWN: _("It was public and is no more; its address says why."),
    },
    SourceKind: {
        SourceKind.RESOLUTION: _("The text of a resolution of the Security Council of the United Nations."),
        SourceKind.TREATY: _("The text of a treaty between states."),
        SourceKind.OFFICIAL: _("A page of an organisation or a government on its own work."),
        SourceKind.REPORT: _("A report or study, such as that of a parliament, an auditor or an institute."),
        SourceKind.ACADEMIC: _("A book or an article of scholars."),
        SourceKind.DATASET: _("A table or a collection of data, or a document that was read as one."),
        SourceKind.NEWS: _("A report in the press."),
    },
    Grade: {
        Grade.A: _("It is the thing itself: a resolution, a treaty, a decision, a law."),
        Grade.B: _("Those who acted say it: a statement, a press release or a data sheet of an official body."),
        Grade.C: _("Those who control the ones who acted say it: auditors, inquiries, parliaments."),
        Grade.D: _("Research that other scholars reviewed before it was published."),
        Grade.E: _("Research of an institute or a think tank, without such a review."),
        Grade.F: _("A report of journalists."),
        Grade.G: _("It puts together what others found, such as an encyclopaedia."),
        Grade.X: _("It was written with AI, and nobody compared it with its sources."),
    },
    SynonymKind: {
        SynonymKind.ABBREVIATION: _("The term is short for the other words."),
        SynonymKind.SYNONYM: _("The term means the same as the other words, or nearly."),
        SynonymKind.SPELLING: _("The term and the other word are one word in British and in American English."),
        SynonymKind.DOCTRINE: _("The term is one of military doctrine for what our texts say in other words."),
    },
}


def meanings_of_codes(field: Any) -> Mapping[str, Any]:
    """Return what the codes of a field mean, by code; nothing if the field has no fixed list that is explained."""
    codes = [code for code, _label in getattr(field, "base_field", field).flatchoices]
    lists = [import_string(path) for path in app_values("code_meanings")] if codes else []
    return next((it for meanings in lists for codes_of, it in meanings.items() if codes_of.values == codes), {})
