"""What stands in the way of a change set."""

from typing import NamedTuple

from .models import ChangeSet


class Problem(NamedTuple):
    """A reason why a change set cannot be published as it is; without a reference it is about the whole.

    In a clash the record has ``theirs``, which is neither what the cell was nor what it is to be. What only keeps a
    change from being published ``is_obstacle``: a preview shows the change.
    """

    reference: str
    column: str
    message: str
    is_clash: bool = False
    theirs: str = ""
    is_obstacle: bool = False
    needs: ChangeSet | None = None  # a set that adds, or was to add, what is missing


class NotApplicable(Exception):
    """Raised when a change set cannot be applied; ``problems`` say why."""

    def __init__(self, problems: list[Problem]):
        super().__init__(*(problem.message for problem in problems))
        self.problems = problems
