"""Reading where an organisation stands among others: ``data/ranks/<year>.csv``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ita_helpers.files.workspace import Workspace
from ita_helpers.records.scores import SCOPES, Rank
from ita_helpers.store.tables import TableRow, bad_cell, parse_cell, rows_of


def read_ranks(workspace: Workspace, organisation: str, fiscal_year: int) -> tuple[Rank, ...]:
    """Return the ranks of one organisation in a fiscal year (B.E.), the smallest group first.

    Raises ``BadCell``.
    """
    ranks = _read(workspace, organisation, workspace.yearly("ranks", fiscal_year))
    return tuple(sorted(ranks, key=lambda each: SCOPES.index(each.scope)))


def _read(workspace: Workspace, organisation: str, path: Path) -> Iterator[Rank]:
    seen: set[tuple[str, str]] = set()
    for row in rows_of(path, "ranks", workspace, organisation):
        scope, name = row["scope"].lower(), row["name"]
        if scope not in SCOPES:
            raise bad_cell(workspace, path, row, "scope", "scope", known=SCOPES)
        if (scope, name) in seen:
            raise bad_cell(workspace, path, row, "scope", "repeated")
        seen.add((scope, name))
        rank, out_of = (_count(workspace, path, row, each) for each in ("rank", "out_of"))
        if not rank:
            raise bad_cell(workspace, path, row, "rank", "rank")
        if out_of and rank > out_of:
            raise bad_cell(workspace, path, row, "rank", "rank_above", out_of=out_of)
        yield Rank(scope, name, rank, out_of, row["source"])


def _count(workspace: Workspace, path: Path, row: TableRow, column: str) -> int:
    """Return a whole number above 0; 0 for an empty cell."""

    def parse(text: str) -> int:
        if (number := int(text)) < 1:
            raise ValueError(text)
        return number

    return parse_cell(workspace, path, row, column, parse) or 0
