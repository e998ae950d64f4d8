"""Loading what a lesson shows: the organisation chosen, the made-up one, and real cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from ita_helpers.files.workspace import Workspace, find_workspace, program_root
from ita_helpers.language.points import to_hundredths
from ita_helpers.language.thai import Numerals, with_numerals
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.assessment import Assessment, assess
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.scoring.what_if import try_out
from ita_helpers.store.loading import load_data
from ita_helpers.store.organisations import read_organisations
from ita_helpers.store.rules import read_framework
from ita_helpers.store.scores import require_year
from ita_helpers.teaching.answers import find_answers
from ita_helpers.teaching.exercises import Exercise
from ita_helpers.teaching.posing import (
    ANSWERS_YEAR,
    ITEMS_YEAR,
    LEVEL_YEAR,
    TOTALS_YEAR,
    make_exercises,
)

EXAMPLE = "made-up-example"
EXAMPLE_YEAR = 2568
CASES = {
    "plain_mean": ("nong-saeng", 2565),
    "early": ("bang-khae", 2568),
    "barred": ("bang-krabue", 2568),
    "low_indicators": ("chai-so", 2568),
    "higher": ("sao", 2568),
    "grouped": (EXAMPLE, 2565),
}
"""The organisation and year (B.E.) whose figures show each point of the lesson."""


@dataclass(frozen=True)
class LessonData:
    """Everything a lesson is made from.

    ``asked`` is the result chosen, ``example`` the made-up organisation's, ``cases`` are those of
    ``CASES``.
    """

    asked: ReportData
    example: ReportData
    cases: dict[str, ReportData]
    frameworks: tuple[Framework, ...]
    exercises: tuple[Exercise, ...]
    numerals: Numerals

    def digits(self, text: str) -> str:
        """Return the text in the digits of the lesson."""
        return with_numerals(text, self.numerals)

    @cached_property
    def shown(self) -> ReportData:
        """The chosen result if all its indicators have scores, else the made-up one."""
        return self.asked if try_out(self.asked.assessment) else self.example

    @cached_property
    def graded(self) -> ReportData:
        """The shown result if its levels look at components, else the made-up one."""
        return self.shown if self.shown.framework.levels.components else self.example

    @cached_property
    def detailed(self) -> ReportData:
        """The chosen result if some indicator's items have scores, else the made-up one."""
        return self.asked if indicators_with_items(self.asked.assessment) else self.example

    @cached_property
    def answered(self) -> ReportData:
        """The detailed result if answers can be found for an item, else the made-up one."""
        return self.detailed if item_with_answers(self.detailed.assessment) else self.example


def indicators_with_items(assessment: Assessment) -> list[Indicator]:
    """Return the indicators that are the mean of items, all of them with a score."""
    framework = assessment.framework
    return [
        each
        for each in framework.indicators.list
        if framework.item_rule(each.instrument) == "mean"
        and assessment.reading(each.code).computed is not None
    ]


def item_with_answers(assessment: Assessment) -> tuple[str, tuple[int, ...]] | None:
    """Return the lowest item of the internal questionnaire and answers that give its score.

    Nothing if scale, respondents or items are not known.
    """
    answers, result = assessment.framework.answers, assessment.scores.result
    respondents = result.respondents.get("iit") if result else None
    if answers is None or not respondents:
        return None
    plain = [
        item.code
        for indicator in indicators_with_items(assessment)
        if indicator.instrument == "IIT"
        for item in assessment.framework.items_under(indicator.code)
        if item.code not in (*answers.reversed, *answers.yes_points)
    ]
    points = [each.points for each in answers.scale]
    for code in sorted(plain, key=assessment.exact):
        if found := find_answers(to_hundredths(assessment.exact(code)), respondents, points):
            return code, found
    return None


def load_lesson_data(
    organisation: str, fiscal_year: int, numerals: Numerals, root: Path | str | None
) -> LessonData:
    """Load a lesson on one organisation's result of a fiscal year (B.E.).

    The made-up organisation and the cases come with the program. Raises an ``ItaError``.
    """
    workspace, program = find_workspace(root), Workspace(program_root())
    is_example = organisation == EXAMPLE
    if is_example and EXAMPLE not in read_organisations(workspace):
        workspace = program
    asked = load_data(workspace, organisation, fiscal_year, numerals)
    years = workspace.framework_years()
    return LessonData(
        asked=asked,
        example=_load_case(program, EXAMPLE, EXAMPLE_YEAR, numerals),
        cases={key: _load_case(program, *case, numerals) for key, case in CASES.items()},
        frameworks=tuple(read_framework(workspace, year) for year in years),
        exercises=load_exercises(),
        numerals=numerals,
    )


def load_exercises() -> tuple[Exercise, ...]:
    """Return the exercises, on figures that come with the program."""
    return _make_exercises(Workspace(program_root()))


@cache
def _load_case(
    program: Workspace, organisation: str, fiscal_year: int, numerals: Numerals
) -> ReportData:
    """Load a result that comes with the program, which stays as it is."""
    return load_data(program, organisation, fiscal_year, numerals)


@cache
def _make_exercises(program: Workspace) -> tuple[Exercise, ...]:
    return make_exercises(
        *(
            _assess_example(program, year)
            for year in (ITEMS_YEAR, TOTALS_YEAR, LEVEL_YEAR, ANSWERS_YEAR)
        )
    )


def _assess_example(program: Workspace, fiscal_year: int) -> Assessment:
    framework = read_framework(program, fiscal_year)
    return assess(framework, require_year(program, EXAMPLE, fiscal_year, framework))
