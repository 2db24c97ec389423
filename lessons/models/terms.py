"""The code lists of lessons: their kind, how far NATO has learned them, and where it looks for a remedy."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LessonKind(models.TextChoices):
    """Whether a lesson is about something to improve or about something that worked."""

    ISSUE = "issue", _("issue for improvement")
    BEST_PRACTICE = "best-practice", _("best practice")


class Maturity(models.TextChoices):
    """How far NATO had come with a lesson, as a source shows; this says nothing of its publication here."""

    OBSERVATION = "observation", _("observation")
    IDENTIFIED = "lesson-identified", _("lesson identified")
    LEARNED = "lesson-learned", _("lesson learned")
    BEST_PRACTICE = "best-practice", _("best practice")

    @classmethod
    def group(cls, lessons):
        """Return pairs of a maturity and its lessons, learned lessons first, without maturities that have none."""
        order = [cls.LEARNED, cls.BEST_PRACTICE, cls.IDENTIFIED, cls.OBSERVATION]
        groups = [(maturity, [lesson for lesson in lessons if lesson.maturity == maturity]) for maturity in order]
        return [(maturity, members) for maturity, members in groups if members]


class CapabilityLine(models.TextChoices):
    """The lines along which NATO looks for a remedy: DOTMLPFI."""

    DOCTRINE = "doctrine", _("doctrine")
    ORGANISATION = "organisation", _("organisation")
    TRAINING = "training", _("training")
    MATERIEL = "materiel", _("materiel")
    LEADERSHIP = "leadership", _("leadership and education")
    PERSONNEL = "personnel", _("personnel")
    FACILITIES = "facilities", _("facilities")
    INTEROPERABILITY = "interoperability", _("interoperability")
