"""The Django engine of the embedded PostgreSQL."""

from contextlib import contextmanager

from django.db.backends.postgresql import base

from pkportal.embedded import server


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend, which starts the server on the first connection."""

    def get_connection_params(self):
        """Add the address of the server, which is started once a process when a connection is wanted."""
        if not self.settings_dict["HOST"]:
            self.settings_dict.update(server.start(self.settings_dict["DATA_DIR"], self.settings_dict["NAME"]))
        return super().get_connection_params()

    def get_new_connection(self, conn_params):
        """Connect, and when the server was killed since the last time, start it again."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            if server.is_running(self.settings_dict["DATA_DIR"]):
                raise
        self.close_pool()
        self.settings_dict["HOST"] = ""
        return super().get_new_connection(self.get_connection_params())

    @contextmanager
    def _nodb_cursor(self):
        """Connect to no database of the portal: Django does that to make test databases, so they are allowed."""
        with super()._nodb_cursor() as cursor:
            server.allow_tests(self.settings_dict["DATA_DIR"])
            yield cursor
