"""The groups that an organisation belongs to, with their means and counts.

A workspace has them only where somebody entered or imported them: rows of ``data/scores`` and
``data/results`` under the code of a group.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ita_helpers.files.remembered import found_once, remembered
from ita_helpers.files.workspace import Workspace
from ita_helpers.records.framework import Framework
from ita_helpers.records.groups import covers, scope_of_group
from ita_helpers.records.organisation import Organisation
from ita_helpers.scoring.report_data import Peers
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.scores import read_group, written_rows

NEAREST = ("province", "district", "type", "ministry")
"""Kinds of groups in the order in which an office compares itself with them.

Those who supervise an office publish the results of its province; a district has few offices, so
that a single one moves its mean.
"""


def read_peers(
    workspace: Workspace, office: Organisation, rules: Mapping[int, Framework | None]
) -> tuple[Peers, ...]:
    """Return the groups of an organisation with their figures of some years, the nearest first."""
    found = []
    for group in groups_of(workspace, office):
        years = {
            year: scores
            for year, framework in rules.items()
            if (scores := read_group(workspace, group.code, year, framework))
        }
        if years:
            found.append(Peers(group, years))
    return tuple(found)


def groups_of(workspace: Workspace, office: Organisation) -> list[Organisation]:
    """Return the groups that an organisation belongs to, but not the one of all organisations."""
    belongs = [each for each in _all_groups(workspace) if covers(each, office)]
    return sorted(belongs, key=lambda each: NEAREST.index(scope_of_group(each)))


def _all_groups(workspace: Workspace) -> list[Organisation]:
    def find() -> list[Organisation]:
        known = read_organisations(workspace).values()
        return [each for each in known if each.is_reference and scope_of_group(each) in NEAREST]

    return remembered(workspace.organisations, "groups", find)


def written_peers(
    workspace: Workspace, office: Organisation, fiscal_year: int
) -> list[list[object]]:
    """Return the table rows of an organisation's groups up to a year, unparsed."""
    return [
        found_once(
            (workspace, each.code, fiscal_year),
            partial(written_rows, workspace, each.code, fiscal_year),
        )
        for each in groups_of(workspace, office)
    ]
