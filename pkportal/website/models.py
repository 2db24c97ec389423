"""Words with the same meaning in a search, and the models of releases."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pkportal.content.history import track_history
from pkportal.content.models import Record

from .releases.models import Release, ReleaseChunk, ReleasedRow

__all__ = ["Release", "ReleaseChunk", "ReleasedRow", "Synonym", "SynonymKind"]


class SynonymKind(models.TextChoices):
    """Why a term means other words."""

    ABBREVIATION = "abbreviation", _("abbreviation")
    SYNONYM = "synonym", _("synonym")
    SPELLING = "british-american", _("British and American word")
    DOCTRINE = "doctrine", _("term in doctrine")


@track_history()
class Synonym(Record):
    """A term that people search for, and the words that our texts use for it."""

    key_fields = ["term", "means"]
    reference_prefix = "SYN"

    term = models.CharField(_("term"), max_length=60, help_text=_("What people search for, such as ROE."))
    means = models.CharField(
        _("means"), max_length=160, help_text=_("The words that our texts use; several are separated by semicolons.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SynonymKind)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["term__name_order", "means__name_order"]
        constraints = [models.UniqueConstraint(fields=["term", "means"], name="synonym_key")]

    def __str__(self):
        return self.term

    def permanent_address(self):
        """Return the address of its row in the glossary."""
        return f"{reverse('glossary')}#{self.reference}"
