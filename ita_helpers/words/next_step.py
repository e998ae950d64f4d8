"""What to do about an indicator: the assessors' own words, then advice on its items or itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ita_helpers.faces.prose import ITEM
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.records.advice import Advice, ItemAdvice
from ita_helpers.records.rules import Indicator, Item
from ita_helpers.scoring.findings import (
    FULL,
    Standing,
    find_lowest_items,
    find_named_items,
    stand,
)
from ita_helpers.scoring.remarkable import find_unremarkable, is_lowest
from ita_helpers.scoring.report_data import ReportData


@dataclass(frozen=True)
class _Action:
    """One thing to do about an item, and the documents that show the first of them."""

    item: Item
    text: str
    evidence: str


def describe_next_step(
    data: ReportData, indicator: Indicator, standing: Standing, before: Iterable[str]
) -> str:
    """Pass on the assessors' own words, then recommend what can be done.

    ``before`` are the sentences before it.
    """
    said = " ".join(before)
    known = _told_in(data, indicator, said)
    passed_on = _passed_on(data, indicator, known) if standing.score != FULL else ""
    told = _told_in(data, indicator, f"{said} {passed_on}")
    checked = bool(passed_on) or _is_disclosure(data, indicator)
    advised = _advise(data, indicator, standing, told, checked=checked)
    return " ".join(filter(None, (passed_on, advised)))


def _is_disclosure(data: ReportData, indicator: Indicator) -> bool:
    return data.framework.instrument(indicator.instrument).measures == "disclosure"


def texts_of(data: ReportData) -> dict[str, str]:
    """Return the assessors' words by the code they are about."""
    return {each.about: each.text for each in data.assessment.scores.suggestions if each.text}


def item_kind(data: ReportData, indicator: Indicator) -> str:
    """Return what an item of the indicator is called."""
    measures = data.framework.instrument(indicator.instrument).measures
    return label(f"narrative.indicator.kind_{measures}")


def item_advice(data: ReportData, item: Item) -> ItemAdvice | None:
    """Return the year's advice on an item."""
    return data.advice.items.get(item.code) if data.advice else None


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.indicator.{key}", **facts)


def _passed_on(data: ReportData, indicator: Indicator, told: Collection[Item]) -> str:
    """Return what the assessors say about the items they named, by the part of the survey.

    The only item they speak of is not named again if it is the only one that was just ``told``.
    """
    items = {each.code: each for each in data.framework.items_of(indicator.code)}
    about = [each for each in data.assessment.scores.suggestions if each.about in items]
    parts = data.framework.instrument(indicator.instrument).parts
    is_plain = len(about) == 1 and {items[about[0].about]} == {*told}
    said = [
        _say(
            "suggested_for",
            item=item_kind(data, indicator),
            code="" if is_plain else each.about.upper(),
            part=parts[each.part - 1].name if 0 < each.part <= len(parts) else "",
            text=each.text,
        )
        for each in sorted(about, key=lambda each: each.part)
        if each.text
    ]
    return _say("next_suggested", said=said) if said else ""


def _advise(
    data: ReportData,
    indicator: Indicator,
    standing: Standing,
    told: Collection[Item],
    *,
    checked: bool,
) -> str:
    """Recommend something for the lowest items and the named ones, else for the indicator.

    It follows from nothing that was just said if something was ``checked`` or passed on there.
    """
    advice = data.advice
    if advice is None:
        return ""
    items = _items_to_develop(data, indicator, standing, advice)
    actions = list(_actions(data, indicator, items))
    if actions:
        return _tell(actions, told, checked=checked)
    if any(item.code in texts_of(data) for item in items):
        return ""
    if items or standing.score < advice.improve_below:
        return _improve(data, advice, indicator)
    kept = advice.indicators.get(indicator.code)
    return _say("next_keep", advice=kept.keep, full=standing.score == FULL) if kept else ""


def _items_to_develop(
    data: ReportData, indicator: Indicator, standing: Standing, advice: Advice
) -> tuple[Item, ...]:
    """Return the lowest items if they are low, and the named ones unless nothing is missing."""
    lowest = find_lowest_items(data.assessment, indicator)
    named = find_named_items(data.assessment, indicator)
    low = lowest.items if lowest and lowest.score < advice.improve_below else ()
    if not low and standing.score == FULL:
        return ()
    return tuple(dict.fromkeys((*low, *(named.items if named else ()))))


def _actions(data: ReportData, indicator: Indicator, items: Sequence[Item]) -> Iterator[_Action]:
    """Yield what to do about items: all that is advised in the lowest indicator, else one each."""
    most = None if is_lowest(data, indicator) else 1
    for item in items:
        if advice := item_advice(data, item):
            shown_by = join_names(code.upper() for code in advice.evidence if code != item.code)
            first, *others = advice.actions[:most]
            yield _Action(item, first, shown_by)
            yield from (_Action(item, text, "") for text in others)


def refers_to_documents(data: ReportData) -> bool:
    """Whether the sections of a report refer to OIT items, whose numbers are those of a year."""
    told = set(data.assessment.scored_indicators) - set(find_unremarkable(data))
    return any(
        action.evidence
        for indicator in told
        if (standing := stand(data.assessment, indicator.code)) and data.advice
        for action in _actions(
            data, indicator, _items_to_develop(data, indicator, standing, data.advice)
        )
    )


def _told_in(data: ReportData, indicator: Indicator, sentences: str) -> set[Item]:
    """Return the items of an indicator whose codes these sentences name."""
    named = set(re.findall(r"[A-Z][0-9]+", sentences))
    return {each for each in data.framework.items_of(indicator.code) if each.code.upper() in named}


def _tell(actions: Sequence[_Action], told: Collection[Item], *, checked: bool) -> str:
    """Say one action in a sentence, several in a list; whose they are, unless just told."""
    items = dict.fromkeys(each.item for each in actions)
    codes = "" if {*items} == {*told} else join_names(each.code.upper() for each in items)
    shared = actions[0].evidence if len(items) == 1 else ""
    facts = {"evidence": shared, "codes": codes, "checked": checked}
    if len(actions) == 1:
        return _say("next_item", action=actions[0].text, **facts)
    lines = [
        _say("next_line", code=each.item.code.upper(), action=each.text, evidence=each.evidence)
        if len(items) > 1
        else each.text
        for each in actions
    ]
    return ITEM.join([_say("next_items", **facts), *lines])


def _improve(data: ReportData, advice: Advice, indicator: Indicator) -> str:
    """Give the general advice; the lowest indicator gets that on each thing it asks as well."""
    found = advice.indicators.get(indicator.code)
    general = _say("next_general", advice=found.improve) if found else ""
    items = data.framework.items_of(indicator.code)
    is_asked = data.framework.instrument(indicator.instrument).measures == "perception"
    if not (is_asked and is_lowest(data, indicator)):
        return general
    lines = [
        _say("next_line", code=item.code.upper(), action=known.actions[0], evidence="")
        for item in items
        if (known := item_advice(data, item))
    ]
    return ITEM.join([f"{general} {_say('next_of_items')}".strip(), *lines]) if lines else general
