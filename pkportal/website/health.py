"""Whether this portal can serve, for whoever watches over it."""

from functools import cache

from django.db import Error, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
@transaction.non_atomic_requests  # a transaction begun before the view would fail outside of it
def healthz(request):
    """Answer 200 when the database is there and as this code wants it, else 503 and what is wrong."""
    try:
        missing = known_migrations() - set(MigrationRecorder(connection).applied_migrations())
    except Error:
        found = {"database": "unreachable", "migrations": "unknown"}
    else:
        found = {"database": "ok", "migrations": "unapplied" if missing else "ok"}
    return JsonResponse(found, status=200 if set(found.values()) == {"ok"} else 503)


@cache
def known_migrations():
    """Read the migration files once a process: they change only with the code."""
    return frozenset(MigrationLoader(None).graph.nodes)
