"""A mistyped figure of a result shows before anything is written."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import ROOT, YEARS, ita, rules, write, write_scores, year_scores

from ita_helpers.files.workspace import Workspace
from ita_helpers.records.problem import Problem
from ita_helpers.records.scores import YearScores
from ita_helpers.scoring.assessment import assess
from ita_helpers.store.scores import PublishedResult, organisations_with_scores, require_year
from ita_helpers.words.contradictions import check_result

MUTATIONS = 60


def check(year: int, level: str | None = None, **scores: object) -> tuple[Problem, ...]:
    return check_result(assess(rules(year), year_scores(year, level=level, **scores)))


@pytest.mark.parametrize(
    ("year", "level", "scores", "suspected", "told"),
    [
        (2568, None, {"ITA": 95.86, "IIT": 95, "EIT": 95, "OIT": 99}, "ITA", ["95.86", "96.60"]),
        (2568, None, {"IIT": 90, "1": 98, "2": 98, "3": 98, "4": 98, "5": 98}, "IIT", ["98.00"]),
        (2568, None, {"1": 50, "i1": 98, "i2": 98, "i3": 98}, "1", ["50.00", "I1 98.00"]),
        (2568, None, {"EIT": 70, "EIT1": 95, "EIT2": 95}, "EIT", ["ส่วนที่ 1 95.00"]),
        (2568, None, {"ITA": 60, "IIT": 100, "OIT": 90}, "ITA", ["ไม่มีข้อมูล", "66.00"]),
        (2566, "ผ่าน", {"ITA": 95.86}, "level", ["“ผ่าน”", "95.86", "“ผ่านดี”"]),
        (2568, "ผ่านดี", {"ITA": 84.99}, "level", ["“ต้องปรับปรุง”"]),
    ],
)
def test_figures_that_exclude_each_other_are_told_with_both_sides(
    year: int, level: str | None, scores: Mapping[str, object], suspected: str, told: list[str]
) -> None:
    problem = check(year, level, **scores)[0]
    assert problem.is_certain
    assert problem.codes[0] == suspected
    assert [each for each in told if each not in problem.text] == [], problem.text


def test_a_figure_that_no_answers_give_is_a_doubt_and_says_what_it_rests_on() -> None:
    scores = year_scores(**{"1": "98.81", "2": "98.91"})
    counted = PublishedResult("ผ่านดี", None, {"iit": 28}, "")
    (problem,) = check_result(assess(rules(2568), replace(scores, result=counted)))
    assert (problem.codes, problem.is_certain) == (("2",), False)
    assert all(each in problem.text for each in ("98.91", "28 คน", "98.82", "99.20", "อนุมาน"))


def results() -> Iterator[YearScores]:
    workspace = Workspace(ROOT)
    for year in YEARS:
        for organisation in organisations_with_scores(workspace, year):
            yield require_year(workspace, organisation, year, rules(year))


def test_the_samples_are_free_of_problems() -> None:
    assert [problem for each in results() for problem in found_in(each)] == []


def test_most_mistyped_digits_are_found() -> None:
    chosen, found = random.Random(1), Counter[str]()
    listed = [each for each in results() if len(each.scores) > 4]
    for _ in range(MUTATIONS):
        result = chosen.choice(listed)
        found[how(found_in(mistyped(result, chosen)))] += 1
    assert found["recomputed"] + found["doubted"] > MUTATIONS * 2 // 3, found


def found_in(result: YearScores) -> tuple[Problem, ...]:
    return check_result(assess(rules(result.fiscal_year), result))


def how(problems: tuple[Problem, ...]) -> str:
    if any(each.is_certain for each in problems):
        return "recomputed"
    return "doubted" if problems else "not found"


def mistyped(result: YearScores, chosen: random.Random) -> YearScores:
    """Return a result of which one score has one wrong digit."""
    while True:
        code = chosen.choice(sorted(result.scores))
        digits = list(f"{result.scores[code].points:.2f}")
        place = chosen.choice([n for n, each in enumerate(digits) if each.isdigit()])
        digits[place] = chosen.choice("0123456789")
        points = Decimal("".join(digits))
        if points != result.scores[code].points and points <= 100:
            score = replace(result.scores[code], points=points)
            return replace(result, scores={**result.scores, code: score})


def test_check_names_file_rows_and_both_figures(small_workspace: Workspace) -> None:
    write(small_workspace, "params/2568/ban-rai.yml", "organisation: ban-rai\nfiscal_year: 2568\n")
    write_scores(small_workspace, "ITA,95.86,,s,", "IIT,95,,s,", "EIT,95,,s,", "OIT,99,,s,")
    run = ita("check", root=small_workspace.root)
    assert run.exit_code == 1
    told = ("data/scores/2568.csv แถวที่ 2, 3, 4, 5", "95.86", "96.60")
    assert [each for each in told if each not in run.output] == [], run.output


def test_a_doubt_is_told_by_check_and_is_no_fault(small_workspace: Workspace) -> None:
    write(small_workspace, "params/2568/ban-rai.yml", "organisation: ban-rai\nfiscal_year: 2568\n")
    write_scores(small_workspace, "1,98.81,,s,", "5,99.99,,s,", "ITA,90,,s,")
    run = ita("check", root=small_workspace.root)
    assert run.exit_code == 0, run.output
    assert "99.99 เกิดขึ้นไม่ได้" in run.output


@pytest.mark.parametrize(
    ("year", "counts", "scores", "told"),
    [
        (2568, {"iit": 0, "eit1": 30}, {"IIT": 95, "1": 95}, ["0 คน", "IIT 95.00"]),
        (2568, {"eit2": 0}, {"EIT2": 95}, ["ส่วนที่ 2", "0 คน"]),
        (2566, {"eit1": 0}, {"EIT": 95}, ["EIT 95.00", "0 คน"]),
        (2568, {"iit": 0}, {"OIT": 95}, []),
        (2568, {"iit": 10_000, "eit1": 10_000}, {"1": "50.01", "i1": "33.33", "IIT": 90}, []),
        (2568, {"eit1": 28}, {"1": "98.81", "2": "98.91", "3": "98.81"}, []),
    ],
)
def test_nobody_many_or_an_unknown_number_of_respondents(
    year: int, counts: Mapping[str, int], scores: Mapping[str, object], told: list[str]
) -> None:
    result = PublishedResult(None, None, counts, "")
    found = check_result(assess(rules(year), replace(year_scores(year, **scores), result=result)))
    assert len(found) == bool(told)
    assert [each for each in told if each not in "".join(p.text for p in found)] == []


def test_a_missing_count_leaves_only_its_own_group_without_one() -> None:
    printed = {"1": "98.81", "2": "98.81", "4": "98.81", "5": "99.99"}
    scores = year_scores(2568, **printed, **{"e1@1": "98.82", "e2@1": "98.91"})
    result = PublishedResult(None, None, {"eit1": 28}, "")
    found = check_result(assess(rules(2568), replace(scores, result=result)))
    assert [each.codes for each in found] == [("5",), ("e2@1",)]
