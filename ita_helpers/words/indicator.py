"""The text of an indicator's slot: the result, what it rests on, what it means, one next step.

Pure. What holds for all indicators is said once, where the analysis begins; what holds for an
instrument, in its slot. Nothing is said that the numbers do not support.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.advice import Advice, ItemAdvice
from ita_helpers.records.rules import Indicator, Item
from ita_helpers.scoring.findings import (
    FULL,
    NOTABLE,
    LowestItems,
    Standing,
    find_change,
    find_loss,
    find_lowest_items,
    find_named_items,
    lowest_possible_item,
    stand,
)
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import NAMED_TIES
from ita_helpers.words.phrases import (
    beside_target,
    describe_suggestions,
    follow_change,
    name_subject,
)

RANKED = 3
"""Points lost are told of so many indicators, those that lose most."""


def describe_indicator(data: ReportData, indicator: Indicator) -> Iterator[str]:
    """Yield the sentences of one indicator; none without a score."""
    standing = stand(data.assessment, indicator.code)
    if standing is None:
        return
    changed = find_change(data.assessment, data.history, indicator.code)
    yield _say(
        f"result_{_measures(data, indicator)}",
        subject=name_subject(data, indicator),
        indicator=say("words.indicator_short", code=indicator.code),
        full=standing.score == FULL,
        is_kept=standing.score == FULL and data.advice is None,
        score=format_score(standing.score),
        against=beside_target(data, standing),
        change=follow_change(standing, changed),
    )
    yield _items(data, indicator, standing)
    yield _meaning(data, indicator, standing)
    yield from describe_suggestions(
        data,
        (indicator.code, *(each.code for each in data.framework.sub_indicators_of(indicator.code))),
    )
    yield _next_step(data, indicator, standing)


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.indicator.{key}", **facts)


def _measures(data: ReportData, indicator: Indicator) -> str:
    return data.framework.instrument(indicator.instrument).measures


def _kind(data: ReportData, indicator: Indicator) -> str:
    """Return what an item of the indicator is called."""
    return label(f"narrative.indicator.kind_{_measures(data, indicator)}")


# -- what the score rests on --------------------------------------------------------------------


def _items(data: ReportData, indicator: Indicator, standing: Standing) -> str:
    lowest = find_lowest_items(data.assessment, indicator)
    if lowest:
        return _lowest_items(data, lowest)
    named = find_named_items(data.assessment, indicator)
    if named and standing.score != FULL:
        texts = _texts(data)
        codes = join_names(each.code.upper() for each in named.items if each.code not in texts)
        return _say("named_items", kind=_kind(data, indicator), codes=codes) if codes else ""
    items = data.framework.items_of(indicator.code)
    scored = [item for item in items if data.assessment.value(item.code) is not None]
    if standing.score == FULL:
        if not scored or len(scored) < len(items):
            return ""
        whole = data.framework.knows_items_of(indicator.instrument)
        return _say("all_items_full", count=len(scored), whole=whole, kind=_kind(data, indicator))
    low = lowest_possible_item(data.assessment, indicator)
    if scored or low is None:
        return ""
    return _say("bound", count=len(items), low=format_score(low))


def _lowest_items(data: ReportData, lowest: LowestItems) -> str:
    indicator = data.framework.indicator(lowest.indicator)
    facts = {
        "kind": _kind(data, indicator),
        "score": format_score(lowest.score),
        "known_only": lowest.known_only,
    }
    if len(lowest.items) > NAMED_TIES:
        return _say("lowest_many", count=len(lowest.items), **facts)
    advice = _item_advice(data, lowest.items[0]) if len(lowest.items) == 1 else None
    is_low = data.advice is not None and lowest.score < data.advice.improve_below
    meaning = advice.meaning if advice and is_low else ""
    is_told = len(lowest.items) == 1 and not meaning and (is_low or data.advice is None)
    return _say(
        f"lowest_items_{_measures(data, indicator)}",
        items=join_names(each.code.upper() for each in lowest.items),
        name=(lowest.items[0].name or "") if is_told else "",
        tied=len(lowest.items) > 1,
        meaning=meaning,
        following=_following_items(data, indicator, lowest),
        **facts,
    )


def _following_items(data: ReportData, indicator: Indicator, lowest: LowestItems) -> str:
    """Name the next lowest items that also need attention, at most three with the lowest."""
    limit = data.advice.improve_below if data.advice else 0
    scores = {
        item.code.upper(): to_hundredths(value)
        for item in data.framework.items_of(indicator.code)
        if item not in lowest.items and (value := data.assessment.value(item.code)) is not None
    }
    low = sorted((code for code in scores if scores[code] < limit), key=lambda code: scores[code])
    return join_names(
        _say("following_item", code=code, score=format_score(scores[code]))
        for code in low[: NAMED_TIES - len(lowest.items)]
    )


# -- what it means -----------------------------------------------------------------------------


def _meaning(data: ReportData, indicator: Indicator, standing: Standing) -> str:
    if standing.score == FULL:
        return ""
    margin = _say("at_target") if standing.gap == 0 else ""
    return " ".join(filter(None, (margin, _lost(data, indicator))))


def _lost(data: ReportData, indicator: Indicator) -> str:
    """Say how many points of the overall score are lost here, where that is much of them."""
    lost = find_loss(data.assessment, indicator)
    if lost is None or lost.rank > RANKED or (lost.share is not None and lost.share < NOTABLE):
        return ""
    if 1 < len(data.assessment.scored_indicators) <= lost.rank + lost.sharing - 1:
        return ""
    return _say(
        "lost",
        points=format_score(lost.loss.points),
        rank=lost.rank,
        sharing=lost.sharing,
        known_only=bool(data.assessment.missing_indicators),
    )


# -- what next ------------------------------------------------------------------------------------


def _next_step(data: ReportData, indicator: Indicator, standing: Standing) -> str:
    """Pass on the assessors' own words, then recommend one more thing if there is one."""
    texts = _texts(data)
    passed_on = _passed_on(data, indicator, texts) if standing.score != FULL else ""
    if data.advice is None:
        return passed_on
    advised = _advise(data, indicator, standing, data.advice, texts)
    return " ".join(filter(None, (passed_on, advised)))


def _texts(data: ReportData) -> dict[str, str]:
    """Return the assessors' words by code."""
    return {each.code: each.text for each in data.assessment.scores.suggestions if each.text}


def _passed_on(data: ReportData, indicator: Indicator, texts: Mapping[str, str]) -> str:
    """Return what the assessors say about the items they named (``texts``)."""
    named = find_named_items(data.assessment, indicator)
    said = [
        _say(
            "suggested_for",
            item=_kind(data, indicator),
            code=item.code.upper(),
            text=texts[item.code],
        )
        for item in (named.items if named else ())
        if item.code in texts
    ]
    return _say("next_suggested", said=said) if said else ""


def _advise(
    data: ReportData,
    indicator: Indicator,
    standing: Standing,
    advice: Advice,
    texts: Mapping[str, str],
) -> str:
    """Recommend one thing: for the lowest item, for a named one, else for the indicator.

    Items with words from the assessors need no advice of ours.
    """
    lowest = find_lowest_items(data.assessment, indicator)
    named = find_named_items(data.assessment, indicator)
    is_low = lowest is not None and lowest.score < advice.improve_below
    items = lowest.items if lowest and is_low else named.items if named else ()
    if not is_low and standing.score == FULL:
        items = ()
    for item in items:
        found = _item_advice(data, item)
        if found and item.code not in texts:
            return _act(data, indicator, item, found)
    if any(item.code in texts for item in items):
        return ""
    if is_low or standing.score < advice.improve_below:
        return _improve(advice, indicator)
    kept = advice.indicators.get(indicator.code)
    return _say("next_keep", advice=kept.keep, full=standing.score == FULL) if kept else ""


def _item_advice(data: ReportData, item: Item) -> ItemAdvice | None:
    return data.advice.items.get(item.code) if data.advice else None


def _act(data: ReportData, indicator: Indicator, item: Item, advice: ItemAdvice) -> str:
    shown_by = [code.upper() for code in advice.evidence if code != item.code]
    return _say(
        "next_item",
        item=_kind(data, indicator),
        code=item.code.upper(),
        action=advice.actions[0],
        evidence=join_names(shown_by),
        year=data.fiscal_year,
    )


def _improve(advice: Advice, indicator: Indicator) -> str:
    found = advice.indicators.get(indicator.code)
    return _say("next_general", advice=found.improve) if found else ""
