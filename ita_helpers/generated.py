"""Files generated from one definition and committed for people to read (``make docs``).

A test compares each with its definition, so that none goes stale.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

from ita_helpers.files.whole import write_whole
from ita_helpers.files.workspace import PACKAGE, program_root
from ita_helpers.store import dictionary as data_dictionary
from ita_helpers.store.params import schema
from ita_helpers.store.params_schema import defaults_schema

ENVIRONMENT = """\
# For conda users: the same pins as requirements.lock (made by `make docs`).
#   conda env create -f environment.yml && conda activate ita
#   pip install --no-deps --no-build-isolation -e .
name: ita
channels:
  - conda-forge
dependencies:
  - python={python}
  - pip
  - pip:
{pins}
"""
PYTHON = "3.12"
FINISHED = PACKAGE / "checks/finished"
FLOORS = (
    ("the ground", "language screen surroundings values"),
    ("what can go wrong", "errors"),
    ("files, and what is known", "files records"),
    ("the arithmetic; what a page can show", "boundary documents faces scoring spreadsheets"),
    ("three wings that do not know of each other", "edited run words"),
    ("the workspace, and all that is shown of it", "store tables"),
    ("charts, papers and forms", "figures forms generated publish"),
    (
        "plans, checks, corrections, versions, evidence, the index",
        "checks corrections evidence index issued plans",
    ),
    ("who there is", "offices"),
    ("the site of all offices", "website"),
    ("what a notebook calls; what comes in", "importing reports"),
    ("both sides joined", "rendering"),
    ("what people see", "lab teaching"),
    ("the command line", "cli"),
    ("the door", "__main__"),
)
"""The floors of the package from the ground up, each with its rooms: packages, or modules alone.

A room imports from lower floors only (``tests/test_floors.py``).
"""


def render_all(root: Path) -> dict[Path, str]:
    """Return the text of every generated file, by its path."""
    return {
        root / "README.md": _with_trees(root / "README.md", rooms=render_rooms()),
        root / "CONTRIBUTING.md": _with_trees(
            root / "CONTRIBUTING.md", floors=render_floors(), subjects=render_subjects()
        ),
        root / "data/README.md": data_dictionary.render(),
        root / "params/schema.json": _as_json(schema()),
        root / "params/defaults.schema.json": _as_json(defaults_schema()),
        root / "environment.yml": render_environment(
            (root / "requirements.lock").read_text(encoding="utf-8")
        ),
    }


def _as_json(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def render_rooms() -> str:
    """Return the packages with their sentences, from the ground up."""
    rooms = [room for _, listed in FLOORS for room in listed.split()]
    return "".join(_lines_of(PACKAGE / each) for each in rooms if (PACKAGE / each).is_dir())


def render_subjects() -> str:
    """Return the subjects of the rules for finished reports with their sentences."""
    return "".join(_lines_of(each.parent) for each in sorted(FINISHED.glob("*/__init__.py")))


def render_floors() -> str:
    """Return the floors, the highest first, each room with its modules."""
    lines = []
    for height, (name, rooms) in reversed([*enumerate(FLOORS, start=1)]):
        lines.append(f"{height:2}  {name}\n")
        lines += [_modules_of(each) for each in rooms.split()]
    return "".join(lines)


def _lines_of(room: Path) -> str:
    sentence = (ast.get_docstring(_parsed(room / "__init__.py")) or "").split("\n\n")[0]
    name = f"  {room.name}/"
    return fill(sentence, 98, initial_indent=f"{name:16}", subsequent_indent=" " * 16) + "\n"


def _modules_of(room: str) -> str:
    folder = PACKAGE / room
    if not folder.is_dir():
        return f"      {room}.py\n"
    modules = sorted(each.stem for each in folder.glob("*.py") if each.stem != "__init__")
    inner = sorted(each.parent.name + "/" for each in folder.glob("*/__init__.py"))
    listed, name = " ".join((*inner, *modules)), f"      {room}/"
    return fill(listed, 98, initial_indent=f"{name:22}", subsequent_indent=" " * 22) + "\n"


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def _with_trees(file: Path, **trees: str) -> str:
    """Return a document with each tree in its place, behind ``<!-- name -->``."""
    text = file.read_text(encoding="utf-8")
    for name, tree in trees.items():
        begin = f"<!-- {name}: made by `make docs` -->\n```text\n"
        before, found, rest = text.partition(begin)
        text = before + found + tree + rest[rest.index("```\n") :]
    return text


def render_environment(lock: str) -> str:
    """Return ``environment.yml`` with every pin of the lock and its condition."""
    pins = re.findall(r"^([a-z0-9][a-z0-9._-]*==[^\s;]+)( ; [^\\\n]+)?", lock, re.MULTILINE)
    lines = [f'      - "{pin}{condition.rstrip()}"' for pin, condition in pins]
    return ENVIRONMENT.format(python=PYTHON, pins="\n".join(lines))


def main() -> None:
    """Write the generated files."""
    for path, text in render_all(program_root()).items():
        write_whole(path, text.encode())


if __name__ == "__main__":
    main()
