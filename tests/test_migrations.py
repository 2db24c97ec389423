"""Migrations are run for years: what they take of the portal are classes of columns, expressions and steps."""

import ast

from django.db.migrations.operations.base import Operation
from django.db.models import Expression, Field
from django.utils.module_loading import import_string

from tests.source_code import APPS, found_in, modules, tree

MIGRATIONS = [module for module in modules(*APPS) if module.is_migration and module.path.name != "__init__.py"]


def taken_of_the_portal(syntax):
    """Yield the dotted names that a module takes of the portal, but for the modules they are in."""
    dotted = {ast.unparse(node) for node in ast.walk(syntax) if isinstance(node, ast.Attribute)}
    for node in ast.walk(syntax):
        if isinstance(node, ast.ImportFrom):
            dotted |= {f"{node.module}.{alias.name}" for alias in node.names}
    ours = {name for name in dotted if name.split(".")[0] in APPS}
    return sorted(name for name in ours if not any(other.startswith(f"{name}.") for other in ours))


def is_lasting(name):
    taken = import_string(name)
    return isinstance(taken, type) and issubclass(taken, Field | Expression | Operation)


def passing_names(module):
    """Return what a migration takes of the portal that may change."""
    return [name for name in taken_of_the_portal(tree(module.path)) if not is_lasting(name)]


def test_migrations_take_no_function_of_the_portal_that_may_change():
    assert found_in(MIGRATIONS, passing_names) == {}


def test_function_that_a_migration_takes_is_found():
    code = "import pkportal.content.dates\n"
    code += "from pkportal.content.checking import digest_of\npkportal.content.dates.DayField()"

    assert taken_of_the_portal(ast.parse(code)) == [
        "pkportal.content.checking.digest_of",
        "pkportal.content.dates.DayField",
    ]
    assert is_lasting("pkportal.content.dates.DayField")
    assert not is_lasting("pkportal.content.checking.digest_of")
