"""The portal's own source code as data: modules, what each imports, and the strings it holds. Nothing is imported."""

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
APPS = ["pkportal", "missions", "lessons"]  # each may import those before it


class Module(NamedTuple):
    """One Python file and its dotted name; a package is its ``__init__.py``."""

    name: str
    path: Path

    @property
    def is_migration(self):
        return "migrations" in self.path.parts

    def __str__(self):
        return self.name


def module_name(path, root=ROOT):
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules(*packages, root=ROOT):
    """Return every module of these packages, migrations included."""
    return [Module(module_name(path, root), path) for name in packages for path in sorted((root / name).rglob("*.py"))]


def found_in(searched, find):
    """Return what is found in each module, by its name, for those where something is."""
    return {module.name: found for module in searched if (found := [*find(module)])}


@cache
def tree(path):
    return ast.parse(path.read_text())


@cache
def nodes(path):
    """Return every node of the syntax of a file."""
    return [*ast.walk(tree(path))]


def imports(module, names):
    """Yield each import of a module as a dotted name, function-level ones included and relative ones resolved.

    ``from a import b`` is ``a.b`` where that is one of the module names, and else ``a``.
    """
    for node in nodes(module.path):
        if isinstance(node, ast.Import):
            yield from (longest_module(alias.name, names) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(module, node)
            yield from (longest_module(f"{base}.{alias.name}", names) for alias in node.names)


def absolute(module, node):
    """Return the dotted name that a ``from`` import starts at."""
    if not node.level:
        return node.module
    package = module.name.split(".") if module.path.name == "__init__.py" else module.name.split(".")[:-1]
    parents = package[: len(package) - node.level + 1]
    return ".".join([*parents, *filter(None, [node.module])])


def longest_module(dotted, names):
    """Cut a dotted name down to the module in it; what is not ours stays as it is."""
    parts = dotted.split(".")
    found = (".".join(parts[:size]) for size in range(len(parts), 0, -1))
    return next((name for name in found if name in names), dotted)


def find_cycle(graph):
    """Return one circle of a graph as a path that ends where it begins, or nothing."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return [*path[path.index(node) :], node]
        if node in done:
            return []
        path.append(node)
        found = next(filter(None, map(visit, sorted(graph.get(node, ())))), [])
        path.pop()
        done.add(node)
        return found

    return next(filter(None, map(visit, sorted(graph))), [])


def imports_in_functions(module):
    """Yield the line of every import inside a function; ``ready()`` of an app is where Django wants one."""
    for function in functions(module):
        if function.name != "ready":
            yield from (node.lineno for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))


def functions(module):
    return [node for node in nodes(module.path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def classes(module):
    return [node for node in nodes(module.path) if isinstance(node, ast.ClassDef)]


def strings(node):
    """Yield the line and the text of every string and every keyword argument under a node, docstrings included."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.lineno, part.value
        elif isinstance(part, ast.keyword) and part.arg:
            yield part.value.lineno, part.arg
