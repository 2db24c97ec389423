"""The tree of commands: their order, and the lines to the left of each."""

from collections.abc import Iterable, Mapping, Sequence

from missions.models import Command
from pkportal.charts.tree_lines import as_tree


def command_tree(commands: Iterable[Command]) -> list[Command]:
    """Return the roots of the tree; each command gets ``tree_lines``, and its children as ``branches``.

    A command is a root if the one it reports to is not among these.
    """
    by_key = {command.pk: command for command in commands}
    for command in by_key.values():
        command.branches = []
    roots: list[Command] = []
    for command in with_tree_lines(sorted(by_key.values(), key=Command.tree_order)):
        siblings = by_key[command.parent_id].branches if command.parent_id in by_key else roots
        siblings.append(command)
    return roots


def superiors_of(command: Command, by_key: Mapping[int, Command]) -> list[Command]:
    """Return the superiors of a command that are among these, the highest first; in a circle each comes once."""
    superiors: list[Command] = []
    parent_id = command.parent_id
    while parent_id in by_key and parent_id != command.pk and by_key[parent_id] not in superiors:
        superiors.insert(0, by_key[parent_id])
        parent_id = superiors[0].parent_id
    return superiors


def command_surroundings(command: Command, near: Mapping[int, Command]) -> list[Command]:
    """Return a command with its superiors, those with the same superior, and those directly below, in tree order.

    Each gets ``tree_lines``, and in ``relation`` its place: ``above``, ``beside``, ``below`` or ``here``.
    """
    superiors = superiors_of(command, near)
    others = [other for other in near.values() if other not in superiors]
    beside = [other for other in others if superiors and other.parent_id == superiors[-1].pk]
    below = [other for other in others if other.parent_id == command.pk]
    for relation, members in {"beside": beside, "below": below, "above": superiors, "here": [command]}.items():
        for member in members:
            member.relation = relation
    return with_tree_lines([*superiors, *sorted([command, *beside, *below], key=Command.tree_order)])


def with_tree_lines(commands: Sequence[Command]) -> list[Command]:
    """Put commands in the order of the tree, and give each its ``tree_lines``."""
    in_order = []
    for command, lines in as_tree(commands, "parent_id"):
        command.tree_lines = lines
        in_order.append(command)
    return in_order
