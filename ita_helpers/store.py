"""Reading ``data/``: organisations, rules, scores, results, suggestions.

The only reader of these files; everything behind it gets checked values. A row that cannot be used
stops with one message that names file, row, value and remedy.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

from pydantic import ValidationError

from ita_helpers.advice import Advice
from ita_helpers.catalogue import label, say
from ita_helpers.data_dictionary import added_columns, columns_of
from ita_helpers.dates import BadDate, parse_announcement
from ita_helpers.errors import (
    BadCell,
    BadColumns,
    BadScore,
    FileMissing,
    FrameworkError,
    NoScores,
    ReferenceOrganisation,
    RepeatedScore,
    UnknownCode,
    UnknownLevel,
    UnknownOrganisation,
    UnreadableFile,
    YearWithoutFramework,
    nearest,
)
from ita_helpers.framework import Framework
from ita_helpers.inert import of_csv_cell
from ita_helpers.office_names import OfficeNames
from ita_helpers.params import SLUG
from ita_helpers.paths import Workspace, program_root, year_in
from ita_helpers.regulations import Regulation, Regulations
from ita_helpers.remembered import remembered
from ita_helpers.rule_words import confirmation_of
from ita_helpers.scores import (
    TOLD,
    Organisation,
    PublishedResult,
    Score,
    Suggestion,
    YearScores,
    told_by,
)
from ita_helpers.text_files import find_separator, read_text
from ita_helpers.thai import to_arabic
from ita_helpers.weighted import parse_score, weights_of
from ita_helpers.yaml_files import read_mapping

YEARLY = ("scores", "results", "suggestions")
"""The tables that have a file a year."""
STATUSES = ("", "printed", "reported", "conflicting")
T = TypeVar("T")
RESPONDENTS = ("respondents_iit", "respondents_eit1", "respondents_eit2")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column, and its number in a spreadsheet."""

    places: dict[str, int]
    cells: tuple[str, ...]
    number: int

    def __getitem__(self, column: str) -> str:
        place = self.places.get(column, len(self.cells))
        return self.cells[place] if place < len(self.cells) else ""

    def by_column(self) -> tuple[tuple[str, str], ...]:
        """Return the cells that hold something, whatever order the columns have."""
        named = zip(self.places, self.cells, strict=False)
        return tuple(sorted((column, cell) for column, cell in named if cell))


@dataclass(frozen=True)
class _Organisations:
    """All organisations by code, and the row of figures to compare with, where there is one."""

    by_code: dict[str, Organisation]
    reference: Organisation | None


def read_organisations(workspace: Workspace) -> dict[str, Organisation]:
    """Read ``data/organisations.csv``, by code."""
    return _organisations(workspace).by_code


def read_office_names(workspace: Workspace) -> OfficeNames:
    """Read the full and short names of all organisations, to be found in texts."""
    offices = read_organisations(workspace).values()
    names = (name for each in offices for name in (each.name, each.short_name))
    return remembered(workspace.organisations, "names", lambda: OfficeNames(names))


def _organisations(workspace: Workspace) -> _Organisations:
    path = workspace.organisations
    if not path.is_file():
        raise FileMissing(file=workspace.shown(path))
    return remembered(path, "organisations", lambda: _read_organisations(workspace, path))


def _read_organisations(workspace: Workspace, path: Path) -> _Organisations:
    organisations: dict[str, Organisation] = {}
    for row in read_table(path, "organisations", workspace):
        code = row["organisation"]
        if not SLUG.fullmatch(code) or code in organisations:
            problem = "repeated" if code in organisations else "slug"
            raise _bad_cell(workspace, path, row, "organisation", problem)
        if not row["name"]:
            raise _bad_cell(workspace, path, row, "name", "empty")
        organisations[code] = organisation_of(row)
    reference = next((each for each in organisations.values() if each.is_reference), None)
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


def read_reference(
    workspace: Workspace, fiscal_year: int, framework: Framework | None
) -> YearScores | None:
    """Read the figures of one year to compare with (all agencies), where there are any.

    They come from the workspace's own row, else from the program, like rules.
    """
    home, reference = _find_reference(workspace)
    return read_year(home, reference.code, fiscal_year, framework) if reference else None


def written_reference(workspace: Workspace, fiscal_year: int) -> list[object]:
    """Return what the tables say of the figures to compare with, unread."""
    home, reference = _find_reference(workspace)
    return written_rows(home, reference.code, fiscal_year) if reference else []


def _find_reference(workspace: Workspace) -> tuple[Workspace, Organisation | None]:
    own = _organisations(workspace).reference
    if own or not (program := Workspace(program_root())).organisations.is_file():
        return workspace, own
    return program, _organisations(program).reference


def organisations_with_scores(workspace: Workspace, fiscal_year: int) -> frozenset[str]:
    """Return the codes of the organisations that have a score in a fiscal year (B.E.)."""
    path = workspace.yearly("scores", fiscal_year)
    if not path.exists():
        return frozenset()
    return frozenset(_table(path, "scores", workspace).rows)


def read_framework(workspace: Workspace, fiscal_year: int) -> Framework:
    """Read the rules of a fiscal year (B.E.); what was assumed has its confirmation as source.

    Items without words have those that the workspace has of them. Raises
    ``YearWithoutFramework`` or ``FrameworkError``, or what ``read_questions`` raises.
    """
    written = read_rules_as_written(workspace, fiscal_year)
    path = workspace.framework(fiscal_year)
    framework = remembered(path, "framework", lambda: _as_confirmed(written, workspace.shown(path)))
    questions = read_questions(workspace, framework)
    return framework.with_questions(questions) if questions else framework


def read_rules_as_written(workspace: Workspace, fiscal_year: int) -> Framework:
    """Read the rules of a fiscal year (B.E.) as their file has them.

    Raises ``YearWithoutFramework`` or ``FrameworkError``.
    """
    path = workspace.framework(fiscal_year)
    if not path.is_file():
        raise YearWithoutFramework(fiscal_year=fiscal_year, known=workspace.framework_years())
    return remembered(path, "rules", lambda: _read_framework(workspace, path, fiscal_year))


def _as_confirmed(framework: Framework, shown: str) -> Framework:
    confirmed = framework.confirmed_by
    if confirmed is None:
        return framework
    try:
        return framework.as_confirmed(confirmation_of(confirmed))
    except ValueError as error:
        problem = say("words.no_date", value=confirmed.date)
        raise FrameworkError(file=shown, place="confirmed_by.date", problem=problem) from error


def read_questions(workspace: Workspace, framework: Framework) -> dict[str, str]:
    """Return the words of items that the workspace has, by code.

    Raises ``UnknownCode``, or ``BadCell`` for a code that stands twice or has no words.
    """
    path = workspace.yearly("questions", framework.fiscal_year)
    if not path.exists():
        return {}
    return remembered(path, "questions", lambda: _read_questions(workspace, path, framework))


def _read_questions(workspace: Workspace, path: Path, framework: Framework) -> dict[str, str]:
    codes = tuple(item.code for item in framework.all_items)
    found: dict[str, str] = {}
    for row in read_table(path, "questions", workspace):
        code = _read_code(workspace, path, row, codes, framework.fiscal_year)
        if code in found:
            raise _bad_cell(workspace, path, row, "code", "repeated")
        if not row["text"]:
            raise _bad_cell(workspace, path, row, "text", "no_words")
        found[code] = row["text"]
    return found


def has_own_rules(workspace: Workspace, fiscal_year: int) -> bool:
    """Whether the workspace has other rules of a year than the program; a confirmation is none."""
    if not workspace.overrides_framework(fiscal_year):
        return False
    program = Workspace(program_root())
    if not program.framework(fiscal_year).is_file():
        return True
    own, programs = (
        read_rules_as_written(each, fiscal_year).model_copy(update={"confirmed_by": None})
        for each in (workspace, program)
    )
    return own != programs


def newest_year(workspace: Workspace) -> int:
    """Return the newest fiscal year (B.E.) whose rules are not merely assumed."""
    years = workspace.framework_years()
    known = [year for year in years if not read_framework(workspace, year).is_assumed]
    return (known or years)[-1]


def _read_framework(workspace: Workspace, path: Path, fiscal_year: int) -> Framework:
    shown = workspace.shown(path)
    try:
        framework = Framework.model_validate(read_mapping(path, shown).values)
    except ValidationError as error:
        raise _broken_rules(error, shown) from error
    if framework.fiscal_year != fiscal_year:
        raise FrameworkError(
            file=shown, place="fiscal_year", problem=f"{framework.fiscal_year} ≠ {fiscal_year}"
        )
    return framework


def read_regulations(workspace: Workspace, fiscal_year: int) -> tuple[Regulation, ...]:
    """Read the laws and resolutions named for the result of a fiscal year (B.E.).

    Raises ``FrameworkError`` for a file that cannot be used.
    """
    path = workspace.regulations
    known = remembered(path, "regulations", lambda: _read_regulations(workspace, path))
    return tuple(each for each in known if each.holds_for(fiscal_year))


def _read_regulations(workspace: Workspace, path: Path) -> tuple[Regulation, ...]:
    shown = workspace.shown(path)
    try:
        read = Regulations.model_validate(read_mapping(path, shown).values)
    except ValidationError as error:
        raise _broken_rules(error, shown) from error
    return tuple(read.regulations)


def read_advice(workspace: Workspace, fiscal_year: int, framework: Framework) -> Advice | None:
    """Read the advice of a fiscal year (B.E.); nothing where there is none.

    A year whose rules are assumed from another has that year's advice, on what both have in common.
    Raises ``FrameworkError`` for a file that cannot be used, or that names an indicator or item
    the year lacks.
    """
    path, before = workspace.advice(fiscal_year), framework.assumed_from
    if path.is_file():
        rules = workspace.framework(fiscal_year).stat().st_mtime_ns
        return remembered(path, f"advice {rules}", lambda: _read_advice(workspace, path, framework))
    if before is None or before not in workspace.framework_years():
        return None
    rules_before = read_framework(workspace, before)
    advice = read_advice(workspace, before, rules_before)
    codes = _codes_before(workspace, framework, rules_before)
    return advice.for_year(fiscal_year, codes) if advice else None


def _codes_before(
    workspace: Workspace, framework: Framework, before: Framework
) -> Mapping[str, str]:
    """Return the codes of both years; raises ``FrameworkError`` for one the earlier lacks."""
    codes = framework.codes_before(before)
    for code, earlier in codes.items():
        if earlier not in before.codes:
            shown = workspace.shown(workspace.framework(framework.fiscal_year))
            raise FrameworkError(file=shown, place=f"items.{code}.was", problem=f"{earlier} ?")
    return codes


def advice_file(workspace: Workspace, fiscal_year: int, framework: Framework) -> Path:
    """Return the file of a year's advice: its own, else that of the year it is assumed from.

    That year may be assumed from another.
    """
    own, before = workspace.advice(fiscal_year), framework.assumed_from
    if own.is_file() or before not in workspace.framework_years():
        return own
    return advice_file(workspace, before, read_framework(workspace, before))


def _read_advice(workspace: Workspace, path: Path, framework: Framework) -> Advice:
    shown = workspace.shown(path)
    try:
        advice = Advice.model_validate(read_mapping(path, shown).values)
    except ValidationError as error:
        raise _broken_rules(error, shown) from error
    items = {item.code for item in framework.all_items}
    named: dict[str, tuple[Iterable[str], set[str]]] = {
        "indicators": (advice.indicators, {each.code for each in framework.indicators.list}),
        "items": (advice.items, items),
        **{f"items.{code}.evidence": (each.evidence, items) for code, each in advice.items.items()},
    }
    for place, (codes, known) in named.items():
        for code in codes:
            if code not in known:
                like = nearest(code, known)
                problem = f"{code} ?" + (f" ({like})" if like else "")
                raise FrameworkError(file=shown, place=f"{place}.{code}", problem=problem)
    if advice.fiscal_year != framework.fiscal_year:
        problem = f"{advice.fiscal_year} ≠ {framework.fiscal_year}"
        raise FrameworkError(file=shown, place="fiscal_year", problem=problem)
    return advice


def _broken_rules(error: ValidationError, shown: str) -> FrameworkError:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "…"
    return FrameworkError(file=shown, place=place, problem=first["msg"])


def read_year(
    workspace: Workspace, organisation: str, fiscal_year: int, framework: Framework | None
) -> YearScores | None:
    """Read all that the data hold of one organisation in one year; nothing without a score.

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
        result=_read_result(workspace, organisation, fiscal_year, framework),
        suggestions=_read_suggestions(workspace, organisation, fiscal_year, codes),
    )


def written_rows(workspace: Workspace, organisation: str, fiscal_year: int) -> list[object]:
    """Return what the tables say of an organisation up to a fiscal year (B.E.), unread."""
    found: list[object] = [repr(read_organisations(workspace).get(organisation))]
    for table in YEARLY:
        for path in sorted((workspace.root / "data" / table).glob("*.csv")):
            if 0 < year_in(path.stem) <= fiscal_year:
                rows = _rows_of(path, table, workspace, organisation)
                found.append((table, path.stem, sorted(row.by_column() for row in rows)))
    return found


def require_year(
    workspace: Workspace, organisation: str, fiscal_year: int, framework: Framework
) -> YearScores:
    """Read one year like ``read_year``; raises ``NoScores`` where there are none."""
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
        for path in sorted((workspace.root / "data" / table).glob("*.csv")):
            found |= dict.fromkeys(_table(path, table, workspace).rows, path)
    return found


def score_years(workspace: Workspace) -> list[int]:
    """Return the fiscal years (B.E.) that have a file of scores."""
    files = (workspace.root / "data/scores").glob("*.csv")
    return sorted({year_in(file.stem) for file in files} - {0})


def organisation_of(row: Row | Mapping[str, str]) -> Organisation:
    """Return the organisation of a row of ``data/organisations.csv``."""
    return Organisation(
        code=row["organisation"],
        name=row["name"],
        short_name=row["short_name"] or row["name"],
        type=row["type"],
        district=row["district"],
        province=row["province"],
        official_code=row["official_code"],
        is_reference=row["type"] == label("words.reference_type"),
        is_made_up=label("words.made_up_mark") in row["name"],
    )


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
    for row in _rows_of(path, "scores", workspace, organisation):
        code = _read_code(workspace, path, row, codes, fiscal_year)
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


def _read_score(workspace: Workspace, path: Path, row: Row, code: str, weight: int | None) -> Score:
    status = row["status"].lower()
    if status not in STATUSES:
        raise _bad_cell(workspace, path, row, "status", "status")
    try:
        points, weighted = parse_score(row["score"], weight)
    except ValueError as error:
        facts = {"file": workspace.shown(path), "row": row.number, "code": code}
        raise BadScore(**facts, value=row["score"], weight=weight) from error
    return Score(code, points, status, row["source"], row["note"], row.number, weighted)


def _read_code(
    workspace: Workspace, path: Path, row: Row, codes: tuple[str, ...], fiscal_year: int
) -> str:
    written = to_arabic(row["code"])
    by_folded = {code.lower(): code for code in codes}
    if written.lower() not in by_folded:
        raise UnknownCode(
            file=workspace.shown(path),
            row=row.number,
            code=row["code"],
            fiscal_year=fiscal_year,
            nearest=nearest(written, codes),
        )
    return by_folded[written.lower()]


def _read_result(
    workspace: Workspace, organisation: str, fiscal_year: int, framework: Framework | None
) -> PublishedResult | None:
    path = workspace.yearly("results", fiscal_year)
    rows = _rows_of(path, "results", workspace, organisation)
    if not rows:
        return None
    if len(rows) > 1:
        raise _bad_cell(workspace, path, rows[1], "organisation", "repeated")
    row = rows[0]
    names = [level.name for level in framework.levels.list] if framework else []
    if framework and row["level"] and row["level"] not in names:
        raise UnknownLevel(
            file=workspace.shown(path), row=row.number, level=row["level"], known=names
        )
    told = row["status"].lower()
    if told not in ("", *TOLD):
        raise _bad_cell(workspace, path, row, "status", "told")
    return PublishedResult(
        status=told_by(told) if told else "",
        level=row["level"] or None,
        announced=_read_announced(workspace, path, row, fiscal_year),
        respondents={
            column.removeprefix("respondents_"): count
            for column in RESPONDENTS
            if (count := _parse(workspace, path, row, column, _read_count)) is not None
        },
        source=row["source"],
    )


def _read_announced(workspace: Workspace, path: Path, row: Row, fiscal_year: int) -> date | None:
    if not row["announced"]:
        return None
    try:
        return parse_announcement(row["announced"], fiscal_year)
    except BadDate as error:
        facts = {"like": error.like, "year": fiscal_year}
        raise _bad_cell(workspace, path, row, "announced", error.problem, **facts) from error


def _read_suggestions(
    workspace: Workspace, organisation: str, fiscal_year: int, codes: tuple[str, ...]
) -> tuple[Suggestion, ...]:
    path = workspace.yearly("suggestions", fiscal_year)
    return tuple(
        Suggestion(_read_code(workspace, path, row, codes, fiscal_year), row["text"], row["source"])
        for row in _rows_of(path, "suggestions", workspace, organisation)
    )


def _parse(
    workspace: Workspace, path: Path, row: Row, column: str, parse: Callable[[str], T]
) -> T | None:
    if not row[column]:
        return None
    try:
        return parse(to_arabic(row[column]))
    except ValueError as error:
        raise _bad_cell(workspace, path, row, column, column.split("_")[0]) from error


def _read_count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise ValueError(text)
    return count


def _bad_cell(
    workspace: Workspace, path: Path, row: Row, column: str, problem: str, **facts: object
) -> BadCell:
    return BadCell(
        file=workspace.shown(path),
        row=row.number,
        column=column,
        value=row[column],
        problem=problem,
        **facts,
    )


@dataclass(frozen=True)
class _Table:
    """The rows of a table by organisation, and those whose code is in the wrong case.

    A country's rows are many: each organisation's lie in one tuple, number and cells in turn.
    """

    places: dict[str, int]
    rows: dict[str, tuple[Any, ...]]
    misspelt: dict[str, Row]

    def of(self, organisation: str) -> list[Row]:
        """Return the rows of an organisation."""
        flat, width = self.rows.get(organisation, ()), 1 + len(self.places)
        starts = range(0, len(flat), width)
        return [Row(self.places, flat[at + 1 : at + width], flat[at]) for at in starts]


def _rows_of(path: Path, table: str, workspace: Workspace, organisation: str) -> Sequence[Row]:
    if not path.exists():
        return ()
    known = _table(path, table, workspace)
    if organisation in known.misspelt:
        raise _bad_cell(workspace, path, known.misspelt[organisation], "organisation", "slug")
    return known.of(organisation)


def _table(path: Path, table: str, workspace: Workspace) -> _Table:
    return remembered(path, table, lambda: _by_organisation(read_table(path, table, workspace)))


def _by_organisation(rows: Iterable[Row]) -> _Table:
    by_code: dict[str, list[Any]] = {}
    misspelt: dict[str, Row] = {}
    places: dict[str, int] = {}
    for row in rows:
        places, code = row.places, row["organisation"]
        missing = ("",) * (len(places) - len(row.cells))
        by_code.setdefault(code, []).extend((row.number, *row.cells[: len(places)], *missing))
        if code != code.lower():
            misspelt.setdefault(code.lower(), row)
    return _Table(places, {code: tuple(flat) for code, flat in by_code.items()}, misspelt)


def read_table(path: Path, table: str, workspace: Workspace) -> Iterator[Row]:
    """Yield the rows of a CSV file that has the columns of ``table`` in the data dictionary.

    Raises ``BadColumns``, ``BadCell`` or ``UnreadableFile``.
    """
    shown = workspace.shown(path)
    text = read_text(path, shown)
    separator = find_separator(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = _lines_of(reader, shown)
    heads = [head.strip() for head in next(rows, [])]
    while heads and not heads[-1]:
        heads.pop()
    _check_heads(heads, table, shown)
    places = {head: place for place, head in enumerate(heads)}
    for number, cells in enumerate(rows, start=2):
        values = tuple(intern(of_csv_cell(cell.strip())) for cell in cells)
        if any(values[len(heads) :]):
            raise BadCell(
                file=shown, row=number, column="", value=values[len(heads)], problem="overflow"
            )
        if any(values):
            yield Row(places, values, number)


def _lines_of(reader: Any, shown: str) -> Iterator[list[str]]:
    """Yield the rows; a quotation mark that never closes would swallow all that follow."""
    try:
        yield from reader
    except csv.Error as error:
        raise UnreadableFile(file=shown, problem="not_csv", line=reader.line_num) from error


def _check_heads(heads: list[str], table: str, shown: str) -> None:
    known = columns_of(table)
    missing = [each for each in known if each not in heads and each not in added_columns(table)]
    unknown = [head for head in heads if head not in known or heads.count(head) > 1]
    if missing or unknown:
        raise BadColumns(file=shown, missing=missing, unknown=unknown, known=list(known))
