"""Whether a workspace's code may run: a notebook from elsewhere is a program from elsewhere.

Each person is asked once per workspace, as in editors. The program's own code needs no trust, nor
does what was made on this machine. The list is kept beside Jupyter's notebook signatures, out of
reach of anyone who sends a workspace.
"""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib.machinery import all_suffixes
from pathlib import Path
from typing import Any

from ita_helpers.errors import NotTrusted, UnreadableFile, UnreadableNotebook, write_error
from ita_helpers.files.json_reading import read_json
from ita_helpers.files.remembered import remembered
from ita_helpers.files.whole import write_whole
from ita_helpers.files.workspace import Workspace, program_root

VARIABLE = "ITA_TRUST"
"""The environment variable that trusts every workspace where nobody can be asked."""
LIST = "ita-trusted.json"
FEW = 5
"""At most this many files with code are named."""
PAGE = "start.ipynb"
"""Rewritten before it is opened: a version already there does not run."""
_MODULES = tuple(all_suffixes())


def is_trusted(workspace: Workspace) -> bool:
    """Whether this person trusts the code of a workspace, or it is the program's own."""
    return (
        bool(os.environ.get(VARIABLE))
        or workspace.root.resolve() == program_root().resolve()
        or _name(workspace) in _read_list()
    )


def trust(workspace: Workspace) -> None:
    """Trust the code of a workspace from now on. Raises ``WriteFailed``."""
    _write_list([*_read_list(), _name(workspace)])


def distrust(workspace: Workspace) -> None:
    """Withdraw that trust. Raises ``WriteFailed``."""
    _write_list([each for each in _read_list() if each != _name(workspace)])


def require_trust(workspace: Workspace, file: Path, own: Sequence[str], beside: Path) -> None:
    """Refuse to run the code ``own`` of ``file`` in the folder ``beside`` without trust.

    Raises ``NotTrusted``.
    """
    if not is_trusted(workspace):
        refuse_own_code(workspace, file, own, beside)


def refuse_own_code(workspace: Workspace, file: Path, own: Sequence[str], beside: Path) -> None:
    """Refuse the code ``own`` of ``file``, whatever is trusted here, and modules in ``beside``.

    A module in that folder could take the place of one of the program's. Raises ``NotTrusted``.
    """
    module = next(_modules(beside), None)
    if own or module:
        found = workspace.shown(file if own else module or file)
        raise NotTrusted(file=found, workspace=str(workspace.root))


def has_modules(beside: Path) -> bool:
    """Whether a folder has modules, which could be run in place of the program's."""
    inner = remembered(beside, "packages", lambda: list(_packages(beside)))
    return any(remembered(each, "modules", partial(_has_module, each)) for each in (beside, *inner))


def own_code(workspace: Workspace, name: str, notebook: Path) -> list[str]:
    """Return the code of a notebook that is not that of the program's template ``name``.

    Raises ``UnreadableNotebook``.
    """
    program = workspace.program_template(name)
    if notebook == program:
        return []
    known = _known_code(workspace, program)
    return [code for code in _code_in(workspace, notebook) if code not in known]


def has_own_code(workspace: Workspace, name: str, sources: Iterable[Path]) -> bool:
    """Whether other code than that of the program's template ``name`` runs in a report.

    ``sources`` are the notebooks that it may be made of, and modules beside them count. One that
    cannot be read has none.
    """
    program = workspace.program_template(name)
    known = _known_code(workspace, program)
    there = [each for each in sources if each.exists()]
    return any(
        has_modules(each.parent) or (each != program and _has_own_code(workspace, each, known))
        for each in there
    )


def _known_code(workspace: Workspace, program: Path) -> set[str]:
    """Return the code of one of the program's own notebooks."""
    return remembered(program, "code", lambda: set(_code_in(workspace, program)))


def files_to_trust(workspace: Workspace) -> list[Path]:
    """Return the files of a workspace whose code would need trust, in order.

    An unreadable notebook is left out: the error appears when its report is made.
    """
    return [] if is_trusted(workspace) else list(_files_with_code(workspace))


def shown_to_trust(workspace: Workspace, files: Sequence[Path]) -> dict[str, Any]:
    """Return the facts for the message about files whose code would run."""
    shown = [workspace.shown(each) for each in files[:FEW]]
    return {"workspace": workspace.root, "shown": shown, "more": len(files) - len(shown)}


def _files_with_code(workspace: Workspace) -> Iterator[Path]:
    folder = workspace.root / "notebooks"
    programs = sorted((program_root() / "notebooks").glob("*.ipynb"))
    known = {code for each in programs for code in _code_in(workspace, each)}
    for path in sorted(folder.rglob("*")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        is_module = path.name.endswith(_MODULES)
        is_notebook = path.suffix == ".ipynb" and path != folder / PAGE
        if is_module or (is_notebook and _has_own_code(workspace, path, known)):
            yield path


def _has_own_code(workspace: Workspace, path: Path, known: set[str]) -> bool:
    try:
        return any(
            code not in known and not _does_nothing(code) for code in _code_in(workspace, path)
        )
    except (UnreadableNotebook, UnreadableFile):
        return False


def _does_nothing(code: str) -> bool:
    """Whether code only assigns values, or makes the report of its own notebook."""
    try:
        lines = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return all(map(_names_a_value, lines)) or [ast.unparse(each) for each in lines] == [
        "from ita_helpers.lab import render_report",
        *(ast.unparse(each) for each in lines[1:] if _is_render_call(each)),
    ]


def _names_a_value(line: ast.stmt) -> bool:
    if not isinstance(line, ast.Assign):
        return False
    if not all(isinstance(each, ast.Name) for each in line.targets):
        return False
    try:
        ast.literal_eval(line.value)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return False
    return True


def _is_render_call(line: ast.stmt) -> bool:
    return (
        isinstance(line, ast.Expr)
        and isinstance(line.value, ast.Call)
        and ast.unparse(line.value.func) == "render_report"
        and not line.value.keywords
        and all(isinstance(each, ast.Constant) for each in line.value.args)
    )


def _code_in(workspace: Workspace, path: Path) -> Iterator[str]:
    from ita_helpers.edited.reading import read_notebook_file

    notebook = read_notebook_file(path, workspace.shown(path))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            yield "".join(cell["source"])


def _modules(folder: Path) -> Iterator[Path]:
    """Yield what Python could import from a folder."""
    for each in (folder, *_packages(folder)):
        yield from (path for path in each.glob("*") if path.name.endswith(_MODULES))


def _has_module(folder: Path) -> bool:
    return any(path.name.endswith(_MODULES) for path in folder.glob("*"))


def _packages(folder: Path) -> Iterator[Path]:
    """Yield the folders in a folder from which Python could import, whatever they hold."""
    yield from (path for path in folder.glob("*") if path.name.isidentifier() and path.is_dir())


def _name(workspace: Workspace) -> str:
    name = os.path.normcase(workspace.root.resolve())
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _list() -> Path:
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir()) / LIST


def _read_list() -> list[str]:
    """Return the workspaces that are trusted; a list that cannot be read trusts none."""
    try:
        found = read_json(_list())
    except (OSError, ValueError):
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _write_list(workspaces: Sequence[str]) -> None:
    path = _list()
    text = json.dumps(sorted(set(workspaces)), ensure_ascii=False, indent=1)
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise write_error(error, str(path)) from error
