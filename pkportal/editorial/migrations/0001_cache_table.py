"""The table of Django's database cache, in which failed sign-ins are counted for all processes of the portal.

Unlogged: counting waits for no disk, so that a flood of sign-ins does not hold up the others who write. A crash of the
server empties it, and a replica does not have it.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE IF NOT EXISTS shared_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX IF NOT EXISTS shared_cache_expires ON shared_cache (expires);
            """,
            "DROP TABLE shared_cache",
        ),
    ]
