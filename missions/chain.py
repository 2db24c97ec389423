"""The chain of mandates: a mission's instruments in order of time, each below the one it carries out."""

from pkportal.figures.rails import rails


def laid_out(mandate, siblings):
    """List the mission of a mandate and its instruments, as pairs of an instrument and the lines to its left.

    The first row is the mission, from which hangs what carries out none of its instruments. What the mandate follows
    from, and what follows from it, is shown even where it belongs to another mission.
    """
    shown = {it.pk: it for it in siblings} | {mandate.pk: mandate}
    above = mandate.derives_from
    if above and above.pk not in shown:
        shown = {above.pk: above} | shown
    shown |= {it.pk: it for it in mandate.derived.all() if it.pk not in shown}
    rows, parents, below = [None], [None], {}
    for it in shown.values():
        below.setdefault(it.derives_from_id if it.derives_from_id in shown else None, []).append(it)

    def add(it, parent):
        rows.append(it)
        parents.append(parent)
        place = len(rows) - 1
        for follower in below.pop(it.pk, ()):
            add(follower, place)

    for it in [*below.pop(None, ()), *shown.values()]:
        if it not in rows:  # what is left is a circle, in which each would come below the other
            add(it, 0)
    lines = rails(parents)
    return [*zip(rows, lines, strict=True)]
