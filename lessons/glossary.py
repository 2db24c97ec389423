"""Terms of lessons, as the site uses them: pairs of a term and its definition."""

from django.utils.translation import gettext_lazy as _

LESSON_TERMS = [
    (_("observation"), _("Something seen in a mission that may become a lesson; the first stage of every lesson.")),
    (
        _("lesson identified"),
        _("A lesson whose cause and remedy a source names; nothing shows yet that it was acted on."),
    ),
    (_("lesson learned"), _("A lesson for which a source shows that practice changed.")),
    (_("best practice"), _("Something that worked and that a source recommends to others.")),
    (_("challenge"), _("Something that made a mission hard.")),
    (_("theme"), _("A subject under which challenges and lessons of several missions are grouped.")),
    (_("remedial action"), _("What was to be done about a lesson, by whom, and whether it was done.")),
    (
        "DOTMLPFI",
        _(
            "The capability areas in which a lesson is put right: doctrine, organisation, training, materiel, "
            "leadership, personnel, facilities, interoperability."
        ),
    ),
]
