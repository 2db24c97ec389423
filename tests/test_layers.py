"""Imports go one way: between apps, between the layers of pkportal and inside an app, without circles."""

from functools import cache

import pytest

from tests.source_code import (
    APPS,
    Module,
    classes,
    find_cycle,
    found_in,
    functions,
    imports,
    imports_in_functions,
    modules,
)

MODULES = modules(*APPS)
NAMES = {module.name for module in MODULES}
WRITTEN = [module for module in MODULES if not module.is_migration]  # Django writes the others

LAYERS = ["observability", "content", "sources", "exchange", "changes", "charts", "website", "editorial"]
ABOVE_THE_LAYERS = {"environment", "management", "serving", "settings", "urls", "wsgi", "apps"}
APP_LAYERS = {
    "glossary": 0,
    "models": 0,
    "charts": 1,
    "filters": 2,
    "resources": 2,
    "views": 3,
    "api": 3,
    "admin": 3,
    "templatetags": 3,
    "urls": 4,
    "apps": 5,
    "migrations": 5,
}
FORBIDDEN_MODULES = {"services", "utils", "helpers", "common", "managers", "handlers", "misc"}


@cache
def own_imports(module):
    """Return what a module imports of the portal itself."""
    return [name for name in imports(module, NAMES) if name.split(".")[0] in APPS]


def layer_of(name):
    """Return the second part of a dotted name: the layer in pkportal, models or views in an app."""
    return f"{name}..".split(".")[1]


def reason_against(importing, imported):
    """Return why one module may not import another, or an empty text if it may."""
    app, other = importing.split(".")[0], imported.split(".")[0]
    if APPS.index(other) > APPS.index(app):
        return f"{app} comes before {other}"
    if app != other or importing == imported:
        return ""
    return reason_in_pkportal(importing, imported) if app == "pkportal" else reason_in_app(importing, imported)


def reason_in_pkportal(importing, imported):
    layer, imported_layer = layer_of(importing), layer_of(imported)
    if layer == imported_layer or layer in ABOVE_THE_LAYERS:
        return ""
    if layer == "embedded":
        return "embedded imports nothing of pkportal but itself"
    if imported_layer in LAYERS and LAYERS.index(imported_layer) < LAYERS.index(layer):
        return ""
    return f"{layer} may not import {imported_layer}"


def reason_in_app(importing, imported):
    layer, imported_layer = layer_of(importing), layer_of(imported)
    if layer == imported_layer or APP_LAYERS[imported_layer] < APP_LAYERS[layer]:
        return ""
    return f"{layer} may not import {imported_layer}"


def test_all_modules_are_checked_and_relative_imports_are_resolved():
    lesson = next(module for module in MODULES if module.name == "lessons.models.lesson")

    assert len(WRITTEN) > 140
    assert {"missions.models", "pkportal.content.models", "lessons.models.terms"} <= {*own_imports(lesson)}


def test_every_module_belongs_to_a_known_layer():
    known = {app: {*APP_LAYERS, ""} for app in APPS} | {"pkportal": {*LAYERS, *ABOVE_THE_LAYERS, "embedded", ""}}

    assert [name for name in NAMES if layer_of(name) not in known[name.split(".")[0]]] == []


def forbidden_imports(module):
    return [(name, reason) for name in own_imports(module) if (reason := reason_against(module.name, name))]


def test_every_module_imports_only_lower_layers():
    assert found_in(MODULES, forbidden_imports) == {}


@pytest.mark.parametrize(
    ("importing", "imported", "reason"),
    [
        ("pkportal.website.lists", "missions.models", "pkportal comes before missions"),
        ("missions.views.country", "lessons.models", "missions comes before lessons"),
        ("pkportal.content.models", "pkportal.sources.models", "content may not import sources"),
        ("pkportal.charts.maps", "pkportal.settings", "charts may not import settings"),
        ("pkportal.embedded.server", "pkportal.content.dates", "embedded imports nothing of pkportal but itself"),
        ("missions.models.mission", "missions.charts.maps", "models may not import charts"),
        ("missions.filters.mission", "missions.resources", "filters may not import resources"),
        ("missions.admin.mission", "missions.views.mission", "admin may not import views"),
        ("lessons.views.lesson", "missions.charts.strength", ""),
        ("pkportal.management.commands.up", "pkportal.embedded.server", ""),
    ],
)
def test_only_imports_of_lower_layers_are_allowed(importing, imported, reason):
    assert reason_against(importing, imported) == reason


@pytest.mark.parametrize("app", APPS)
def test_modules_do_not_import_each_other_in_a_circle(app):
    graph = {
        module.name: {name for name in own_imports(module) if name != module.name}
        for module in WRITTEN
        if module.name.split(".")[0] == app
    }

    assert " → ".join(find_cycle(graph)) == ""


def test_circle_is_found_with_all_its_modules():
    assert find_cycle({"a": {"b", "x"}, "b": {"c"}, "c": {"a"}, "x": set()}) == ["a", "b", "c", "a"]
    assert find_cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_no_module_has_imports_inside_functions():
    assert found_in(WRITTEN, imports_in_functions) == {}


def test_import_inside_a_function_is_found(tmp_path):
    (tmp_path / "late.py").write_text("class A:\n    def b(self):\n        from ..models import C\n")
    (module,) = modules("", root=tmp_path)

    assert [*imports_in_functions(module)] == [3]
    assert [*imports(Module("missions.views.late", module.path), NAMES)] == ["missions.models"]


def test_no_module_has_a_catch_all_name():
    assert found_in(WRITTEN, lambda module: FORBIDDEN_MODULES & {*module.name.split(".")}) == {}


def too_long(module):
    """Yield the file if it is longer than a file may be, and each function that is."""
    if len(module.path.read_text().splitlines()) > 300:
        yield module.path.name
    yield from (function.name for function in functions(module) if function.end_lineno - function.lineno >= 40)


def test_every_file_has_at_most_300_lines_and_each_function_at_most_40():
    assert found_in(WRITTEN, too_long) == {}


def test_long_file_and_long_function_are_found(tmp_path):
    (tmp_path / "long.py").write_text("def short():\n" + "    pass\n" * 39 + "def long():\n" + "    pass\n" * 40)
    (tmp_path / "very_long.py").write_text("\n" * 301)

    assert found_in(modules("", root=tmp_path), too_long) == {"long": ["long"], "very_long": ["very_long.py"]}


def test_no_class_has_a_catch_all_name():
    words = ("Manager", "Helper", "Util", "Handler", "Common")

    def catch_all_classes(module):
        return [node.name for node in classes(module) if any(word in node.name for word in words)]

    assert found_in(WRITTEN, catch_all_classes) == {}
