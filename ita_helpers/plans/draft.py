"""Drafting measures from the result: for the lowest indicators and for weak or named items.

A draft says what the figures show and what the year's advice proposes; what the office will
actually do is for the office to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.periods import fiscal_window
from ita_helpers.language.points import format_score
from ita_helpers.records.office import titles_of
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.records.rules import Indicator, Item
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.scoring.findings import find_lowest
from ita_helpers.scoring.report_data import ReportData

MOST_STEPS = 4


def draft_measures(data: ReportData, plan: Plan | None) -> list[Measure]:
    """Return measures that the plan lacks, those with most points to gain first.

    One for the lowest indicator of each instrument, unless it is 100.00, and one for each other
    indicator with items under the set score or named by the assessors. In the one-measure layout a
    single one, for the lowest indicator of all, unless the plan already has one.
    """
    have = plan.measures if plan else ()
    if data.layout.plan_layout == "one-measure":
        return [] if have else _draft_one(data)
    covered = {code for each in have for code in indicators_of(each, data.assessment)}
    losses = {each.indicator.code: each.points for each in data.assessment.losses}
    wanted = [each for each in data.framework.indicators.list if _is_wanted(data, each)]
    wanted.sort(key=lambda each: -losses.get(each.code, 0))
    return [_draft(data, each) for each in wanted if each.code not in covered]


def _draft_one(data: ReportData) -> list[Measure]:
    """Return the measure for the lowest indicator; of several the one that loses most points."""
    lowest = find_lowest(data.assessment)
    if lowest is None or lowest.score >= 100:
        return []
    losses = {each.indicator.code: each.points for each in data.assessment.losses}
    chosen = max(lowest.indicators, key=lambda each: losses.get(each.code, 0))
    year, score = data.fiscal_year + 1, format_score(lowest.score)
    expected = say("plan.draft.expected", code=chosen.code, year=year, score=score)
    return [replace(_draft(data, chosen), expected=expected)]


def _is_wanted(data: ReportData, indicator: Indicator) -> bool:
    lowest = find_lowest(data.assessment, indicator.instrument)
    is_lowest = lowest is not None and indicator in lowest.indicators and lowest.score < 100
    return is_lowest or bool(_weak_items(data, indicator))


def _weak_items(data: ReportData, indicator: Indicator) -> list[Item]:
    """Return the items below the set score, the lowest first, then those only named."""
    items = data.framework.items_of(indicator.code)
    scored = [(v, e) for e in items if (v := data.assessment.value(e.code)) is not None]
    weak = [
        each for value, each in sorted(scored, key=lambda pair: pair[0]) if value < data.weak_below
    ]
    named = {each.about for each in data.assessment.scores.suggestions}
    return [*weak, *(each for each in items if each.code in named and each not in weak)]


def _draft(data: ReportData, indicator: Indicator) -> Measure:
    items = _weak_items(data, indicator)
    window = fiscal_window(data.fiscal_year + 1)
    steps, owners = _advised(data, indicator, items)
    aim = label("plan.aims").split()[0 if _is_low(data, indicator) else 1]
    return Measure(
        name=say("plan.draft.measure", name=indicator.name),
        indicators=(indicator.code,),
        items=tuple(each.code for each in items),
        aim=aim,
        kind=label("plan.kinds").split()[0],
        finding=_finding(data, indicator, items),
        guideline=_general(data, indicator),
        steps=tuple(steps[:MOST_STEPS]),
        start=window.start,
        end=window.end,
        owners=tuple(owners) or _usual_owner(data),
        follow_up=label("plan.draft.follow_up"),
        status=label("plan.statuses").split()[0],
    )


def _is_low(data: ReportData, indicator: Indicator) -> bool:
    value = data.assessment.printed(indicator.code)
    return value is not None and value < data.framework.target.overall


def _finding(data: ReportData, indicator: Indicator, items: Sequence[Item]) -> str:
    value = data.assessment.value(indicator.code)
    loss = next((e for e in data.assessment.losses if e.indicator == indicator), None)
    lowest = find_lowest(data.assessment, indicator.instrument)
    return say(
        "plan.draft.finding",
        score="" if value is None else format_score(value),
        instrument=indicator.instrument,
        is_lowest=lowest is not None and indicator in lowest.indicators,
        of_all=_lowest_of(data),
        lost=format_score(loss.points) if loss else "",
        items=join_names(each.code.upper() for each in items),
    )


def _lowest_of(data: ReportData) -> str:
    """Return what the one indicator of the layout of one measure is the lowest of."""
    if data.layout.plan_layout != "one-measure":
        return ""
    return label(f"plan.draft.{'of_known' if data.assessment.missing_indicators else 'of_all'}")


def _advised(
    data: ReportData, indicator: Indicator, items: Sequence[Item]
) -> tuple[list[str], list[str]]:
    """Return steps and owners from the advice on the weakest items, else on the indicator."""
    advice = data.advice
    known = [advice.items[e.code] for e in items if advice and e.code in advice.items]
    if not known:
        general = _general(data, indicator)
        return ([general] if general else []), []
    first, *others = known
    steps = [*first.actions, *(each.actions[0] for each in others)]
    owners = dict.fromkeys(owner for each in known for owner in each.owners)
    return list(dict.fromkeys(steps)), list(owners)


def _general(data: ReportData, indicator: Indicator) -> str:
    """Return the year's general advice on an indicator, from its verb on."""
    if data.advice is None or indicator.code not in data.advice.indicators:
        return ""
    advised = data.advice.indicators[indicator.code]
    value = data.assessment.value(indicator.code)
    keeps = value is not None and value >= data.advice.improve_below
    text = advised.keep if keeps else advised.improve
    return text.removeprefix(label("plan.draft.should"))


def _usual_owner(data: ReportData) -> tuple[str, ...]:
    organisation = data.organisation
    unit = titles_of(data.office, organisation.type, organisation.name).unit
    return (unit,) if unit else ()
