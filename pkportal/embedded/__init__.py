"""An embedded PostgreSQL: a checkout without DATABASE_URL brings its own server."""

import psycopg


class Unavailable(psycopg.OperationalError):
    """There is no server to connect to, for a reason that a person can act on."""
