"""Order of names as people sort them: accents and case do not count, and S/RES/713 comes before S/RES/2795.

The database function ``pk_name_order`` makes the key, so the order is the same on any server: a collation of ICU would
need a server that was built with it, which the embedded one was not. ``name_sort_key`` is the same key in Python.
"""

import re
import string

from django.db.models import CharField, F, Field, Func, IntegerField, Model, TextField, Transform, Value
from django.db.models.functions import Coalesce, NullIf

from .unaccent import unaccent

KEY_SQL = '(%(function)s(%(expressions)s) COLLATE "C")'
BY_NAME = "__name_order"
DIGITS = re.compile("(?<![0-9])[0-9]{1,8}(?![0-9])")
LOWER_CASE = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


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
TextField.register_lookup(NameOrder)


def first_name_order(*columns: str) -> NameOrder:
    """Return the order by the first of some columns that is not empty, which is the name that readers see."""
    *short_names, name = columns
    return NameOrder(Coalesce(*(NullIf(column, Value("")) for column in short_names), name))


class RelatedNamePlace(Func):
    """The place of a related record by name among all of its kind: ``RelatedNamePlace("source_id", Source, "title")``.

    The places are worked out once a statement, where the order by a name would make its key for each of a million rows.
    Of several names the first that is not empty counts.
    """

    output_field = IntegerField()
    template = (
        "((SELECT jsonb_object_agg(id, place) FROM"
        ' (SELECT id, rank() OVER (ORDER BY pk_name_order(coalesce(%(names)s)) COLLATE "C") AS place FROM %(table)s)'
        " AS placed) ->> %(expressions)s::text)::int"
    )

    def __init__(self, column: str, model: type[Model], *names: str):
        named = ", ".join(f"nullif(\"{name}\", '')" for name in names)
        super().__init__(column, names=named, table=f'"{model._meta.db_table}"')


def name_sort_key(name: str) -> str:
    """Return the key by which names sort in Python as they do in the database."""
    return DIGITS.sub(lambda number: number[0].zfill(9), unaccent(name).translate(LOWER_CASE))


def is_name(field: Field) -> bool:
    """True for a column of names or titles: text of one line that is neither a code nor one of a list of choices."""
    is_code = [field.name] == [*getattr(field.model, "key_fields", [])]
    return type(field) is CharField and not field.choices and not is_code
