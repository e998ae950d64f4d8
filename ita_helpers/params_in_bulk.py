"""Parameter files for many organisations at once, from the list of organisations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ita_helpers import store
from ita_helpers.errors import NoOrganisations, write_error
from ita_helpers.paths import Workspace
from ita_helpers.scores import Organisation


@dataclass(frozen=True)
class Written:
    """What became of each organisation: files made, files that stay as they are, no scores."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]
    without_scores: tuple[Organisation, ...]


def write_parameters(
    workspace: Workspace, fiscal_year: int, province: str = "", kind: str = ""
) -> Written:
    """Write a parameter file for each organisation of a province and type that has scores.

    ``fiscal_year`` is B.E.; empty conditions hold for all. A file that is there stays. Raises
    ``NoOrganisations`` where none fits, or ``WriteFailed``.
    """
    chosen = [
        each
        for each in store.read_organisations(workspace).values()
        if not each.is_reference and province in ("", each.province) and kind in ("", each.type)
    ]
    if not chosen:
        raise NoOrganisations(
            file=workspace.shown(workspace.organisations), province=province, type=kind
        )
    scored = store.organisations_with_scores(workspace, fiscal_year)
    made, kept = [], []
    for each in chosen:
        if each.code not in scored:
            continue
        path = workspace.params / str(fiscal_year) / f"{each.code}.yml"
        if path.exists():
            kept.append(path)
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            text = f"organisation: {each.code}\nfiscal_year: {fiscal_year}\n"
            new = path.with_name(f".{path.name}.new")
            new.write_text(text, encoding="utf-8")
            new.replace(path)
        except OSError as error:
            shown = workspace.shown(path)
            raise write_error(error, shown) from error
        made.append(path)
    without = tuple(each for each in chosen if each.code not in scored)
    return Written(tuple(made), tuple(kept), without)
