"""The rules of the house: who may know whom, kept by a machine."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
ROOMS = {"pkportal": set(), "missions": {"pkportal"}, "lessons": {"missions", "pkportal"}}
FLOORS = ["models", "figures", "filters", "rows", "views", "admin", "urls"]
MODULES = [path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py")) if "migrations" not in path.parts]
FORBIDDEN = {"services", "utils", "helpers", "common", "managers"}


def imports(path):
    """Yield the full name of everything a module imports, relative imports spelt out."""
    package = path.relative_to(HOUSE).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            yield from (".".join(filter(None, [base, node.module, alias.name])) for alias in node.names)


def test_there_is_something_to_look_at():
    assert len(MODULES) > 60
    assert "missions.models" in {name.rsplit(".", 1)[0] for name in imports(HOUSE / "lessons/models/lesson.py")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_room_knows_only_the_rooms_below_it(path):
    room = path.relative_to(HOUSE).parts[0]
    for name in imports(path):
        there = name.split(".")[0]
        assert there not in ROOMS or there == room or there in ROOMS[room], f"{room} may not know {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_floor_knows_only_the_floors_below_it(path):
    room, *rest = path.relative_to(HOUSE).with_suffix("").parts
    if room == "pkportal" or rest[0] not in FLOORS:
        return
    for name in imports(path):
        there, _, inside = name.partition(".")
        other = inside.split(".")[0]
        if there in {"missions", "lessons"} and other in FLOORS:
            assert FLOORS.index(other) <= FLOORS.index(rest[0]), f"{rest[0]} may not know {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_file_has_one_concern_and_a_name_that_says_it(path):
    assert not FORBIDDEN & {*path.with_suffix("").parts[len(HOUSE.parts) :]}
    assert len(path.read_text().splitlines()) <= 300
