"""Finding what a command is given: the workspace, parameter files; what was found is told."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from ita_helpers.cli.usage import Misuse
from ita_helpers.errors import MisplacedParameters
from ita_helpers.files.workspace import ROOT_VARIABLE, Workspace
from ita_helpers.language.catalogue import say

_FISCAL_YEAR = re.compile(r"^fiscal_year\s*:\s*[\"']?(\d{4})\b", re.MULTILINE)


def open_workspace(root: Path | None) -> Workspace:
    """Return the workspace, and say which it is unless it was named or is the current folder.

    Raises what ``finding.open_workspace`` raises.
    """
    from ita_helpers.offices import finding

    workspace = finding.open_workspace(root)
    is_named = root or os.environ.get(ROOT_VARIABLE)
    if not is_named and not Path.cwd().is_relative_to(workspace.root):
        click.echo(say("cli.workspace", folder=workspace.root), err=True)
    return workspace


def find_parameter_file(place: Path, workspace: Workspace, fiscal_year: int | None = None) -> Path:
    """Return a parameter file, and say so if it was made for that.

    Raises what ``finding.find_parameter_file`` raises.
    """
    from ita_helpers.offices import finding

    found = finding.find_parameter_file(place, workspace, fiscal_year)
    if found.is_new:
        click.echo(say("cli.params.made", file=workspace.shown(found.path)), err=True)
    return found.path


def find_parameter_files(
    places: Sequence[Path], workspace: Workspace, fiscal_year: int | None = None
) -> list[Path]:
    """Return the files named, and all parameter files in the folders named, each once.

    Without places they are those of the workspace; with a fiscal year (B.E.) those of that year. A
    place may also be an organisation's code or Thai name; a folder of that name is meant only where
    it holds parameter files. Raises ``Misuse`` for a place without any, or what
    ``find_parameter_file`` raises.
    """
    from ita_helpers.offices.finding import seen_from

    _check_defaults(workspace)
    found: dict[Path, None] = {}
    for place in places or (workspace.params,):
        folder = seen_from(workspace, place)
        inside = _visible(folder, workspace) if folder.is_dir() else []
        if not inside and places:
            file = find_parameter_file(place, workspace, fiscal_year)
            inside = [] if file.is_dir() else [file]
        if not inside:
            raise Misuse(say("cli.render.nothing", places=[workspace.shown(folder)]))
        of_year = [each for each in inside if fiscal_year is None or _may_be_of(each, fiscal_year)]
        if not of_year:
            facts = {"place": workspace.shown(folder), "year": fiscal_year}
            raise Misuse(say("cli.render.none_of_year", **facts))
        found.update(dict.fromkeys(of_year))
    return list(found)


def documents_in(workspace: Workspace, places: Iterable[Path]) -> list[Path]:
    """Return the documents among places, and those in folders that hold no parameter files.

    Each is there once. Raises ``Misuse`` for places beside them that hold none, which nobody would
    see go unchecked.
    """
    from ita_helpers.documents.endings import may_be_paper, papers_in
    from ita_helpers.offices.finding import seen_from

    found: dict[str, Path] = {}
    others = []
    for place in places:
        path = seen_from(workspace, place)
        if path.is_dir():
            inside = [] if any(path.rglob("*.yml")) else papers_in(path)
        else:
            inside = [path] if may_be_paper(path) else []
        for each in inside:
            found.setdefault(os.path.realpath(each), each)
        others += [] if inside else [str(place)]
    if found and others:
        raise Misuse(say("cli.check.no_documents", places=others))
    return list(found.values())


def _may_be_of(file: Path, asked: int) -> bool:
    """Whether a parameter file is of a fiscal year (B.E.), or cannot tell.

    What cannot be read is told where it is loaded.
    """
    try:
        found = _FISCAL_YEAR.search(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return True
    return not found or int(found[1]) == asked


def _check_defaults(workspace: Workspace) -> None:
    """Say once what is wrong with the defaults, which every report would say again.

    Raises what ``check_defaults`` raises, or ``MisplacedParameters`` for another ending.
    """
    from ita_helpers.offices.finding import is_parameters
    from ita_helpers.store.params import check_defaults
    from ita_helpers.store.params_defaults import defaults_file

    usual = defaults_file(workspace)
    for path in sorted(usual.parent.glob(f"{usual.stem}.*")):
        if path != usual and is_parameters(path) and not (usual.exists() and path.samefile(usual)):
            facts = {"file": workspace.shown(path), "expected": workspace.shown(usual)}
            raise MisplacedParameters(**facts, is_misspelt=True)
    check_defaults(workspace)


def _visible(folder: Path, workspace: Workspace) -> list[Path]:
    """Return the parameter files of a folder, without defaults and hidden folders (checkpoints)."""
    from ita_helpers.offices.finding import is_parameters
    from ita_helpers.store.params_defaults import defaults_file

    usual = defaults_file(workspace)
    return sorted(
        path.absolute()
        for path in folder.rglob("*.[yY]*[mM][lL]")
        if is_parameters(path)
        and path.absolute() != usual
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
