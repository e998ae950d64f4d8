"""Parameter files for many organisations at once, from the list of organisations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ita_helpers.errors import NoOrganisations
from ita_helpers.files.change import writing
from ita_helpers.files.workspace import Workspace
from ita_helpers.records.organisation import Organisation
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.params_change import parameter_file
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import organisations_with_scores
from ita_helpers.store.table_files import write_together


@dataclass(frozen=True)
class Written:
    """The outcome for each organisation: file written, file left as it is, or no scores."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]
    without_scores: tuple[Organisation, ...]


def write_parameters(
    workspace: Workspace, fiscal_year: int, province: str = "", kind: str = ""
) -> Written:
    """Write a parameter file for each organisation of a province and type that has scores.

    ``fiscal_year`` is B.E.; empty conditions match all. Existing files stay. Raises
    ``YearWithoutFramework``, ``NoOrganisations`` where none fits, or ``WriteFailed``.
    """
    read_framework(workspace, fiscal_year)
    with writing(workspace.root):
        chosen = _chosen(workspace, province, kind)
        scored = organisations_with_scores(workspace, fiscal_year)
        folder = workspace.params / str(fiscal_year)
        files = {folder / f"{each.code}.yml": each for each in chosen if each.code in scored}
        made = [path for path in files if not path.exists()]
        contents = {path: parameter_file(files[path].code, fiscal_year) for path in made}
        write_together(workspace, contents)
    without = tuple(each for each in chosen if each.code not in scored)
    return Written(tuple(made), tuple(path for path in files if path not in contents), without)


def _chosen(workspace: Workspace, province: str, kind: str) -> list[Organisation]:
    chosen = [
        each
        for each in read_organisations(workspace).values()
        if not each.is_reference and province in ("", each.province) and kind in ("", each.type)
    ]
    if not chosen:
        raise NoOrganisations(
            file=workspace.shown(workspace.organisations), province=province, type=kind
        )
    return chosen
