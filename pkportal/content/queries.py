"""Queries that join several query sets into one statement."""

from django.db.models import Count, Value


def union_all(querysets):
    """Return one query set of all rows of several, in their order: ``UNION ALL`` of columns that match."""
    first, *others = querysets
    return first.union(*others, all=True) if others else first


def count_each(querysets):
    """Count several query sets in one query: ``{"lesson": rows, …}`` gives ``{"lesson": 111, …}``."""
    counted = (
        rows.order_by().values(counted_name=Value(name)).annotate(counted=Count("pk"))
        for name, rows in querysets.items()
    )
    return dict(union_all(rows.values_list("counted_name", "counted") for rows in counted))
