"""One word, one meaning: no two modules define the same top-level name."""

import ast
from collections import defaultdict

from tests.source_code import APPS, modules, tree

BY_CONVENTION = {"urlpatterns", "register", "__all__"}  # Django and Python look these up in each module


def top_level_names(module):
    """Yield the functions, classes and constants of a module; private names are known to it alone."""
    for node in tree(module.path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not is_template_tag(node):
                yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))


def is_template_tag(node):
    """Tell template tags and filters: their names are words of templates, and no module imports them."""
    return any(ast.unparse(decorator).startswith("register.") for decorator in node.decorator_list)


def shared_names(written):
    """Return each name that several modules define, with these modules."""
    modules_by_name = defaultdict(set)
    for module in written:
        for name in top_level_names(module):
            if name not in BY_CONVENTION and not name.startswith("_"):
                modules_by_name[name].add(module.name)
    return {name: sorted(defining) for name, defining in modules_by_name.items() if len(defining) > 1}


def test_top_level_names_are_unique_across_modules():
    # a command of manage.py is found by its file, and its class must be called Command, as a headquarters is
    all_modules = modules(*APPS)
    written = [module for module in all_modules if not module.is_migration and ".commands." not in module.name]

    assert shared_names(written) == {}


def test_shared_names_are_found(tmp_path):
    (tmp_path / "files.py").write_text("LIMIT, _own = 1, 2\nurlpatterns = []\nclass Column: ...\n")
    (tmp_path / "lists.py").write_text("_own: int = 2\nurlpatterns = []\nLIMIT = 3\nclass Column: ...\n")
    (tmp_path / "tags.py").write_text("@register.filter\ndef Column(): ...\n")

    assert shared_names(modules("", root=tmp_path)) == {"Column": ["files", "lists"], "LIMIT": ["files", "lists"]}
