"""The tree of commands: who stands under whom, in which order, and the lines between them."""

from missions.models import Level
from pkportal.charts.tree_lines import as_tree


def command_tree(commands):
    """Hang each command, with its lines, under the one it reports to; what reports to nobody shown here is a top."""
    known = {it.pk: it for it in commands}
    for it in commands:
        it.branches = []
    tops = []
    for it in with_tree_lines(sort_commands(commands)):
        (known[it.parent_id].branches if it.parent_id in known else tops).append(it)
    return tops


def sort_commands(commands):
    """Put higher levels first, then standing commands before those of a mission, then names."""
    return sorted(commands, key=lambda it: (Level.values.index(it.level), it.mission_id is not None, it.name))


def superiors_of(command, known):
    """List the superiors from the highest down, as far up as all are known; even a circle comes to an end."""
    found, key = [], command.parent_id
    while key in known and key not in {it.pk for it in found} | {command.pk}:
        found.insert(0, known[key])
        key = found[0].parent_id
    return found


def command_surroundings(command, near):
    """List a command in its place with the lines to the left: the chain above it, those beside it, those below it.

    What stands around it is given by key; each row says in ``part`` where it stands.
    """
    chain = superiors_of(command, near)
    around = [it for it in near.values() if it not in chain]
    beside = [it for it in around if chain and it.parent_id == chain[-1].pk]
    below = [it for it in around if it.parent_id == command.pk]
    for part, rows in {"beside": beside, "below": below, "above": chain, "here": [command]}.items():
        for it in rows:
            it.part = part
    return with_tree_lines([*chain, *sort_commands([command, *beside, *below])])


def with_tree_lines(commands):
    """Put commands under those they report to, and give each the lines to its left."""
    rows = as_tree(commands, "parent_id")
    for it, lines in rows:
        it.tree_lines = lines
    return [it for it, _lines in rows]
