"""What stands in the way of a change set."""

from typing import Any, NamedTuple

from django.utils.text import capfirst

from pkportal.content.registry import model_with_reference

from .cells import draft_columns
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

    @property
    def label(self) -> str:
        """Return how readers call the field; what a kind no longer has keeps its name."""
        model: Any = model_with_reference(self.reference)
        is_field = model is not None and self.column in draft_columns(model)
        return capfirst(str(model._meta.get_field(self.column).verbose_name)) if is_field else self.column

    @property
    def line(self) -> str:
        """Return the problem on one line, with its record and its field."""
        return ": ".join(filter(None, [self.reference, self.label, self.message]))


class NotApplicable(Exception):
    """Raised when a change set cannot be applied; ``problems`` say why."""

    def __init__(self, problems: list[Problem]):
        super().__init__(*(problem.line for problem in problems))
        self.problems = problems
