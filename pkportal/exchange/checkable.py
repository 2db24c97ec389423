"""Files of checkable records: who may mark a record as checked, or as no longer AI-assisted, by a file."""

from collections.abc import Iterable

from pkportal.content.checking import STILL_ASSISTED
from pkportal.sources.unverified import NOT_ENOUGH

from .columns import CheckedColumn
from .resource import Resource
from .staging.hooks import RowRule
from .staging.stage import Stage
from .staging.unverified import is_to_rest_on_unverified


class CheckableResource(Resource):
    """A resource of checkable records: its column ``checked`` marks the records as their rows have them.

    The command ``load`` marks, because a dump must load as it was. The file of an account marks nothing: a mark stays
    where the checked columns do, and everything else is compared with its source by a person in the admin.
    """

    checked = CheckedColumn()

    @property
    def marks_checked(self) -> bool:
        """True for a file of the operator."""
        return self.user is None

    def row_rules(self, stage: Stage) -> Iterable[RowRule]:
        """Refuse what would take the mark of AI off unchecked, and checks that rest on unverified sources alone."""
        yield from super().row_rules(stage)
        assisted = next((column for column in stage.columns if column.attribute == "ai_assisted"), None)
        if self.user and assisted:
            taken_off = f"NOT d.is_new AND t.{assisted.sql_name} AND NOT s.{assisted.sql_name}"
            yield RowRule(f"{taken_off} AND NOT {stays_checked(stage)}", assisted.name, str(STILL_ASSISTED))
        if stage.mark:
            rule = f"s.{stage.mark.sql_name} AND {is_to_rest_on_unverified(stage)}"
            yield RowRule(rule, stage.mark.name, str(NOT_ENOUGH))


def stays_checked(stage: Stage) -> str:
    """Return the condition that a record is checked, and its row leaves it so."""
    checked = {field.name for field in stage.model._meta.fields if field.attname in stage.model.checked_fields}
    bits = sum(stage.bit(column) for column in stage.columns if column.attribute in checked)
    return f"(NOT d.is_new AND t.is_checked AND d.changed & {bits} = 0)"
