"""Comments that somebody wrote beside cells of a sheet: they are in no cell, so a note says where they are."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from .tables import Notes
from .xml_parts import XmlReader

MOST_COMMENTS = 20  # cells that are named


class CommentsReader(XmlReader):
    """Reads which cells of a sheet in XLSX have a comment."""

    def start(self, name, attributes):
        """Keep one cell."""
        if name == "comment":
            self.found.append(attributes.get("ref", ""))


def note_comments(notes: Notes, cells: Sequence[str]) -> None:
    """Say which cells have a comment, which was not read."""
    if cells:
        more = ["…"] if len(cells) > MOST_COMMENTS else []
        names = ", ".join([*cells[:MOST_COMMENTS], *more])
        notes.add(None, _("Comments beside cells were not read: %s.") % names)
