"""Imports go one way: between apps, between the layers of pkportal, inside an app; and no circle among modules."""

import pytest

from tests.source_code import (
    APPS,
    Module,
    classes,
    find_cycle,
    functions,
    imports,
    imports_in_functions,
    modules,
)

MODULES = modules(*APPS)
NAMES = {module.name for module in MODULES}
WRITTEN = [module for module in MODULES if not module.is_migration]  # Django writes the others

LAYERS = ["content", "sources", "exchange", "changes", "charts", "website", "editorial"]
ABOVE_THE_LAYERS = {"management", "settings", "urls", "wsgi", "apps"}
APP_LAYERS = {
    "models": 0,
    "charts": 1,
    "filters": 2,
    "resources": 2,
    "views": 3,
    "admin": 3,
    "templatetags": 3,
    "urls": 4,
    "apps": 5,
    "migrations": 5,
}
FORBIDDEN_MODULES = {"services", "utils", "helpers", "common", "managers", "handlers", "misc"}

each_module = pytest.mark.parametrize("module", MODULES, ids=str)
each_written = pytest.mark.parametrize("module", WRITTEN, ids=str)


def ours(module):
    """Yield what a module imports of the portal itself."""
    return (name for name in imports(module, NAMES) if name.split(".")[0] in APPS)


def second(name):
    """Return the second part of a dotted name: the layer in pkportal, models or views in an app."""
    return f"{name}..".split(".")[1]


def refusal(importing, imported):
    """Return why one module may not import another, or nothing."""
    app, other = importing.split(".")[0], imported.split(".")[0]
    if APPS.index(other) > APPS.index(app):
        return f"{app} comes before {other}"
    if app != other or importing == imported:
        return ""
    return pkportal_refusal(importing, imported) if app == "pkportal" else app_refusal(importing, imported)


def pkportal_refusal(importing, imported):
    here, there = second(importing), second(imported)
    if here == there or here in ABOVE_THE_LAYERS:
        return ""
    if here == "embedded":
        return "embedded imports nothing of pkportal but itself"
    if there in LAYERS and LAYERS.index(there) < LAYERS.index(here):
        return ""
    return f"{here} may not import {there}"


def app_refusal(importing, imported):
    here, there = second(importing), second(imported)
    if here == there or APP_LAYERS[there] < APP_LAYERS[here]:
        return ""
    return f"{here} may not import {there}"


def test_every_module_is_looked_at_and_its_relative_imports_are_resolved():
    lesson = next(module for module in MODULES if module.name == "lessons.models.lesson")

    assert len(WRITTEN) > 140
    assert {"missions.models", "pkportal.content.models", "lessons.models.terms"} <= {*ours(lesson)}


@each_module
def test_a_module_belongs_to_a_known_layer(module):
    app, layer = module.name.split(".")[0], second(module.name)

    assert layer in ({*LAYERS, *ABOVE_THE_LAYERS, "embedded", ""} if app == "pkportal" else {*APP_LAYERS, ""})


@each_module
def test_a_module_imports_only_the_layers_before_its_own(module):
    found = {name: why for name in ours(module) if (why := refusal(module.name, name))}

    assert found == {}


@pytest.mark.parametrize(
    ("importing", "imported", "why"),
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
def test_an_import_upwards_or_beside_is_refused_and_one_downwards_is_not(importing, imported, why):
    assert refusal(importing, imported) == why


@pytest.mark.parametrize("app", APPS)
def test_no_modules_import_each_other_in_a_circle(app):
    graph = {
        module.name: {name for name in ours(module) if name != module.name}
        for module in WRITTEN
        if module.name.split(".")[0] == app
    }

    assert " → ".join(find_cycle(graph)) == ""


def test_a_circle_is_named_with_all_its_modules():
    assert find_cycle({"a": {"b", "x"}, "b": {"c"}, "c": {"a"}, "x": set()}) == ["a", "b", "c", "a"]
    assert find_cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@each_written
def test_a_module_imports_at_its_top(module):
    assert [*imports_in_functions(module)] == []


def test_an_import_inside_a_function_is_found(tmp_path):
    (tmp_path / "late.py").write_text("class A:\n    def b(self):\n        from ..models import C\n")
    (module,) = modules("", root=tmp_path)

    assert [*imports_in_functions(module)] == [3]
    assert [*imports(Module("missions.views.late", module.path), NAMES)] == ["missions.models"]


@each_written
def test_a_file_has_one_concern_and_a_name_that_says_it(module):
    assert not FORBIDDEN_MODULES & {*module.name.split(".")}


@each_written
def test_a_file_has_at_most_300_lines_and_a_function_40(module):
    long = [function.name for function in functions(module) if function.end_lineno - function.lineno >= 40]

    assert len(module.path.read_text().splitlines()) <= 300
    assert long == []


@each_written
def test_no_class_is_named_for_no_concern(module):
    words = ("Manager", "Helper", "Util", "Handler", "Common")

    assert [node.name for node in classes(module) if any(word in node.name for word in words)] == []
