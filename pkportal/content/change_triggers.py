"""Triggers that call a function with the rows of each statement, as they were and as they are."""

from django.db.backends.utils import CursorWrapper

TRIGGERS = {
    "inserted": 'INSERT ON "{table}" REFERENCING NEW TABLE AS new_rows',
    "updated": 'UPDATE ON "{table}" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows',
    "deleted": 'DELETE ON "{table}" REFERENCING OLD TABLE AS old_rows',
    "truncated": 'TRUNCATE ON "{table}"',
}
TRIGGER_ARGUMENTS = "SELECT tgargs FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass"


def make_triggers(cursor: CursorWrapper, prefix: str, table: str, function: str, arguments: list[str]) -> bool:
    """Let a table call a function with these arguments, or not at all if there are none; True if it did otherwise."""
    if trigger_arguments(cursor, prefix, table) == arguments:
        return False
    given = ", ".join(f"'{argument}'" for argument in arguments)
    for name, event in TRIGGERS.items():
        cursor.execute(f'DROP TRIGGER IF EXISTS {prefix}_{name} ON "{table}"')
        if arguments:
            when = f"AFTER {event.format(table=table)} FOR EACH STATEMENT"
            cursor.execute(f"CREATE TRIGGER {prefix}_{name} {when} EXECUTE FUNCTION {function}({given})")
    return True


def trigger_arguments(cursor: CursorWrapper, prefix: str, table: str) -> list[str]:
    """Return the arguments that the triggers of a table have, none if it has no triggers."""
    cursor.execute(TRIGGER_ARGUMENTS, [f"{prefix}_truncated", f'"{table}"'])
    row = cursor.fetchone()
    return bytes(row[0]).decode().split("\0")[:-1] if row else []
