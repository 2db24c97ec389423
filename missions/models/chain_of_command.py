"""The chain of command in SQL: what stands above and below a command."""

from django.db import models

SUBTREE_SQL = """
WITH RECURSIVE below AS (
    SELECT id FROM missions_command WHERE id = %s
    UNION SELECT child.id FROM missions_command child JOIN below ON child.parent_id = below.id
) SELECT id FROM below
"""

MISSION_COMMANDS_SQL = """
WITH RECURSIVE above AS (
    SELECT id, parent_id FROM missions_command WHERE mission_id = %s
    UNION SELECT higher.id, higher.parent_id FROM missions_command higher JOIN above ON higher.id = above.parent_id
) SELECT id FROM above
"""

SUPERIORS_SQL = """
WITH RECURSIVE above AS (
    SELECT id, parent_id FROM missions_command lowest WHERE lowest.id = %s
    UNION SELECT higher.id, higher.parent_id FROM missions_command higher JOIN above ON higher.id = above.parent_id
) SELECT id FROM above
"""

# The superiors of every command, read once a statement: one by one they cost a third of the counts of a list.
ALL_SUPERIORS_SQL = """
WITH RECURSIVE above (lowest, id) AS (
    SELECT id, id FROM missions_command
    UNION SELECT lowest, parent_id FROM above JOIN missions_command USING (id) WHERE parent_id IS NOT NULL
), superiors AS (SELECT lowest, jsonb_agg(id) AS ids FROM above GROUP BY lowest)
SELECT jsonb_object_agg(lowest, ids) FROM superiors
"""


class WithSuperiors(models.Func):
    """Expand a row to one row for its command and one for each superior of it: ``WithSuperiors("commands")``."""

    template = f"jsonb_array_elements(({ALL_SUPERIORS_SQL}) -> (%(expressions)s)::text)::bigint"
    set_returning = True
    output_field = models.BigIntegerField()
