"""The text of an indicator's slot: the result, what it rests on, what it means, what next.

Pure. What holds for all indicators is said once, where the analysis begins; what holds for an
instrument, in its slot. Nothing is said that the numbers do not support.
"""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.language.catalogue import join_names, say
from ita_helpers.language.points import format_score
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.findings import (
    FULL,
    Changed,
    LowestItems,
    Standing,
    find_change,
    find_loss,
    find_lowest_items,
    find_named_items,
    lowest_possible_item,
    stand,
)
from ita_helpers.scoring.remarkable import find_reasons, limit_of
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import NAMED_TIES
from ita_helpers.words.next_step import describe_next_step, item_advice, item_kind, texts_of
from ita_helpers.words.phrases import (
    beside_target,
    describe_suggestions,
    follow_change,
)


def describe_indicator(data: ReportData, indicator: Indicator) -> Iterator[str]:
    """Yield the sentences of one indicator; none without a score."""
    standing = stand(data.assessment, indicator.code)
    if standing is None:
        return
    said = [
        _result(indicator, standing),
        _standing(data, indicator, standing),
        _items(data, indicator, standing),
        _meaning(data, indicator, standing),
        *describe_suggestions(
            data,
            (
                indicator.code,
                *(each.code for each in data.framework.sub_indicators_of(indicator.code)),
            ),
        ),
    ]
    yield from said
    yield describe_next_step(data, indicator, standing, said)


def _result(indicator: Indicator, standing: Standing) -> str:
    """Say the score alone, so that a new one finds its place in edited words whatever follows."""
    return _say(
        "result",
        indicator=say("words.indicator_short", code=indicator.code),
        full=standing.score == FULL,
        score=format_score(standing.score),
    )


def _standing(data: ReportData, indicator: Indicator, standing: Standing) -> str:
    changed = find_change(data.assessment, data.history, indicator.code)
    is_full = standing.score == FULL
    is_told = not is_full and _is_told(data, indicator, standing)
    return _say(
        "standing",
        against=beside_target(data, standing) if is_told else "",
        change=follow_change(standing, changed) if _tells_change(data, indicator, changed) else "",
        is_kept=is_full and data.advice is None,
    )


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.indicator.{key}", **facts)


def _is_told(data: ReportData, indicator: Indicator, standing: Standing) -> bool:
    """Whether the target is spoken of: of a score above it with other findings the tables do."""
    return standing.gap <= 0 or not find_reasons(data, indicator)


def _tells_change(data: ReportData, indicator: Indicator, changed: Changed | None) -> bool:
    """Whether the change is spoken of: a rise beside findings only if it reached the target."""
    if changed is None or changed.crossed or changed.points < 0:
        return changed is not None
    return not find_reasons(data, indicator)


def _measures(data: ReportData, indicator: Indicator) -> str:
    return data.framework.instrument(indicator.instrument).measures


# -- what the score rests on --------------------------------------------------------------------


def _items(data: ReportData, indicator: Indicator, standing: Standing) -> str:
    lowest = find_lowest_items(data.assessment, indicator)
    if lowest and (lowest.score < limit_of(data) or not find_reasons(data, indicator)):
        return _lowest_items(data, lowest)
    named = find_named_items(data.assessment, indicator)
    if named and standing.score != FULL:
        texts = texts_of(data)
        codes = join_names(each.code.upper() for each in named.items if each.code not in texts)
        return _say("named_items", kind=item_kind(data, indicator), codes=codes) if codes else ""
    items = data.framework.items_of(indicator.code)
    scored = [item for item in items if data.assessment.value(item.code) is not None]
    if standing.score == FULL:
        if not scored or len(scored) < len(items):
            return ""
        whole = data.framework.knows_items_of(indicator.instrument)
        return _say(
            "all_items_full", count=len(scored), whole=whole, kind=item_kind(data, indicator)
        )
    low = lowest_possible_item(data.assessment, indicator)
    if scored or low is None:
        return ""
    return _say("bound", count=len(items), low=format_score(low))


def _lowest_items(data: ReportData, lowest: LowestItems) -> str:
    indicator = data.framework.indicator(lowest.indicator)
    facts = {
        "kind": item_kind(data, indicator),
        "score": format_score(lowest.score),
        "known_only": lowest.known_only,
    }
    if len(lowest.items) > NAMED_TIES:
        return _say("lowest_many", count=len(lowest.items), **facts)
    advice = item_advice(data, lowest.items[0]) if len(lowest.items) == 1 else None
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
    """Name the next lowest items that also need attention, at most three with the lowest.

    Naming all there are would rank nothing.
    """
    limit = data.advice.improve_below if data.advice else 0
    scores = {
        item.code.upper(): value
        for item in data.framework.items_of(indicator.code)
        if item not in lowest.items and (value := data.assessment.printed(item.code)) is not None
    }
    low = sorted((code for code in scores if scores[code] < limit), key=lambda code: scores[code])
    if len(scores) <= NAMED_TIES - len(lowest.items):
        low = []
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
    """Say how many points of the overall score are lost here, where there is no other finding."""
    lost, reasons = find_loss(data.assessment, indicator), find_reasons(data, indicator)
    if lost is None or "lost" not in reasons or {*reasons} - {"lost", "lowest"}:
        return ""
    return _say(
        "lost",
        points=format_score(lost.loss.points),
        rank=lost.rank,
        sharing=lost.sharing,
        known_only=bool(data.assessment.missing_indicators),
    )
