"""An embedded PostgreSQL: a checkout without DATABASE_URL brings its own server."""

import psycopg


class Unavailable(psycopg.OperationalError):
    """Raised when there is no server to connect to, with a message that says what to do."""
