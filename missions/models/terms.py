"""The code lists of missions: their type, their region and their state."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MissionType(models.TextChoices):
    """What sort of operation a mission is; only some of them are peacekeeping."""

    PEACEKEEPING = "peacekeeping", _("peacekeeping")
    PEACE_ENFORCEMENT = "peace-enforcement", _("peace enforcement")
    CONFLICT_PREVENTION = "conflict-prevention", _("conflict prevention")
    COUNTER_TERRORISM = "counter-terrorism", _("counter-terrorism")
    MARITIME_SECURITY = "maritime-security", _("maritime security")
    AIR_POLICING = "air-policing-no-fly", _("air policing and no-fly zones")
    TRAINING = "training-capacity-building", _("training and capacity building")
    SUPPORT = "support-to-partner", _("support to a partner")
    RELIEF = "humanitarian-relief", _("humanitarian relief")
    COLLECTIVE_DEFENCE = "collective-defence", _("collective defence")


class Region(models.TextChoices):
    """The region in which a mission works."""

    WESTERN_BALKANS = "western-balkans", _("Western Balkans")
    BALKANS_ADRIATIC = "western-balkans-adriatic", _("Western Balkans / Adriatic")
    BALKANS_CENTRAL_EUROPE = "western-balkans-central-europe", _("Western Balkans / Central Europe")
    SOUTHERN_EUROPE = "southern-europe", _("Southern Europe")
    EASTERN_EUROPE = "eastern-europe", _("Eastern Europe")
    BALTIC = "baltic-region", _("Baltic region")
    EURO_ATLANTIC = "euro-atlantic-area", _("Euro-Atlantic area")
    NORTH_ATLANTIC = "north-atlantic", _("North Atlantic")
    NORTH_AMERICA = "north-america", _("North America")
    MEDITERRANEAN = "mediterranean", _("Mediterranean")
    CENTRAL_MEDITERRANEAN = "central-mediterranean", _("Central Mediterranean")
    MIDDLE_EAST = "middle-east", _("Middle East")
    MIDDLE_EAST_MEDITERRANEAN = "middle-east-eastern-mediterranean", _("Middle East / Eastern Mediterranean")
    NORTH_AFRICA = "north-africa", _("North Africa")
    AFRICA = "africa", _("Africa")
    HORN_OF_AFRICA = "horn-of-africa-indian-ocean", _("Horn of Africa / Indian Ocean")
    CENTRAL_ASIA = "south-and-central-asia", _("South and Central Asia")
    FORMER_SOVIET_UNION = "former-soviet-union", _("Former Soviet Union")


class State(models.TextChoices):
    """Whether a mission is still running; completed with an unknown end is not the same as ongoing."""

    ONGOING = "ongoing", _("ongoing")
    COMPLETED = "completed", _("completed")
    END_UNKNOWN = "completed-end-unknown", _("completed, end date unknown")
    TRANSFORMED = "transformed", _("transformed into another mission")
    NOT_ESTABLISHED = "not-established", _("not established")
