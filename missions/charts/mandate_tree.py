"""The chain of mandates: a mission's instruments in order of time, each below the one it carries out."""

from pkportal.charts.tree_lines import as_tree


def mandate_tree(mandate, siblings):
    """List the mission of a mandate and its instruments, as pairs of an instrument and the lines to its left.

    The first row is the mission itself, from which hangs what carries out none of its instruments. What the mandate
    follows from, and what follows from it, is shown even where it belongs to another mission.
    """
    shown = {it.pk: it for it in siblings} | {mandate.pk: mandate}
    above = mandate.derives_from
    if above and above.pk not in shown:
        shown = {above.pk: above} | shown
    shown |= {it.pk: it for it in mandate.derived.all() if it.pk not in shown}
    return as_tree([*shown.values()], "derives_from_id", top=mandate.mission)
