"""``manage.py down``: stop the embedded PostgreSQL."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from pkportal.embedded import Unavailable, server


class Command(BaseCommand):
    """Stops only what the portal itself started, never somebody's own server."""

    help = "Stop the embedded PostgreSQL; it starts again when the portal next needs it."
    requires_system_checks = ()

    def handle(self, *args, **options):
        """Stop the server, or print why there is nothing to stop."""
        settings = connection.settings_dict
        if settings["ENGINE"] != "pkportal.embedded":
            self.stdout.write("DATABASE_URL names another server, which is not the portal's to stop.")
            return
        try:
            stopped = server.stop(settings["DATA_DIR"])
        except (Unavailable, OSError) as error:
            raise CommandError(error) from error
        self.stdout.write("The embedded PostgreSQL is stopped." if stopped else "No embedded PostgreSQL is running.")
