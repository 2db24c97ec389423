"""The tree of commands: who stands under whom, in which order, and the lines between them."""

from missions.models import Level
from pkportal.figures.rails import rails


def tree(commands):
    """Hang each command under the one it reports to; one that reports to nobody, or to a hidden one, is a top."""
    known = {it.pk: it for it in commands}
    for it in commands:
        it.branches = []
    tops = []
    for it in in_order(commands):
        (known[it.parent_id].branches if it.parent_id in known else tops).append(it)
    return tops


def in_order(commands):
    """Put higher levels first, then standing commands before those of a mission, then names."""
    return sorted(commands, key=lambda it: (Level.values.index(it.level), it.mission_id is not None, it.name))


def above(command, known):
    """List the superiors from the highest down, as far up as all are known; even a circle comes to an end."""
    found, key = [], command.parent_id
    while key in known and key not in {it.pk for it in found} | {command.pk}:
        found.insert(0, known[key])
        key = found[0].parent_id
    return found


def draw(tops):
    """Give each command of a tree the lines to its left."""
    rows, parents = [], []

    def walk(command, parent):
        rows.append(command)
        parents.append(parent)
        place = len(rows) - 1
        for branch in command.branches:
            walk(branch, place)

    for top in tops:
        walk(top, None)
    with_rails(rows, parents)
    return tops


def laid_out(command, near):
    """List a command in its place with the lines to the left: the chain above it, those beside it, those below it.

    What stands around it is given by key; each row says in ``part`` where it stands.
    """
    chain = above(command, near)
    around = [it for it in near.values() if it not in chain]
    beside = [it for it in around if chain and it.parent_id == chain[-1].pk]
    rows, parents = [], []

    def add(it, parent, part):
        it.part = part
        rows.append(it)
        parents.append(parent)
        return len(rows) - 1

    last = None
    for it in chain:
        last = add(it, last, "above")
    for it in in_order([command, *beside]):
        place = add(it, last, "here" if it is command else "beside")
        if it is command:
            for branch in in_order(it for it in around if it.parent_id == command.pk):
                add(branch, place, "below")
    with_rails(rows, parents)
    return rows


def with_rails(rows, parents):
    """Give each row its lines."""
    for row, lines in zip(rows, rails(parents), strict=True):
        row.rails = lines
