"""The tree of mandates: the instruments of a mission, each below the one that it derives from."""

from collections.abc import Iterable

from missions.models import Mandate, Mission
from pkportal.charts.tree_lines import TreeLines, as_tree


def mandate_tree(mandate: Mandate, siblings: Iterable[Mandate]) -> list[tuple[Mission | Mandate, TreeLines]]:
    """Return the mission of a mandate and its mandates (``siblings``, in order of time), each with its tree lines.

    The first row is the mission. What the mandate derives from, and what derives from it, is included even where it
    belongs to another mission.
    """
    mandates = {sibling.pk: sibling for sibling in siblings} | {mandate.pk: mandate}
    parent = mandate.derives_from
    if parent and parent.pk not in mandates:
        mandates = {parent.pk: parent} | mandates
    mandates |= {derived.pk: derived for derived in mandate.derived.all() if derived.pk not in mandates}
    return as_tree([*mandates.values()], "derives_from_id", top=mandate.mission)
