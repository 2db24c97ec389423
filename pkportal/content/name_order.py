"""Order of names as people sort them: accents and case do not count, and S/RES/713 comes before S/RES/2795.

The database function ``pk_name_order`` makes the key, so the order is the same on any server: a collation of ICU would
need a server that was built with it, which the embedded one was not.
"""

from django.db.models import CharField, F, Func, TextField, Transform

KEY_SQL = '(%(function)s(%(expressions)s) COLLATE "C")'


def name_key(column: str) -> Func:
    """Return the key of a column for an index; a plain Func, as a migration must import nothing of ours."""
    return Func(F(column), function="pk_name_order", template=KEY_SQL, output_field=TextField())


class NameOrder(Transform):
    """Transform of a text column: ``order_by("name__name_order")``."""

    lookup_name = "name_order"
    function = "pk_name_order"
    template = KEY_SQL
    output_field = TextField()


CharField.register_lookup(NameOrder)
