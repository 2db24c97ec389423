"""Resources: import a file into a model, for the admin and for the command ``load`` alike.

A column that is absent keeps what is stored; a blank cell clears what may be empty. One invalid row, and nothing of
the file is stored.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth import get_permission_codename
from django.utils.translation import gettext as _

from pkportal.content.models import Status

from .staging.hooks import ImportHooks, RowRule
from .staging.importing_in_sets import AS_PREVIEW, StagingOptions, stage_file
from .staging.sql import literal
from .staging.stage import Stage

PUBLICATION_COLUMNS = ["status", "published_at", "withdrawn_at", "withdrawal_reason", "moved_to"]


class Resource(ImportHooks):
    """A resource whose rows are validated by the model and stored together or not at all."""

    def import_data(
        self, header: Sequence[str], rows: Iterable[Any], user: Any = None, options: StagingOptions = AS_PREVIEW
    ) -> Stage:
        """Stage a file: find out what it would change, and why rows of it are refused; nothing is stored yet."""
        self.user = user
        return stage_file(self, header, rows, options)


class PublishableResource(Resource):
    """A resource of publishable records: a file publishes only what its user may publish in the admin."""

    def row_rules(self, stage: Stage) -> Iterable[RowRule]:
        """Refuse a change of the publication columns by a user without the permission to publish."""
        yield from super().row_rules(stage)
        if not self.user or self.user.has_perm(self._publish_permission()):
            return
        staged = {column.attribute: column for column in stage.columns}
        message = _("You may not publish or withdraw records: leave the status as it is.")
        before = "false"
        for name in PUBLICATION_COLUMNS:
            if column := staged.get(name):
                draft = literal(Status.DRAFT) if name == "status" else "''"
                new = f"coalesce(s.{column.sql_name}::text, '') <> {draft}"
                changes = f"(CASE WHEN d.is_new THEN {new} ELSE d.changed & {stage.bit(column)} <> 0 END)"
                yield RowRule(f"{changes} AND NOT ({before})", column.name, message)
                before = f"{before} OR {changes}"

    def _publish_permission(self):
        opts = self._meta.model._meta
        return f"{opts.app_label}.{get_permission_codename('publish', opts)}"
