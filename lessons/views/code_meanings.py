"""What the codes of lessons mean, in the words of the site."""

from django.utils.translation import gettext_lazy as _

from pkportal.website.code_meanings import CodeMeanings

from ..models.action import ActionStatus
from ..models.terms import CapabilityLine, LessonKind, Maturity
from ..models.theme import Family

LESSON_MEANINGS: CodeMeanings = {
    Family: {
        Family.ASYMMETRIC: _("Challenges by opponents who avoid open battle, and by what a force does not know."),
        Family.OPERATIONAL: _("Challenges of supply, distance, equipment and working together."),
        Family.POLITICAL: _("Challenges of mandates, of law and of the limits that nations set."),
        Family.PRACTICE: _("What forces and people can do better, whatever the challenge."),
    },
    LessonKind: {
        LessonKind.ISSUE: _("Something that went wrong or can be done better."),
        LessonKind.BEST_PRACTICE: _("Something that worked and that a source recommends to others."),
    },
    Maturity: {
        Maturity.OBSERVATION: _("Something seen in a mission that may become a lesson; the first stage."),
        Maturity.IDENTIFIED: _(
            "A lesson for which a source names the cause and a remedy; nothing shows yet that it was acted on."
        ),
        Maturity.LEARNED: _("A lesson for which a source shows that practice changed."),
        Maturity.BEST_PRACTICE: _("Something that worked and that a source recommends to others."),
    },
    CapabilityLine: {
        CapabilityLine.DOCTRINE: _("The written principles by which forces act."),
        CapabilityLine.ORGANISATION: _("How forces and headquarters are set up and led."),
        CapabilityLine.TRAINING: _("How people are prepared for their tasks."),
        CapabilityLine.MATERIEL: _("Equipment, vehicles, weapons and supplies."),
        CapabilityLine.LEADERSHIP: _("How those who lead are chosen and taught."),
        CapabilityLine.PERSONNEL: _("How many people there are, and with which skills."),
        CapabilityLine.FACILITIES: _("Buildings, bases and other places."),
        CapabilityLine.INTEROPERABILITY: _("Whether forces of several nations can act together."),
    },
    ActionStatus: {
        ActionStatus.PROPOSED: _("Somebody recommends it."),
        ActionStatus.TASKED: _("Somebody was told to do it."),
        ActionStatus.IN_PROGRESS: _("It is being done."),
        ActionStatus.IMPLEMENTED: _("A source shows that it was done."),
        ActionStatus.CANCELLED: _("It was given up."),
    },
}
