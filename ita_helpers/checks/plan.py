"""What a plan omits, contradicts or repeats: one sentence each, with its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache

from ita_helpers.checks.words import Facts, check_words, collect_facts
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.periods import fiscal_year_of
from ita_helpers.records.names import normal
from ita_helpers.records.names_in_text import OfficeNames
from ita_helpers.records.plan import Measure, Plan, plan_problem
from ita_helpers.records.problem import Problem
from ita_helpers.records.slots import slot_of_code
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.scoring.findings import find_lowest
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.coverage import missing_elements

_LIKE = 0.75
"""How much of an owner must agree with a unit to be a slip of the pen for it."""


@dataclass(frozen=True)
class Basis:
    """What a plan must agree with: the result of its office, and what its words may say.

    ``of_slot`` gives the facts for the words of an indicator (``"06"``), or "" for any words.
    """

    data: ReportData
    of_slot: Callable[[str], Facts]


def check_plan(data: ReportData, offices: OfficeNames) -> list[Problem]:
    """Return the problems in the plan of a report; nothing if there is no plan."""
    if data.plan is None:
        return []
    facts = Basis(data, cache(lambda slot: collect_facts(data, slot, offices)))
    problems = [found for rule in RULES for found in rule(data.plan, facts)]
    return sorted(problems, key=lambda each: each.row)


def _lowest(plan: Plan, facts: Basis) -> Iterator[Problem]:
    """Yield the lowest indicators that have no measure, or that the plan names none."""
    lowest = find_lowest(facts.data.assessment)
    if not plan.names_indicators:
        yield plan_problem("unnamed")
        return
    if _has_one_measure(facts) or not lowest or lowest.score >= 100:
        return
    covered = _covered(plan, facts)
    forgotten = [each for each in lowest.indicators if each.code not in covered]
    if forgotten:
        names = (say("words.indicator", code=each.code, name=each.name) for each in forgotten)
        yield plan_problem("lowest", names=join_names(names))


def _several(plan: Plan, facts: Basis) -> Iterator[Problem]:
    """Yield the indicators of a plan for one; it may choose another than the lowest."""
    covered = _covered(plan, facts)
    if _has_one_measure(facts) and len(covered) > 1:
        known = facts.data.framework.indicators.list
        codes = [each.code for each in known if each.code in covered]
        yield plan_problem("several", codes=join_names(codes))


def _no_expected(plan: Plan, facts: Basis) -> Iterator[Problem]:
    if _has_one_measure(facts):
        for each in plan.measures:
            if not each.expected:
                yield plan_problem("no_expected", each.row, name=each.name)


def _has_one_measure(facts: Basis) -> bool:
    return facts.data.layout.plan_layout == "one-measure"


def _covered(plan: Plan, facts: Basis) -> set[str]:
    assessment = facts.data.assessment
    return {code for each in plan.measures for code in indicators_of(each, assessment)}


def _extra(plan: Plan, _: Basis) -> Iterator[Problem]:
    if plan.extra:
        yield plan_problem("extra", names=", ".join(plan.extra))


def _elements(_: Plan, facts: Basis) -> Iterator[Problem]:
    """Yield the elements that the evidence asks for and the layout lacks."""
    data = facts.data
    missing = missing_elements(data)
    if missing and data.evidence:
        year, item = data.fiscal_year + 1, data.evidence.analysis.item.upper()
        is_assumed = data.evidence.confidence == "assumed"
        said = {"year": year, "item": item, "is_assumed": is_assumed}
        yield plan_problem("elements", 0, names=join_names(missing), **said)


def _window(plan: Plan, facts: Basis) -> Iterator[Problem]:
    """Yield measures without a period, or with one outside the year after the result."""
    planned = facts.data.fiscal_year + 1
    for each in plan.measures:
        days = [day for day in (each.start, each.end) if day]
        if not days and not each.period:
            yield plan_problem("no_window", each.row, name=each.name)
        years = sorted({fiscal_year_of(day) for day in days})
        if outside := [str(year) for year in years if year != planned]:
            said = {"period": each.time, "planned": planned, "years": ", ".join(outside)}
            is_partly = years[0] <= planned <= years[-1]
            yield plan_problem("window", each.row, is_partly=is_partly, **said)


def _remarks(plan: Plan, _: Basis) -> Iterator[Problem]:
    """Yield what could not be read as it stands, and what was left out."""
    yield from plan.remarks


def _common_era(plan: Plan, _: Basis) -> Iterator[Problem]:
    for each in plan.measures:
        if each.row in plan.common_era:
            yield plan_problem("common_era", each.row, name=each.name)


def _no_owner(plan: Plan, _: Basis) -> Iterator[Problem]:
    for each in plan.measures:
        if not each.owners:
            yield plan_problem("no_owner", each.row, name=each.name)


def _unknown_owner(plan: Plan, facts: Basis) -> Iterator[Problem]:
    """Yield the owners that the office's own list of units does not have, all at once."""
    units = facts.data.office.units
    known = {normal(each) for pair in units.items() for each in pair}
    owners = dict.fromkeys(owner for each in plan.measures for owner in each.owners)
    unknown = [each for each in owners if not _is_known(each, known)]
    if units and unknown:
        likes = [e for name in unknown for e in get_close_matches(name, units.values(), 1, _LIKE)]
        yield plan_problem("unknown_owner", names=unknown, likes=list(dict.fromkeys(likes)))


def _is_known(owner: str, known: Iterable[str]) -> bool:
    """Whether an owner is a unit of the list, or someone in it; all units are known."""
    bare = normal(owner)
    return bare.startswith(label("plan.all")) or any(each in bare for each in known)


def _words(plan: Plan, facts: Basis) -> Iterator[Problem]:
    """Yield what a measure says that the words of its indicator could not."""
    for each in plan.measures:
        of_words = facts.of_slot(_slot(each))
        for text in (each.finding, each.name, each.guideline):
            yield from (replace(found, row=each.row) for found in check_words(text, of_words))


def _slot(measure: Measure) -> str:
    return slot_of_code(measure.indicators[0]) if len(measure.indicators) == 1 else ""


def _twice(plan: Plan, _: Basis) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for each in plan.measures:
        row = first.setdefault(normal(each.name), each.row)
        if row != each.row:
            yield plan_problem("twice", each.row, name=each.name, first=row)


RULES: tuple[Callable[[Plan, Basis], Iterable[Problem]], ...] = (
    _lowest,
    _several,
    _no_expected,
    _extra,
    _elements,
    _window,
    _common_era,
    _remarks,
    _no_owner,
    _unknown_owner,
    _words,
    _twice,
)
"""The rules for plans; problems are reported row by row, and within a row in this order."""
