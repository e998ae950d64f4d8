"""The text of an indicator's slot: the result, what it rests on, what it means, one next step.

Pure. Two neighbours never share their second and third sentence: each kind of sentence has
variants, taken in turn. Nothing is said that the numbers do not support.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.advice import Advice, ItemAdvice
from ita_helpers.records.rules import Indicator, Item
from ita_helpers.scoring.findings import (
    FULL,
    LowestItems,
    Standing,
    find_change,
    find_loss,
    find_lowest,
    find_lowest_items,
    find_named_items,
    find_way_up,
    lowest_possible_item,
    stand,
)
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import NAMED_TIES, describe_mark
from ita_helpers.words.phrases import (
    against_target,
    describe_crossing,
    describe_suggestions,
    name_indicator,
)

FEW_RESPONDENTS = 30
VARIANTS = ("first", "second", "third")


def describe_indicator(data: ReportData, indicator: Indicator) -> Iterator[str]:
    """Yield the sentences of one indicator; none without a score."""
    standing = stand(data.assessment, indicator.code)
    if standing is None:
        return
    yield _say(
        "result_iit" if indicator.instrument == "IIT" else f"result_{_measures(data, indicator)}",
        indicator=name_indicator(indicator),
        score=format_score(standing.score),
        against=against_target(standing),
    )
    yield _items(data, indicator, standing)
    yield _meaning(data, indicator, standing)
    yield _change(data, indicator) or _one_answer(data, indicator)
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


def _variant(data: ReportData, indicator: Indicator) -> str:
    """Return which variant an indicator has: neighbours have different ones."""
    codes = [each.code for each in data.framework.indicators.list]
    return VARIANTS[codes.index(indicator.code) % len(VARIANTS)]


# -- what the score rests on --------------------------------------------------------------------


def _items(data: ReportData, indicator: Indicator, standing: Standing) -> str:
    lowest = find_lowest_items(data.assessment, indicator)
    if lowest:
        return _lowest_items(data, lowest)
    named = find_named_items(data.assessment, indicator)
    kind = _kind(data, indicator)
    if named and standing.score != FULL:
        codes = join_names(item.code.upper() for item in named.items)
        is_scored = any(data.assessment.value(item.code) is not None for item in named.items)
        return _say("named_items", kind=kind, codes=codes, scored=is_scored)
    items = data.framework.items_of(indicator.code)
    scored = [item for item in items if data.assessment.value(item.code) is not None]
    if standing.score == FULL:
        if scored and len(scored) == len(items):
            whole = data.framework.knows_items_of(indicator.instrument)
            key = f"all_items_full_{_measures(data, indicator)}"
            return _say(key, count=len(scored), whole=whole)
        measures = _measures(data, indicator)
        return _say(f"full_{measures}.{_variant(data, indicator)}")
    if scored:
        return ""
    variant = _variant(data, indicator)
    low = lowest_possible_item(data.assessment, indicator)
    if low is None:
        return _say(f"no_items.{variant}", kind=kind)
    return _say(f"bound.{variant}", count=len(items), low=format_score(low))


def _lowest_items(data: ReportData, lowest: LowestItems) -> str:
    indicator = data.framework.indicator(lowest.indicator)
    facts = {
        "kind": _kind(data, indicator),
        "score": format_score(lowest.score),
        "known_only": lowest.known_only,
    }
    if len(lowest.items) > NAMED_TIES:
        return _say("lowest_many", count=len(lowest.items), **facts)
    names = (_say("item", code=i.code.upper(), name=i.name or "") for i in lowest.items)
    said = _say("lowest_items", items=join_names(names), tied=len(lowest.items) > 1, **facts)
    following = _following_items(data, indicator, lowest)
    advice = _item_advice(data, lowest.items[0]) if len(lowest.items) == 1 else None
    is_low = data.advice is not None and lowest.score < data.advice.improve_below
    meaning = ""
    if advice and is_low:
        key = f"item_means_{_measures(data, indicator)}"
        meaning = _say(key, code=lowest.items[0].code.upper(), meaning=advice.meaning)
    return " ".join(filter(None, (said, following, meaning)))


def _following_items(data: ReportData, indicator: Indicator, lowest: LowestItems) -> str:
    """Name the next lowest items that also need attention, at most three with the lowest."""
    limit = data.advice.improve_below if data.advice else 0
    scores = {
        item.code.upper(): to_hundredths(value)
        for item in data.framework.items_of(indicator.code)
        if item not in lowest.items and (value := data.assessment.value(item.code)) is not None
    }
    low = sorted((code for code in scores if scores[code] < limit), key=lambda code: scores[code])
    listed = [
        _say("following_item", code=code, score=format_score(scores[code]))
        for code in low[: NAMED_TIES - len(lowest.items)]
    ]
    return _say("following_items", items=join_names(listed)) if listed else ""


# -- what it means -----------------------------------------------------------------------------


def _meaning(data: ReportData, indicator: Indicator, standing: Standing) -> str:
    if standing.score == FULL:
        return _say(f"full.{_variant(data, indicator)}")
    margin = _say("at_target") if standing.gap == 0 else ""
    return " ".join(
        filter(None, (margin, _lost(data, indicator), _component(data, indicator, standing)))
    )


def _lost(data: ReportData, indicator: Indicator) -> str:
    lost = find_loss(data.assessment, indicator)
    if lost is None:
        return ""
    points = format_score(lost.loss.points)
    if lost.rank == 1 and lost.sharing == 1 and lost.share is not None:
        return _say("largest", points=points, share=format_score(lost.share * 100))
    count = len(data.assessment.scored_indicators)
    place = _say(
        "place",
        rank=lost.rank,
        last=lost.rank == count and count > 1,
        sharing=lost.sharing,
        count=count,
        known_only=bool(data.assessment.missing_indicators),
    )
    return _say(f"lost.{_variant(data, indicator)}", points=points, place=place)


def _component(data: ReportData, indicator: Indicator, standing: Standing) -> str:
    """Say what a low score means for the components the level looks at."""
    parts = [part.code for part in data.framework.instrument(indicator.instrument).parts]
    codes = [c for c in data.framework.levels.components if c in (indicator.instrument, *parts)]
    if standing.is_weakness:
        components = join_names(
            _say(
                "component_below" if each.is_weakness else "component_passes",
                name=data.framework.component_name(each.code),
                score=format_score(each.score),
            )
            for code in codes
            if (each := stand(data.assessment, code))
        )
        return _say("component_standing", components=components) if components else ""
    way = find_way_up(data.assessment)
    missing = way.following.missing if way else ()
    short = [each for each in missing if each.code in codes and each.gap is not None]
    lowest = find_lowest(data.assessment, indicator.instrument)
    if way is None or not short or lowest is None or indicator not in lowest.indicators:
        return ""
    components = join_names(
        _say(
            "component_lacks",
            name=data.framework.component_name(each.code),
            gap=format_score(each.gap),
        )
        for each in short
        if each.gap is not None
    )
    return _say(
        "component_short",
        components=components,
        level=way.following.level.name,
        needed=format_score(short[0].needed),
    )


# -- what changed --------------------------------------------------------------------------------


def _change(data: ReportData, indicator: Indicator) -> str:
    """Say how the score changed since a year whose rules allow the comparison."""
    changed = find_change(data.assessment, data.history, indicator.code)
    if changed is None:
        return ""
    return _say(
        changed.kind,
        points=format_score(abs(changed.points)),
        previous=format_score(changed.change.previous),
        current=format_score(changed.change.current),
        crossing=describe_crossing(changed),
        others=_fell_together(data, indicator) if changed.points < 0 else "",
        mark=describe_mark(changed.change),
    )


def _fell_together(data: ReportData, indicator: Indicator) -> str:
    """Say how many of the instrument's other indicators fell as well, where all are known."""
    others = [i for i in data.framework.indicators_of(indicator.instrument) if i != indicator]
    changes = [find_change(data.assessment, data.history, each.code) for each in others]
    known = [each.points for each in changes if each is not None]
    if len(known) < len(others) or not others:
        return ""
    fell = sum(1 for points in known if points < 0)
    key = "all" if fell == len(others) else "some" if fell else "none"
    return _say(f"others_{key}", fell=fell, others=len(others))


def _one_answer(data: ReportData, indicator: Indicator) -> str:
    """Say how much one answer moves the score if there are few respondents."""
    result = data.assessment.scores.result
    count = result.respondents.get("iit") if result else None
    items = data.framework.items_of(indicator.code)
    is_mean = data.framework.item_rule(indicator.instrument) == "mean"
    if indicator.instrument != "IIT" or not count or count >= FEW_RESPONDENTS or not is_mean:
        return ""
    points = format_score(Fraction(int(FULL), count * len(items)))
    every = format_score(Fraction(int(FULL), count))
    return _say("one_answer", count=count, items=len(items), points=points, all=every)


# -- what next ------------------------------------------------------------------------------------


def _next_step(data: ReportData, indicator: Indicator, standing: Standing) -> str:
    """Pass on the assessors' own words, then recommend one more thing if there is one."""
    if data.advice is None:
        return ""
    texts = {each.code: each.text for each in data.assessment.scores.suggestions if each.text}
    passed_on = _passed_on(data, indicator, texts) if standing.score != FULL else ""
    advised = _advise(data, indicator, standing, data.advice, texts)
    return " ".join(filter(None, (passed_on, advised)))


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
    also = find_lowest_items(data.assessment, indicator) is not None
    return _say("next_suggested", also=also, said=said) if said else ""


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
