"""Who has a form open: each page says so every minute, and shows who else does. Nothing is locked."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import connection

# One statement notes that an account has a form open, and returns who else had it open in the last five minutes.
NOTE_OPEN = """
WITH noted AS (
    INSERT INTO editorial_openform (account_id, address) VALUES (%(account)s, %(address)s)
    ON CONFLICT (address, account_id) DO UPDATE SET
        opened_at = CASE WHEN editorial_openform.seen_at < now() - interval '5 minutes' THEN now()
            ELSE editorial_openform.opened_at END,
        seen_at = now()
), left_long_ago AS (
    DELETE FROM editorial_openform WHERE seen_at < now() - interval '1 day' AND address <> %(address)s
)
SELECT username, opened_at
FROM editorial_openform JOIN auth_user ON auth_user.id = account_id
WHERE address = %(address)s AND account_id <> %(account)s AND seen_at > now() - interval '5 minutes'
ORDER BY opened_at
"""


class Colleague(NamedTuple):
    """Somebody else who has a form open, and since when."""

    name: str
    since: datetime


def note_open(user: User, address: str) -> list[Colleague]:
    """Note that an account has a form open, and return who else has."""
    with connection.cursor() as cursor:
        cursor.execute(NOTE_OPEN, {"account": user.pk, "address": address})
        return [Colleague(*row) for row in cursor.fetchall()]
