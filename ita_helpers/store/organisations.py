"""Reading ``data/organisations.csv``, cached while it does not change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ita_helpers.errors import (
    FileMissing,
    ReferenceOrganisation,
    UnknownOrganisation,
    nearest,
)
from ita_helpers.files.presence import is_there
from ita_helpers.files.remembered import found_once, remembered
from ita_helpers.files.workspace import Workspace
from ita_helpers.language.catalogue import label
from ita_helpers.records.groups import is_group_type, scope_of_group
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.organisation import SIZES, SLUG, Organisation
from ita_helpers.store.tables import TableRow, bad_cell, read_table


@dataclass(frozen=True)
class _Organisations:
    """All organisations by code, and the one that stands for all of them, where there is one."""

    by_code: dict[str, Organisation]
    reference: Organisation | None


def read_organisations(workspace: Workspace) -> dict[str, Organisation]:
    """Read ``data/organisations.csv``, by code."""
    return all_organisations(workspace).by_code


def read_office_names(workspace: Workspace) -> OfficeNames:
    """Read the full and short names of all organisations, to be found in texts, but no groups.

    A group is called after a place, which every text may name.
    """
    offices = (e for e in read_organisations(workspace).values() if not e.is_reference)
    names = (name for each in offices for name in (each.name, each.short_name))
    return remembered(workspace.organisations, "names", lambda: OfficeNames(names))


def all_organisations(workspace: Workspace) -> _Organisations:
    """Return the table of organisations, read once while its file does not change.

    Raises ``FileMissing``.
    """

    def find() -> _Organisations:
        path = workspace.organisations
        if not is_there(path):
            raise FileMissing(file=workspace.shown(path))
        return remembered(path, "organisations", lambda: _read_organisations(workspace, path))

    return found_once((workspace, "organisations"), find)


def _read_organisations(workspace: Workspace, path: Path) -> _Organisations:
    organisations: dict[str, Organisation] = {}
    for row in read_table(path, "organisations", workspace):
        code = row["organisation"]
        if not SLUG.fullmatch(code) or code in organisations:
            problem = "repeated" if code in organisations else "slug"
            raise bad_cell(workspace, path, row, "organisation", problem)
        if not row["name"]:
            raise bad_cell(workspace, path, row, "name", "empty")
        if row["size"].upper() not in ("", *SIZES):
            raise bad_cell(workspace, path, row, "size", "size", known=SIZES)
        organisations[code] = organisation_of(row)
    groups = (each for each in organisations.values() if each.is_reference)
    reference = next((each for each in groups if scope_of_group(each) == "country"), None)
    return _Organisations(organisations, reference)


def find_organisation(workspace: Workspace, code: str) -> Organisation:
    """Return the organisation of this code.

    Raises ``UnknownOrganisation`` with the nearest code, or ``ReferenceOrganisation``.
    """
    organisations = read_organisations(workspace)
    shown = workspace.shown(workspace.organisations)
    if code not in organisations:
        raise UnknownOrganisation(
            organisation=code, file=shown, nearest=nearest(code, organisations)
        )
    if organisations[code].is_reference:
        raise ReferenceOrganisation(organisation=code, file=shown)
    return organisations[code]


def organisation_of(row: TableRow | Mapping[str, str]) -> Organisation:
    """Return the organisation of a row of ``data/organisations.csv``."""
    return Organisation(
        code=row["organisation"],
        name=row["name"],
        short_name=row["short_name"] or row["name"],
        type=row["type"],
        district=row["district"],
        province=row["province"],
        official_code=row["official_code"],
        is_reference=is_group_type(row["type"]),
        is_made_up=label("words.made_up_mark") in row["name"],
        ministry=row["ministry"],
        size=row["size"].upper(),
    )
