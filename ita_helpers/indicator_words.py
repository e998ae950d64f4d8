"""The words of an indicator's slot: the result, what it rests on, what it means, one next step.

Pure. Two neighbours never share their second and third sentence: each kind of sentence has
variants, taken in turn. Nothing is said that the numbers do not hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ita_helpers.assessment import Assessment
from ita_helpers.catalogue import join_names, say
from ita_helpers.findings import largest_losses
from ita_helpers.framework import Indicator, Item
from ita_helpers.report_data import ReportData
from ita_helpers.tables.bottom_line import NAMED_TIES, describe_mark
from ita_helpers.thai import format_score, to_hundredths

FULL = 100
FEW_RESPONDENTS = 30
HALF_HUNDREDTH = Fraction(5, 1000)
VARIANTS = ("first", "second", "third")


def describe_indicator(data: ReportData, indicator: Indicator, against: str) -> Iterator[str]:
    """Yield the sentences of one indicator; ``against`` says how its score stands to the target."""
    value = data.assessment.value(indicator.code)
    if value is None:
        return
    kind = data.framework.instrument(indicator.instrument).measures
    yield _say(
        "result_iit" if indicator.instrument == "IIT" else f"result_{kind}",
        indicator=say("words.indicator", code=indicator.code, name=indicator.name),
        score=format_score(value),
        against=against,
    )
    yield _items(data, indicator, value)
    yield _meaning(data, indicator, value)
    yield _change(data, indicator, value) or _one_answer(data, indicator)
    yield _next_step(data, indicator, value)


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.indicator.{key}", **facts)


def _variant(data: ReportData, indicator: Indicator) -> str:
    """Return which variant an indicator has: neighbours have different ones."""
    codes = [each.code for each in data.framework.indicators.list]
    return VARIANTS[codes.index(indicator.code) % len(VARIANTS)]


def _meaning(data: ReportData, indicator: Indicator, value: Fraction) -> str:
    variant = _variant(data, indicator)
    if to_hundredths(value) == FULL:
        return _say(f"full.{variant}")
    margin = _say("at_target") if to_hundredths(value) == data.target else ""
    return " ".join(filter(None, (margin, _lost(data.assessment, indicator, variant))))


def _lost(assessment: Assessment, indicator: Indicator, variant: str) -> str:
    ranked = largest_losses(assessment)
    loss = next(each for each in ranked if each.indicator == indicator)
    rank = 1 + sum(1 for each in ranked if each.points > loss.points)
    points = format_score(loss.points)
    tied = sum(1 for each in ranked if each.points == loss.points) > 1
    if rank == 1 and not tied and not assessment.missing_indicators:
        return _say("largest", points=points)
    return _say(
        f"lost.{variant}",
        points=points,
        rank=rank,
        tied=tied,
        known_only=bool(assessment.missing_indicators),
    )


def _change(data: ReportData, indicator: Indicator, value: Fraction) -> str:
    """Say how the score changed since a year whose rules allow the comparison."""
    change = data.history.change(indicator.code)
    if change is None:
        return ""
    points = to_hundredths(change.points)
    key = "rose" if points > 0 else "fell" if points < 0 else "steady"
    return _say(
        key,
        points=format_score(abs(points)),
        previous=format_score(change.previous),
        current=format_score(value),
        mark=describe_mark(change),
    )


def _one_answer(data: ReportData, indicator: Indicator) -> str:
    """Say how much one answer of few respondents moves the score."""
    result = data.assessment.scores.result
    count = result.respondents.get("iit") if result else None
    items = data.framework.items_of(indicator.code)
    is_mean = data.framework.item_rule(indicator.instrument) == "mean"
    if indicator.instrument != "IIT" or not count or count >= FEW_RESPONDENTS or not is_mean:
        return ""
    points = format_score(Fraction(FULL, count * len(items)))
    return _say("one_answer", count=count, items=len(items), points=points)


def _next_step(data: ReportData, indicator: Indicator, value: Fraction) -> str:
    advice = data.advice.indicators.get(indicator.code) if data.advice else None
    if advice is None:
        return ""
    keeps = data.advice is not None and to_hundredths(value) >= data.advice.improve_below
    return _say("next", advice=advice.keep if keeps else advice.improve, keep=keeps)


def _items(data: ReportData, indicator: Indicator, value: Fraction) -> str:
    items = data.framework.items_of(indicator.code)
    scored = [(item, v) for item in items if (v := data.assessment.value(item.code)) is not None]
    if scored and min(score for _, score in scored) < FULL:
        return _lowest_items(data, indicator, scored)
    named = {each.code for each in data.assessment.scores.suggestions}
    codes = [item.code.upper() for item in items if item.code in named]
    if codes:
        return _say("named_items", codes=join_names(codes))
    if scored:
        is_all = to_hundredths(value) == FULL and len(scored) == len(items)
        return _say("all_items_full", count=len(scored)) if is_all else ""
    return _unknown_items(data, indicator, value)


def _unknown_items(data: ReportData, indicator: Indicator, value: Fraction) -> str:
    variant = _variant(data, indicator)
    low = lowest_possible_item(data, indicator, value)
    if low is None or to_hundredths(value) == FULL:
        return _say(f"no_items.{variant}")
    count = len(data.framework.items_of(indicator.code))
    return _say(f"bound.{variant}", count=count, low=format_score(low))


def lowest_possible_item(
    data: ReportData, indicator: Indicator, value: Fraction
) -> Fraction | None:
    """Return the least points an item can have when an indicator is the mean of n of them.

    100 - n (100 - s), less the rounding of s; nothing where the number of items is not verified,
    where they are no mean, or where the bound says nothing.
    """
    block = next((b for b in data.framework.items if b.instrument == indicator.instrument), None)
    parts = data.framework.instrument(indicator.instrument).parts
    if block is None or block.confidence != "verified" or block.item_rule != "mean" or parts:
        return None
    count = len(data.framework.items_of(indicator.code))
    low = count * (value - HALF_HUNDREDTH) - FULL * (count - 1)
    return low if count and low > 0 else None


def _lowest_items(
    data: ReportData, indicator: Indicator, scored: list[tuple[Item, Fraction]]
) -> str:
    low = min(to_hundredths(value) for _, value in scored)
    lowest = [item for item, value in scored if to_hundredths(value) == low]
    measures = data.framework.instrument(indicator.instrument).measures
    facts = {"perception": measures == "perception", "score": format_score(low)}
    if len(lowest) > NAMED_TIES:
        return _say("lowest_many", count=len(lowest), **facts)
    names = (_say("item", code=i.code.upper(), name=i.name or "") for i in lowest)
    return _say("lowest_items", items=join_names(names), tied=len(lowest) > 1, **facts)
