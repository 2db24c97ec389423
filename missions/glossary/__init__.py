"""Terms of missions, mandates and figures, as the site uses them."""

from django.utils.translation import gettext_lazy as _

from pkportal.website.definitions import Definition

from .abbreviations import ABBREVIATIONS

MISSION_TERMS = [
    *ABBREVIATIONS,
    Definition(_("mission"), _("An operation that NATO led or supported, from its first to its last day.")),
    Definition(_("as last stated"), _("As the newest source on record states it; what came later is not on record.")),
    Definition(
        _("mandate"),
        _("A document that allows or orders a mission: a resolution, a decision, an agreement or a host's consent."),
    ),
    Definition(
        _("Chapter VI, VII, VIII"),
        _("The chapter of the Charter of the United Nations that a resolution names or that its words point to."),
    ),
    Definition(
        _("Article 4"),
        _("The article of the North Atlantic Treaty on consultation, when an ally feels threatened."),
        sources=("nato-treaty",),
    ),
    Definition(
        _("Article 5"),
        _("The article of the North Atlantic Treaty by which an armed attack on one ally is an attack on all."),
        sources=("nato-treaty",),
    ),
    Definition(_("permanent command"), _("A headquarters of NATO that was not set up for one mission.")),
    Definition(_("ally"), _("A nation that was a member of NATO on the day in question.")),
    Definition(_("partner"), _("A nation that contributed without being a member of NATO on the day in question.")),
    Definition(_("contingent"), _("The people whom one nation has in a mission.")),
    Definition(
        _("caveat"),
        _("A limit that a nation sets on the use of its troops in a mission."),
        sources=("auerswald-2014",),
    ),
    Definition(
        _("dual key"),
        _("The rule that air strikes over Bosnia needed the approval of both the United Nations and NATO."),
        sources=("owen-bacs-1997", "wp-deny-flight"),
    ),
    Definition(
        _("costs lie where they fall"),
        _("The rule that each nation pays for the forces that it sends."),
        sources=("nato-review-jochems",),
    ),
    Definition(_("common funding"), _("What nations pay together into NATO's budgets, each an agreed share.")),
    Definition(_("transfer of authority"), _("The moment at which command of a force or a mission passes.")),
    Definition(
        _("figure"), _("One number that one source states: who contributed what, to which mission, on which date.")
    ),
    Definition(_("deployed"), _("Counted where the mission worked, on the date of the figure.")),
    Definition(_("authorised"), _("Allowed by a parliament or a government; not all of it need have been sent.")),
    Definition(_("pledged"), _("Promised; not all of it need have been sent.")),
    Definition(_("peak"), _("The largest number that a source names for the mission, at one time.")),
    Definition(
        _("rotation total"), _("All who served over several rotations together; more than were there at one time.")
    ),
    Definition(
        _("stated total"), _("The strength of a whole mission as a source states it, not added up from its nations.")
    ),
]
