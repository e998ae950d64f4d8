"""Imported figures that exclude each other or may be mistyped, reported before writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ita_helpers.errors import BadImport
from ita_helpers.importing.found import FoundYear, Place
from ita_helpers.language.thai import to_arabic
from ita_helpers.records.framework import Framework
from ita_helpers.records.problem import Problem
from ita_helpers.records.scores import PublishedResult, Score, YearScores
from ita_helpers.scoring.assessment import assess
from ita_helpers.scoring.weighted import parse_score, weights_of
from ita_helpers.store.table_files import Cells
from ita_helpers.words.contradictions import check_result


@dataclass(frozen=True)
class FoundProblem:
    """What is wrong within one office's result of one year (B.E.).

    ``places`` are the cells of the imported figures involved, the suspected one first.
    """

    organisation: str
    fiscal_year: int
    places: tuple[Place, ...]
    problem: Problem


@dataclass(frozen=True)
class Judged:
    """What is wrong within a result as ``rows`` (by table) have it, and which levels it can have.

    It holds as long as both stay the same: an import is looked at twice, before it is shown and
    before it is written.
    """

    framework: Framework
    rows: Mapping[str, Sequence[Cells]]
    problems: tuple[Problem, ...]
    level: str | None
    possible: tuple[str, ...]

    def is_of(self, framework: Framework, rows: Mapping[str, Sequence[Cells]]) -> bool:
        """Whether it is what ``judge`` would return again."""
        return self.framework is framework and self.rows == rows


def judge(framework: Framework, code: str, rows: Mapping[str, Sequence[Cells]]) -> Judged:
    """Return what is wrong within the result of an office."""
    assessment = assess(framework, _as_result(framework, code, rows))
    problems, verdict = check_result(assessment), assessment.verdict
    possible = tuple(each.name for each in verdict.possible)
    return Judged(framework, rows, problems, verdict.published, possible)


def find_problems(
    judged: Judged, code: str, found: Iterable[FoundYear], *, accept: bool
) -> list[FoundProblem]:
    """Return what is wrong within the result of an office, as it was judged.

    Only if a figure that was ``found`` is involved: the import is not to blame for what the tables
    had before. Raises ``BadImport`` for a level that scores of the same import exclude, unless
    ``accept`` is given.
    """
    if not judged.problems:
        return []
    places: dict[str, Place] = {}
    for each in found:
        places |= {score.code: score.place for score in each.scores}
        places |= {column: place for column, (_, place) in each.result.items()}
    if not accept and any(_excludes_level(each, places) for each in judged.problems):
        like, facts = " / ".join(judged.possible), places["level"].facts
        raise BadImport(problem="level_excluded", value=judged.level, like=like, **facts)
    return [
        FoundProblem(
            code,
            judged.framework.fiscal_year,
            tuple(places[each] for each in problem.codes if each in places),
            problem,
        )
        for problem in judged.problems
        if any(each in places for each in problem.codes)
    ]


def _excludes_level(problem: Problem, places: Mapping[str, Place]) -> bool:
    return "level" in problem.codes and all(each in places for each in problem.codes)


def _as_result(
    framework: Framework, organisation: str, rows: Mapping[str, Sequence[Cells]]
) -> YearScores:
    weights = weights_of(framework)
    scores = {
        code: score
        for row in rows["scores"]
        if (code := row["code"]) in framework.codes
        and (score := _score(code, row["score"], weights.get(code)))
    }
    result = next(iter(rows["results"]), {})
    names = [each.name for each in framework.levels.list]
    level = result.get("level", "")
    published = PublishedResult(level if level in names else None, None, _counts(result), "")
    return YearScores(organisation, framework.fiscal_year, scores, result=published)


def _score(code: str, written: str, weight: int | None) -> Score | None:
    try:
        points, weighted = parse_score(written, weight)
    except ValueError:
        return None
    return Score(code, points, "", "", "", weighted=weighted)


def _counts(result: Mapping[str, str]) -> dict[str, int]:
    """Return how many people answered, by group, where a row says so in digits."""
    counts = {each: result.get(f"respondents_{each}", "") for each in ("iit", "eit1", "eit2")}
    return {each: int(to_arabic(count)) for each, count in counts.items() if count.isdecimal()}
