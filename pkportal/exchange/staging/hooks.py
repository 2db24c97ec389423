"""What a resource says of an import beyond its columns: rules of its rows, questions about them, and marks."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from pkportal.exchange.columns import ExportResource


class RowRule(NamedTuple):
    """A condition under which rows are refused.

    In SQL ``s`` is the row of the file, ``t`` the record as it is, and ``d`` what becomes of the row.
    """

    condition: str
    column: str
    reason: str


class ImportHooks(ExportResource):
    """The hooks of an import, which a resource overrides."""

    user: Any = None  # whose file it is; without one it is a file of the operator

    @property
    def marks_checked(self) -> bool:
        """True if the file says which records are checked."""
        return False

    def row_rules(self, stage: Any) -> Iterable[RowRule]:
        """Yield the rules of rows that are new or changed, beyond those of the model."""
        return ()

    questions_about: Any = None  # yields the primary keys of records as they are to be, with what is strange about each
