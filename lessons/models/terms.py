"""The code lists of lessons: their kind, how far NATO has learned them, and where it looks for a remedy."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LessonKind(models.TextChoices):
    """Whether a lesson mends something or passes on what worked."""

    ISSUE = "issue", _("issue to improve")
    BEST_PRACTICE = "best-practice", _("best practice")


class Maturity(models.TextChoices):
    """How far a lesson had come in NATO, as its source shows; publication on our desk is another matter."""

    OBSERVATION = "observation", _("observation")
    IDENTIFIED = "lesson-identified", _("lesson identified")
    LEARNED = "lesson-learned", _("lesson learned")
    BEST_PRACTICE = "best-practice", _("best practice")

    @classmethod
    def parted(cls, lessons):
        """Part lessons by how far they have come, what was learned first."""
        order = [cls.LEARNED, cls.BEST_PRACTICE, cls.IDENTIFIED, cls.OBSERVATION]
        found = ((step, [lesson for lesson in lessons if lesson.maturity == step]) for step in order)
        return [(step, lessons) for step, lessons in found if lessons]


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
