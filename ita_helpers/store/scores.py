"""Reading scores, results and suggestions of one organisation and year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from ita_helpers.errors import (
    BadScore,
    NoScores,
    RepeatedScore,
    UnknownLevel,
)
from ita_helpers.files.presence import is_there, listed
from ita_helpers.files.remembered import found_once
from ita_helpers.files.workspace import Workspace, program_root, year_in, years_in
from ita_helpers.language.dates import BadDate, parse_announcement
from ita_helpers.records.framework import Framework
from ita_helpers.records.scores import TOLD, PublishedResult, Score, Suggestion, YearScores, told_by
from ita_helpers.scoring.weighted import parse_score, weights_of
from ita_helpers.store.organisations import all_organisations, read_organisations
from ita_helpers.store.ranks import read_ranks
from ita_helpers.store.tables import (
    TableRow,
    bad_cell,
    parse_cell,
    read_code,
    rows_of,
    table_of,
    written_in,
)

YEARLY = ("scores", "results", "suggestions", "ranks")
"""The tables that have a file a year."""
STATUSES = ("", "printed", "reported", "conflicting")
RESPONDENTS = ("respondents_iit", "respondents_eit1", "respondents_eit2")


def read_reference(
    workspace: Workspace, fiscal_year: int, framework: Framework | None
) -> YearScores | None:
    """Read the figures of one year to compare with (all agencies), where there are any.

    They are the workspace's own of that year, else the program's, like rules: scores and counts
    each, since a workspace may have only the one.
    """
    every = (
        read_group(home, code, fiscal_year, framework) for home, code in _references(workspace)
    )
    found = [each for each in every if each]
    if not found:
        return None
    scored = next((each for each in found if each.scores), found[0])
    return replace(scored, result=next((each.result for each in found if each.result), None))


def read_group(
    workspace: Workspace, group: str, fiscal_year: int, framework: Framework | None
) -> YearScores | None:
    """Read what is known of a group in one year: means, counts or both."""
    if scores := read_year(workspace, group, fiscal_year, framework):
        return scores
    result = read_result(workspace, group, fiscal_year, framework)
    return YearScores(group, fiscal_year, {}, result=result) if result else None


def written_reference(workspace: Workspace, fiscal_year: int) -> list[object]:
    """Return the table rows of the figures to compare with, unparsed."""
    homes = _references(workspace)
    return [row for home, code in homes for row in written_rows(home, code, fiscal_year)]


def _references(workspace: Workspace) -> Iterator[tuple[Workspace, str]]:
    """Yield where the figures of all organisations are, and their code there."""
    program = Workspace(program_root())
    for home in dict.fromkeys((workspace, program)):
        reference = all_organisations(home).reference if is_there(home.organisations) else None
        if reference:
            yield home, reference.code


def organisations_with_scores(workspace: Workspace, fiscal_year: int) -> frozenset[str]:
    """Return the codes of the organisations that have a score in a fiscal year (B.E.)."""
    path = workspace.yearly("scores", fiscal_year)
    if not is_there(path):
        return frozenset()
    return frozenset(table_of(path, "scores", workspace).rows)


def read_year(
    workspace: Workspace, organisation: str, fiscal_year: int, framework: Framework | None
) -> YearScores | None:
    """Read all data on one organisation in one year; nothing without a score.

    Without a framework only the overall score can be read.
    """
    codes = framework.codes if framework else ("ITA",)
    weights = weights_of(framework) if framework else {}
    scores, conflicting = _read_scores(workspace, organisation, fiscal_year, codes, weights)
    if not scores and not conflicting:
        return None
    return YearScores(
        organisation=organisation,
        fiscal_year=fiscal_year,
        scores=scores,
        conflicting=tuple(conflicting),
        result=read_result(workspace, organisation, fiscal_year, framework),
        suggestions=_read_suggestions(workspace, organisation, fiscal_year, codes),
        ranks=read_ranks(workspace, organisation, fiscal_year),
    )


def written_rows(workspace: Workspace, organisation: str, fiscal_year: int) -> list[object]:
    """Return the table rows of an organisation up to a fiscal year (B.E.), unparsed."""
    found: list[object] = [repr(read_organisations(workspace).get(organisation))]
    for table in YEARLY:
        for year, path in _files_by_year(workspace, table):
            if 0 < year <= fiscal_year:
                rows = written_in(path, table, workspace, organisation)
                found.append((table, path.stem, rows))
    return found


def require_year(
    workspace: Workspace, organisation: str, fiscal_year: int, framework: Framework
) -> YearScores:
    """Read one year like ``read_year``; raises ``NoScores`` if there are none."""
    year = read_year(workspace, organisation, fiscal_year, framework)
    if year is None:
        path = workspace.yearly("scores", fiscal_year)
        raise NoScores(file=workspace.shown(path), organisation=organisation)
    return year


def years_with_scores(workspace: Workspace, organisation: str) -> list[int]:
    """Return the fiscal years (B.E.) in which an organisation has a score."""
    return [
        year
        for year in score_years(workspace)
        if organisation in organisations_with_scores(workspace, year)
    ]


def codes_with_rows(workspace: Workspace) -> dict[str, Path]:
    """Return every code that has a row in some table of some year, with one of its tables.

    Raises what ``read_table`` raises.
    """
    found: dict[str, Path] = {}
    for table in YEARLY:
        for path in _files(workspace, table):
            found |= dict.fromkeys(table_of(path, table, workspace).rows, path)
    return found


def score_years(workspace: Workspace) -> list[int]:
    """Return the fiscal years (B.E.) that have a file of scores."""
    return years_in(workspace.root / "data/scores", "*.csv")


def _files(workspace: Workspace, table: str) -> list[Path]:
    folder = workspace.root / "data" / table
    return listed(folder, lambda: folder.glob("*.csv"))


def _files_by_year(workspace: Workspace, table: str) -> list[tuple[int, Path]]:
    """Return the files of a table, each with the year it is named after, else 0."""

    def find() -> list[tuple[int, Path]]:
        return [(year_in(path.stem), path) for path in _files(workspace, table)]

    return found_once((workspace, table), find)


def _read_scores(
    workspace: Workspace,
    organisation: str,
    fiscal_year: int,
    codes: tuple[str, ...],
    weights: Mapping[str, int],
) -> tuple[dict[str, Score], list[Score]]:
    path = workspace.yearly("scores", fiscal_year)
    used: dict[str, tuple[Score, int]] = {}
    conflicting: list[Score] = []
    for row in rows_of(path, "scores", workspace, organisation):
        code = read_code(workspace, path, row, codes, fiscal_year)
        score = _read_score(workspace, path, row, code, weights.get(code))
        if score.status == "conflicting":
            conflicting.append(score)
        elif code in used:
            raise RepeatedScore(
                file=workspace.shown(path),
                row=row.number,
                first=used[code][1],
                code=code,
                organisation=organisation,
            )
        else:
            used[code] = score, row.number
    return {code: score for code, (score, _) in used.items()}, conflicting


def _read_score(
    workspace: Workspace, path: Path, row: TableRow, code: str, weight: int | None
) -> Score:
    status = row["status"].lower()
    if status not in STATUSES:
        raise bad_cell(workspace, path, row, "status", "status")
    try:
        points, weighted = parse_score(row["score"], weight)
    except ValueError as error:
        facts = {"file": workspace.shown(path), "row": row.number, "code": code}
        raise BadScore(**facts, value=row["score"], weight=weight) from error
    return Score(code, points, status, row["source"], row["note"], row.number, weighted)


def read_result(
    workspace: Workspace, organisation: str, fiscal_year: int, framework: Framework | None
) -> PublishedResult | None:
    """Read the level, the day of the announcement and the counts of one year; nothing for none."""
    path = workspace.yearly("results", fiscal_year)
    rows = rows_of(path, "results", workspace, organisation)
    if not rows:
        return None
    if len(rows) > 1:
        raise bad_cell(workspace, path, rows[1], "organisation", "repeated")
    row = rows[0]
    names = [level.name for level in framework.levels.list] if framework else []
    if framework and row["level"] and row["level"] not in names:
        raise UnknownLevel(
            file=workspace.shown(path), row=row.number, level=row["level"], known=names
        )
    told = row["status"].lower()
    if told not in ("", *TOLD):
        raise bad_cell(workspace, path, row, "status", "told")
    assessed, passed = (
        parse_cell(workspace, path, row, each, _read_count) for each in ("assessed", "passed")
    )
    if assessed is not None and passed is not None and passed > assessed:
        raise bad_cell(workspace, path, row, "passed", "passed_above", assessed=assessed)
    return PublishedResult(
        assessed=assessed,
        passed=passed,
        status=told_by(told) if told else "",
        level=row["level"] or None,
        announced=_read_announced(workspace, path, row, fiscal_year),
        respondents={
            column.removeprefix("respondents_"): count
            for column in RESPONDENTS
            if (count := parse_cell(workspace, path, row, column, _read_count)) is not None
        },
        source=row["source"],
    )


def _read_announced(
    workspace: Workspace, path: Path, row: TableRow, fiscal_year: int
) -> date | None:
    if not row["announced"]:
        return None
    try:
        return parse_announcement(row["announced"], fiscal_year)
    except BadDate as error:
        facts = {"like": error.like, "year": fiscal_year}
        raise bad_cell(workspace, path, row, "announced", error.problem, **facts) from error


def _read_suggestions(
    workspace: Workspace, organisation: str, fiscal_year: int, codes: tuple[str, ...]
) -> tuple[Suggestion, ...]:
    path = workspace.yearly("suggestions", fiscal_year)
    return tuple(
        Suggestion(read_code(workspace, path, row, codes, fiscal_year), row["text"], row["source"])
        for row in rows_of(path, "suggestions", workspace, organisation)
    )


def _read_count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise ValueError(text)
    return count
