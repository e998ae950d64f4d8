"""What a plan forgets, contradicts or has twice, a sentence each, with its row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from ita_helpers.checks.words import Facts, check_words, collect_facts
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.periods import fiscal_year_of
from ita_helpers.records.names import normal
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.scoring.findings import find_lowest
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.coverage import missing_elements


@dataclass(frozen=True)
class PlanProblem:
    """One thing to look at; ``row`` is 0 for what concerns the plan as a whole."""

    kind: str
    row: int
    text: str


def check_plan(data: ReportData, offices: OfficeNames) -> list[PlanProblem]:
    """Return what is to be looked at in the plan of a report; nothing without one."""
    if data.plan is None:
        return []
    problems = [*_of_the_whole(data, data.plan)]
    facts_of = cache(lambda slot: collect_facts(data, slot, offices))
    first: dict[str, int] = {}
    for each in data.plan.measures:
        problems += _of_a_measure(data, each, facts_of)
        row = first.setdefault(normal(each.name), each.row)
        if row != each.row:
            problems.append(_problem("twice", each.row, name=each.name, first=row))
    return sorted(problems, key=lambda each: each.row)


def _of_the_whole(data: ReportData, plan: Plan) -> Iterator[PlanProblem]:
    covered = {code for each in plan.measures for code in indicators_of(each, data.assessment)}
    lowest = find_lowest(data.assessment)
    if data.layout.plan_layout == "one-measure":
        yield from _of_one_measure(data, plan, covered)
    elif lowest and lowest.score < 100:
        forgotten = [each for each in lowest.indicators if each.code not in covered]
        if forgotten:
            names = join_names(
                say("words.indicator", code=each.code, name=each.name) for each in forgotten
            )
            yield _problem("lowest", 0, names=names)
    if plan.extra:
        yield _problem("extra", 0, names=", ".join(plan.extra))
    missing = missing_elements(data)
    if missing and data.evidence:
        year, item = data.fiscal_year + 1, data.evidence.analysis.item.upper()
        is_assumed = data.evidence.confidence == "assumed"
        facts = {"year": year, "item": item, "is_assumed": is_assumed}
        yield _problem("elements", 0, names=join_names(missing), **facts)


def _of_one_measure(data: ReportData, plan: Plan, covered: set[str]) -> Iterator[PlanProblem]:
    """Yield what keeps a plan from its layout: it may choose another indicator than the lowest."""
    if len(covered) > 1:
        codes = [each.code for each in data.framework.indicators.list if each.code in covered]
        yield _problem("several", 0, codes=join_names(codes))
    for each in plan.measures:
        if not each.expected:
            yield _problem("no_expected", each.row, name=each.name)


def _of_a_measure(
    data: ReportData, measure: Measure, facts_of: Callable[[str], Facts]
) -> Iterator[PlanProblem]:
    planned = data.fiscal_year + 1
    days = [day for day in (measure.start, measure.end) if day]
    if not days:
        yield _problem("no_window", measure.row, name=measure.name)
    outside = sorted({fiscal_year_of(day) for day in days} - {planned})
    if outside:
        years = ", ".join(str(year) for year in outside)
        yield _problem("window", measure.row, planned=planned, years=years)
    if data.plan and measure.row in data.plan.common_era:
        yield _problem("common_era", measure.row, name=measure.name)
    if not measure.owners:
        yield _problem("no_owner", measure.row, name=measure.name)
    yield from _contradictions(measure, facts_of)


def _contradictions(measure: Measure, facts_of: Callable[[str], Facts]) -> Iterator[PlanProblem]:
    """Yield what the finding says that the words of its indicator could not."""
    slot = f"{int(measure.indicators[0]):02d}" if len(measure.indicators) == 1 else ""
    facts = facts_of(slot)
    for text in (measure.finding, measure.name, measure.guideline):
        for each in check_words(text, facts):
            said = say(
                f"check.{each.kind}", found=each.found, expected=each.expected, text=each.text
            )
            yield PlanProblem(each.kind, measure.row, said)


def _problem(kind: str, row: int, **facts: object) -> PlanProblem:
    return PlanProblem(kind, row, say(f"plan.check.{kind}", **facts))


def describe(problem: PlanProblem, file: str) -> str:
    """Return the line that tells of a problem: file, row, what to look at."""
    where = say("plan.check.row", row=problem.row) if problem.row else label("plan.check.whole")
    return say("plan.check.line", file=file, where=where, problem=problem.text)
