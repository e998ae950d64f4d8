"""Figures of an import that exclude each other or may be mistyped, told before it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ita_helpers.assessment import assess
from ita_helpers.framework import Framework
from ita_helpers.importing.found import FoundYear, Place
from ita_helpers.result_check import check_result
from ita_helpers.scores import PublishedResult, Score, YearScores
from ita_helpers.table_files import Cells
from ita_helpers.thai import parse_number, to_arabic


@dataclass(frozen=True)
class Problem:
    """Figures of one office and year that exclude each other, or one that may be mistyped.

    ``places`` are the cells of those that the import brings, the suspected one first.
    """

    organisation: str
    fiscal_year: int
    places: tuple[Place, ...]
    text: str
    is_certain: bool


def find_problems(
    framework: Framework,
    code: str,
    found: Iterable[FoundYear],
    rows: Mapping[str, Sequence[Cells]],
) -> list[Problem]:
    """Return what is wrong within one result as ``rows`` (by table) would have it.

    Only where a figure that was ``found`` takes part: what the tables had before is not its doing.
    """
    places: dict[str, Place] = {}
    for each in found:
        places |= {score.code: score.place for score in each.scores}
        if "level" in each.result:
            places["level"] = each.result["level"][1]
    return [
        Problem(
            code,
            framework.fiscal_year,
            tuple(places[each] for each in problem.codes if each in places),
            problem.text,
            problem.is_certain,
        )
        for problem in check_result(assess(framework, _as_result(framework, code, rows)))
        if any(each in places for each in problem.codes)
    ]


def _as_result(framework: Framework, code: str, rows: Mapping[str, Sequence[Cells]]) -> YearScores:
    scores = {
        row["code"]: Score(row["code"], points, "", "", "")
        for row in rows["scores"]
        if row["code"] in framework.codes and (points := _points(row["score"])) is not None
    }
    result = next(iter(rows["results"]), {})
    names = [each.name for each in framework.levels.list]
    level = result.get("level", "")
    published = PublishedResult(level if level in names else None, None, _counts(result), "")
    return YearScores(code, framework.fiscal_year, scores, result=published)


def _points(written: str) -> Decimal | None:
    try:
        points = parse_number(written)
    except ValueError:
        return None
    return points if 0 <= points <= 100 else None


def _counts(result: Mapping[str, str]) -> dict[str, int]:
    """Return how many people answered, by group, where a row says so in digits."""
    counts = {each: result.get(f"respondents_{each}", "") for each in ("iit", "eit1", "eit2")}
    return {each: int(to_arabic(count)) for each, count in counts.items() if count.isdigit()}
