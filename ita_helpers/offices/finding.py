"""Finding what a name means: the workspace, the office, the parameter file of its report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ita_helpers.errors import (
    FileMissing,
    NoParameters,
    NoSuchName,
    NotParameters,
    SeveralOrganisations,
    nearest,
)
from ita_helpers.files.change import finish, writing
from ita_helpers.files.workspace import Workspace, find_workspace, year_in
from ita_helpers.offices.newcomers import describe
from ita_helpers.records.names import search
from ita_helpers.records.organisation import Organisation
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.params_change import parameter_file
from ita_helpers.store.scores import organisations_with_scores, years_with_scores
from ita_helpers.store.table_files import write_together


def open_workspace(root: Path | None) -> Workspace:
    """Return the workspace; a change that was left half-made in it is finished first.

    Raises ``WorkspaceNotFound``, or what ``finish`` raises.
    """
    workspace = find_workspace(root)
    finish(workspace.root)
    return workspace


@dataclass(frozen=True)
class Found:
    """A parameter file; ``is_new`` tells that it was made because none was there."""

    path: Path
    is_new: bool = False


def find_parameter_file(place: Path, workspace: Workspace, fiscal_year: int | None = None) -> Found:
    """Return a parameter file: the one named, or that of the organisation named.

    A path is relative to the current folder, else to the workspace's, as messages show it. Without
    a fiscal year (B.E.) the newest file is returned. An organisation with scores and no file gets
    one. Raises ``FileMissing``, ``NotParameters``, ``NoSuchName``,
    ``SeveralOrganisations`` or ``NoParameters``.
    """
    path = seen_from(workspace, place)
    if len(place.parts) == 1 and not is_parameters(place):
        try:
            return _file_of(find_named(workspace, str(place)), workspace, fiscal_year)
        except NoSuchName:
            if not path.exists():
                raise
    if not path.exists():
        raise FileMissing(file=workspace.shown(place))
    if path.is_file() and not is_parameters(path):
        raise NotParameters(file=workspace.shown(path))
    return Found(path)


def seen_from(workspace: Workspace, place: Path) -> Path:
    """Return the path of a place: relative to the current folder, else to the workspace's."""
    own = workspace.root / place
    return own if own.exists() and not place.exists() else place.absolute()


def _file_of(organisation: Organisation, workspace: Workspace, fiscal_year: int | None) -> Found:
    """Return an organisation's parameter file, written if it has scores but no file."""
    year = fiscal_year or _newest_year(workspace, organisation)
    path = (workspace.params / str(year) / organisation.code).with_suffix(".yml")
    if found := parameters_at(path):
        return Found(found)
    if organisation.code not in organisations_with_scores(workspace, year):
        raise NoParameters(name=organisation.name, fiscal_year=fiscal_year or 0)
    with writing(workspace.root):
        if path.exists():
            return Found(path)
        write_together(workspace, {path: parameter_file(organisation.code, year)})
    return Found(path, is_new=True)


def parameters_at(path: Path) -> Path | None:
    """Return an existing parameter file, also one whose ending is spelt differently (``.yaml``)."""
    beside = (each for each in path.parent.glob(f"{path.stem}.*") if is_parameters(each))
    return path if path.exists() else next(beside, None)


def find_named(workspace: Workspace, name: str) -> Organisation:
    """Return the one organisation a code or a Thai name means.

    Raises ``NoSuchName`` or ``SeveralOrganisations``.
    """
    organisations = read_organisations(workspace)
    found = search(name, organisations.values())
    if len(found) > 1:
        raise SeveralOrganisations(name=name, found=[describe(each) for each in found])
    if not found:
        known = [*organisations, *(each.short_name for each in organisations.values())]
        shown = workspace.shown(workspace.organisations)
        raise NoSuchName(name=name, file=shown, nearest=nearest(name, known))
    return found[0]


def _newest_year(workspace: Workspace, organisation: Organisation) -> int:
    files = workspace.params.glob(f"*/{organisation.code}.*")
    years = [year_in(file.parent.name) for file in files if is_parameters(file)]
    return max([*years, *years_with_scores(workspace, organisation.code)], default=0)


def is_parameters(path: Path) -> bool:
    """Whether a file's name says that it holds parameters; its place is checked later."""
    return path.suffix.lower() in (".yml", ".yaml")
