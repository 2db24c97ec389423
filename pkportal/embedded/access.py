"""Who may connect to the embedded server, and as whom: the portal's user, as the owner of the portal's database."""

from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from pkportal.embedded.accounts import Account, owner_name

SUPERUSER = "postgres"  # makes the role and the database, and does nothing else
ROLE = "pkportal"

# The operating system says who is at the other end of a socket; nobody gives a password.
HOST_RULES = """\
# Written each time the portal starts this server.
local all all peer map=portal
local replication all peer map=portal
"""

OWNED_BY_SUPERUSER = """
SELECT datname FROM pg_database WHERE datdba = 'postgres'::regrole AND NOT datistemplate AND datname <> 'postgres'
"""
# tables bring their indexes, triggers and the sequences of their columns
HAND_OVER = """
DO $$
DECLARE statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER TABLE %s OWNER TO pkportal', class.oid::regclass) FROM pg_class class
        WHERE relnamespace = 'public'::regnamespace AND relowner = 'postgres'::regrole AND (
            relkind IN ('r', 'p', 'v', 'm') OR relkind = 'S' AND NOT EXISTS (
                SELECT FROM pg_depend
                WHERE classid = 'pg_class'::regclass AND objid = class.oid AND deptype IN ('a', 'i')
            )
        )
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO pkportal', oid::regprocedure) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proowner = 'postgres'::regrole
        UNION ALL
        SELECT format('ALTER DOMAIN %s OWNER TO pkportal', oid::regtype) FROM pg_type
        WHERE typnamespace = 'public'::regnamespace AND typowner = 'postgres'::regrole AND typtype = 'd'
    LOOP
        EXECUTE statement;
    END LOOP;
END $$
"""


def user_map(base: Path, account: Account) -> str:
    """Return the rules which users may connect: root, who may do all, and whose portal it is; no other.

    ``nobody``, who runs the server for root, is also the user of programs that are not trusted.
    """
    users = {owner_name(0), owner_name(base.stat().st_uid)} | ({account.name} if account.is_current_user else set())
    return "".join(f'portal "{name}" all\n' for name in sorted(users))


def prepare_role(superuser: dict[str, Any], database: str | None) -> None:
    """Make the role and its database unless they exist; it gets what earlier versions made as the superuser."""
    with connect(superuser, "postgres") as session:
        if not session.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            password = sql.SQL("PASSWORD {}").format(superuser["PASSWORD"]) if superuser["PASSWORD"] else sql.SQL("")
            session.execute(sql.SQL("CREATE ROLE {} LOGIN {}").format(sql.Identifier(ROLE), password))
        for (name,) in session.execute(OWNED_BY_SUPERUSER).fetchall():
            with connect(superuser, name) as inside:
                inside.execute(HAND_OVER)
            session.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(name), sql.Identifier(ROLE)))
        if database and not session.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            session.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(ROLE))
            )


def allow_new_databases(superuser: dict[str, Any]) -> None:
    """Let the role make databases."""
    with connect(superuser, "postgres") as session:
        session.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(ROLE)))


def connect(settings: dict[str, Any], database: str) -> psycopg.Connection:
    """Connect to a database with the keys of Django's DATABASES."""
    return psycopg.connect(dbname=database, autocommit=True, **{key.lower(): text for key, text in settings.items()})
