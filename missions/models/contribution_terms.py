"""The code lists of contributions: what was given, what a figure counts, how exactly, and of what."""

from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _


class ContributionKind(models.TextChoices):
    """What was given."""

    TROOPS = "troops", _("troops")
    TRAINING = "training", _("training")
    POLICE = "police-and-advisers", _("police and advisers")
    AIRCRAFT = "aircraft", _("aircraft")
    SHIPS = "ships", _("ships")
    SURVEILLANCE = "intelligence-surveillance", _("intelligence and surveillance")
    TRANSPORT = "transport", _("transport")
    LOGISTICS = "logistics", _("logistics")
    MEDICAL = "medical", _("medical")
    FACILITIES = "facilities-host-nation", _("facilities and host-nation support")
    FINANCIAL = "financial", _("money")


class Basis(models.TextChoices):
    """What a figure counts: people deployed on the day, or people allowed, promised or rotated through."""

    DEPLOYED = "deployed", _("deployed")
    AUTHORISED = "authorised", _("authorised")
    PLEDGED = "pledged", _("pledged")
    PEAK = "peak", _("peak")
    ROTATION = "rotation-total", _("rotation total")
    DELIVERED = "delivered", _("total over a period")


class ValueState(models.TextChoices):
    """How exactly the source states a figure."""

    EXACT = "exact", _("exact")
    ABOUT = "about", _("about")
    AT_LEAST = "at-least", _("at least")
    UP_TO = "up-to", _("up to")
    ESTIMATED = "estimated", _("estimated or derived")

    @property
    def before(self):
        """Return the words before a number, such as “about”; nothing where the figure is exact."""
        return "" if self == ValueState.EXACT else self.label


INEXACT = frozenset({ValueState.ABOUT, ValueState.ESTIMATED})


class Unit(models.TextChoices):
    """What a figure is a number of."""

    PERSONNEL = "personnel", _("personnel")
    TEAMS = "teams", _("teams")
    AIRCRAFT = "aircraft", _("aircraft")
    SHIPS = "ships", _("ships")
    SORTIES = "sorties", _("sorties")
    BATTERIES = "batteries", _("batteries")
    EUR = "EUR", _("euros")
    USD = "USD", _("US dollars")

    def noun_for(self, quantity):
        """Return the word after a number: 1 ship, 2 ships."""
        return SINGULAR_UNITS[self.value] if quantity == 1 else self.label


SINGULAR_UNITS = {
    "personnel": _("person"),
    "teams": _("team"),
    "aircraft": _("aircraft"),
    "ships": _("ship"),
    "sorties": _("sortie"),
    "batteries": _("battery"),
    "EUR": _("euro"),
    "USD": _("US dollar"),
}


# quantities of different units cannot be compared: people come first, then everything else
PEOPLE_FIRST = Case(When(unit=Unit.PERSONNEL, then=Value(0)), default=Value(1))
