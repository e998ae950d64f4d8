"""The floors of the house: a module imports from its own floor and those below, never in a circle.

Imports inside functions and those for types alone count as well.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from conftest import ROOT

from ita_helpers import errors

PACKAGE = "ita_helpers"
FLOORS = (
    # text, files and pictures as such
    "screen surroundings thai whole_files inert json_files prose remembered scraps images "
    "workbooks file_names",
    # what is known, as values, and the sentences of the catalogue
    "catalogue errors framework scores advice regulations means office_names absent "
    "notebook_parameters "
    "organisation_names office parts dates possibility windows workspace_lock paths text_files",
    # the arithmetic, and the result it makes
    "bounds weighted assessment rule_words history figure_words explain plan data_dictionary "
    "yaml_files change boundary result_check findings report_data",
    # words, tables and charts; notebooks as such
    "phrases indicator_words result_words front_matter memo narrative word_check plan_draft "
    "plan_check figures tables edited publish run",
    # the workspace: read, written, imported into
    "params store office_file table_files misnamed notebook_check trust generated plan_rows "
    "plan_file plan_book plan_change loading plan_writing new importing params_in_bulk "
    "params_change confirming",
    # what a notebook calls
    "report follow_up",
    # both sides joined
    "copies restoring handing_out rendering checking index teaching finding lab run_first",
    "cli __main__",
)
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms.split()}


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
    """Return a sentence for each import of a floor above."""
    return [
        f"{name} imports {other}, which stands on a floor above it: "
        f"move what it needs down to floor {HEIGHT[room_of(name)]}"
        for name, others in sorted(graph.items())
        for other in sorted(others)
        if room_of(name) and room_of(other) and HEIGHT[room_of(name)] < HEIGHT[room_of(other)]
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
    assert len(HEIGHT) == sum(len(rooms.split()) for rooms in FLOORS)


def test_nobody_imports_a_floor_above(graph):
    assert climbs(graph) == []


def test_no_modules_import_each_other_in_a_circle(graph):
    assert circle({name: others - {PACKAGE} for name, others in graph.items()}) == []


def test_an_import_inside_a_function_or_for_types_counts(tmp_path):
    package = tmp_path / PACKAGE
    package.mkdir()
    (package / "thai.py").write_text("def f():\n    from ita_helpers.cli import main\n")
    (package / "cli.py").write_text(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import ita_helpers.thai\n"
    )
    found = arrows(package)
    assert [each.split(",")[0] for each in climbs(found)] == [
        "ita_helpers.thai imports ita_helpers.cli"
    ]
    assert {"ita_helpers.thai", "ita_helpers.cli"} == {*circle(found)}


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
