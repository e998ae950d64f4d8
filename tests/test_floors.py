"""The floors of the house: a room imports from lower floors only, and modules never in a circle.

Imports inside functions and those for types alone count as well.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from conftest import ROOT

from ita_helpers import errors
from ita_helpers.generated import FLOORS

PACKAGE = "ita_helpers"
HEIGHT = {
    room: height for height, (_, rooms) in enumerate(FLOORS, start=1) for room in rooms.split()
}


def modules(package: Path) -> dict[str, Path]:
    """Return the files of a package by the name each is imported by."""
    files = {}
    for file in package.rglob("*.py"):
        parts = file.relative_to(package.parent).with_suffix("").parts
        files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return files


def imported(file: Path, known: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (each if each in known else node.module for each in inner)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def arrows(package: Path) -> dict[str, set[str]]:
    """Return what each module of a package imports of it."""
    known = modules(package)
    return {name: ({*imported(file, known)} & {*known}) - {name} for name, file in known.items()}


def room_of(module: str) -> str:
    """Return the module or package at the root of the package that a module belongs to."""
    return ".".join(module.split(".")[1:2])


def climbs(graph: dict[str, set[str]]) -> list[str]:
    """Return a sentence for each import of the same floor or one above."""
    return [
        f"{name} (floor {HEIGHT[room_of(name)]}) imports {other} (floor {HEIGHT[room_of(other)]}): "
        "move what it needs to a lower floor, or the line itself to a higher one"
        for name, others in sorted(graph.items())
        for other in sorted(others)
        if "" not in (room_of(name), room_of(other)) and room_of(name) != room_of(other)
        if HEIGHT[room_of(name)] <= HEIGHT[room_of(other)]
    ]


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Return modules that import each other round and round; none where there are none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    return arrows(ROOT / PACKAGE)


def test_every_room_stands_on_one_floor(graph):
    rooms = {room_of(name) for name in graph} - {""}
    assert rooms - HEIGHT.keys() == set(), "name each on the floor it belongs to in FLOORS"
    assert HEIGHT.keys() - rooms == set(), "no longer there"
    assert len(HEIGHT) == sum(len(rooms.split()) for _, rooms in FLOORS)


def test_nobody_imports_its_own_floor_or_one_above(graph):
    assert climbs(graph) == []


def test_no_modules_import_each_other_in_a_circle(graph):
    found = circle({name: others - {PACKAGE} for name, others in graph.items()})
    assert not found, " imports ".join(found[::-1]) + ": move what both need to a lower module"


def test_an_import_inside_a_function_or_for_types_counts(tmp_path):
    package = tmp_path / PACKAGE
    package.mkdir()
    (package / "screen.py").write_text("def f():\n    from ita_helpers.cli import main\n")
    (package / "cli.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import ita_helpers.screen\n"
    )
    found = arrows(package)
    assert [each.split(":")[0] for each in climbs(found)] == [
        f"ita_helpers.screen (floor 1) imports ita_helpers.cli (floor {HEIGHT['cli']})"
    ]
    assert {"ita_helpers.screen", "ita_helpers.cli"} == {*circle(found)}


def test_the_tree_of_errors_names_every_error_below_its_parent():
    tree = ast.get_docstring(ast.parse((ROOT / PACKAGE / "errors.py").read_text(encoding="utf-8")))
    parents: dict[int, str] = {}
    told = {}
    for line in (tree or "").splitlines():
        names = line.strip("│├└─ ").split("  ")[0].split(" · ")
        if not all(isinstance(getattr(errors, name, None), type) for name in names):
            continue
        depth = len(line) - len(line.lstrip("│├└─ "))
        parents = {each: name for each, name in parents.items() if each < depth}
        parent = parents[max(parents)] if parents else "Exception"
        told |= dict.fromkeys(names, parent)
        parents[depth] = names[0]
    classes = [each for each in vars(errors).values() if isinstance(each, type)]
    assert told == {
        each.__name__: each.__base__.__name__
        for each in classes
        if issubclass(each, errors.ItaError)
    }


TAKEN_FROM_A_TEST = re.compile(r"^\s*(?:from|import) ((?:test|stress)_\w+)", re.MULTILINE)


def test_what_tests_share_lies_in_a_room_of_its_own():
    taken = [
        f"{file.name} takes from {name}.py: move what both need to a module that is no test"
        for file in sorted((ROOT / "tests").rglob("*.py"))
        for name in TAKEN_FROM_A_TEST.findall(file.read_text(encoding="utf-8"))
    ]
    assert taken == []
