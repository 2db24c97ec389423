"""Terms of missions, mandates and figures, as the site uses them: pairs of a term and its definition."""

from django.utils.translation import gettext_lazy as _

MISSION_TERMS = [
    (_("mission"), _("An operation that NATO led or supported, from its first to its last day.")),
    (
        _("mandate"),
        _("A document that allows or orders a mission: a resolution, a decision, an agreement or a host's consent."),
    ),
    (
        _("Chapter VI, VII, VIII"),
        _("The chapter of the Charter of the United Nations that a resolution names or that its words point to."),
    ),
    (_("permanent command"), _("A headquarters of NATO that was not set up for one mission.")),
    (_("ally"), _("A nation that was a member of NATO on the day in question.")),
    (_("partner"), _("A nation that contributed without being a member of NATO on the day in question.")),
    (_("figure"), _("One number that one source states: who contributed what, to which mission, on which date.")),
    (_("deployed"), _("Counted where the mission worked, on the date of the figure.")),
    (_("authorised"), _("Allowed by a parliament or a government; not all of it need have been sent.")),
    (_("pledged"), _("Promised; not all of it need have been sent.")),
    (_("peak"), _("The largest number that a source names for the mission, at one time.")),
    (_("rotation total"), _("All who served over several rotations together; more than were there at one time.")),
    (_("stated total"), _("The strength of a whole mission as a source states it, not added up from its nations.")),
]
