"""Health check for monitoring."""

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
    """Return 200 if the database is reachable and all migrations are applied, else 503 and what is wrong."""
    try:
        missing = known_migrations() - set(MigrationRecorder(connection).applied_migrations())
    except Error:
        state = {"database": "unreachable", "migrations": "unknown"}
    else:
        state = {"database": "ok", "migrations": "unapplied" if missing else "ok"}
    return JsonResponse(state, status=200 if set(state.values()) == {"ok"} else 503)


@cache
def known_migrations():
    """Return the migrations of the code, read once a process."""
    return frozenset(MigrationLoader(None).graph.nodes)
