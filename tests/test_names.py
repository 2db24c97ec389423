"""One word, one meaning: what a module of the portal defines at its top has a name of its own."""

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


def names_in_several(written):
    """Return each name that several modules define, with these modules."""
    places = defaultdict(set)
    for module in written:
        for name in top_level_names(module):
            places[name].add(module.name)
    shared = {name: sorted(found) for name, found in places.items() if len(found) > 1}
    return {name: found for name, found in shared.items() if name not in BY_CONVENTION and not name.startswith("_")}


def test_no_two_modules_give_one_name_to_different_things():
    # a command of manage.py is found by its file, and its class must be called Command, as a headquarters is
    written = [it for it in modules(*APPS) if not it.is_migration and ".management.commands." not in it.name]

    assert names_in_several(written) == {}


def test_a_name_with_two_meanings_is_found(tmp_path):
    (tmp_path / "files.py").write_text("LIMIT, _own = 1, 2\nurlpatterns = []\nclass Column: ...\n")
    (tmp_path / "lists.py").write_text("_own: int = 2\nurlpatterns = []\nLIMIT = 3\nclass Column: ...\n")
    (tmp_path / "tags.py").write_text("@register.filter\ndef Column(): ...\n")

    assert names_in_several(modules("", root=tmp_path)) == {"Column": ["files", "lists"], "LIMIT": ["files", "lists"]}
