"""Terms of lessons, as the site uses them."""

from django.utils.translation import gettext_lazy as _

from pkportal.website.definitions import Definition

LESSON_TERMS = [
    Definition(
        _("observation"), _("Something seen in a mission that may become a lesson; the first stage of every lesson.")
    ),
    Definition(
        _("lesson identified"),
        _("A lesson for which a source names the cause and a remedy; nothing shows yet that it was acted on."),
    ),
    Definition(_("lesson learned"), _("A lesson for which a source shows that practice changed.")),
    Definition(_("best practice"), _("Something that worked and that a source recommends to others.")),
    Definition(_("challenge"), _("A difficulty that a mission met.")),
    Definition(_("theme"), _("A subject under which challenges and lessons of several missions are grouped.")),
    Definition(_("remedial action"), _("What was to be done about a lesson, by whom, and whether it was done.")),
    Definition(
        "DOTMLPFI",
        _(
            "The areas of capability in which NATO looks for a remedy: doctrine, organisation, training, materiel, "
            "leadership and education, personnel, facilities, interoperability."
        ),
    ),
]
