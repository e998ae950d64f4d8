"""The lowest indicator and the closing of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.coverage import indicators_of
from ita_helpers.scoring.findings import (
    FULL,
    RANKED,
    Extreme,
    below_target,
    find_highest,
    find_loss,
    find_lowest,
    find_named_items,
    find_way_up,
    largest_losses,
    stand,
)
from ita_helpers.scoring.remarkable import find_worth_keeping
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.phrases import name_codes, name_indicators


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.{key}", **facts)


def describe_lowest(data: ReportData) -> Iterator[str]:
    """Yield the sentences of the lowest indicators."""
    extreme = find_lowest(data.assessment)
    if extreme is None:
        return
    if extreme.score == FULL:
        yield _say("lowest.all_full", known_only=_known_only(data))
        return
    yield _lowest_result(data, extreme)
    lost = find_loss(data.assessment, extreme.indicators[0])
    is_one = len(extreme.indicators) == 1
    if is_one and lost and lost.share is not None:
        yield _say(
            "lowest.share",
            share=format_score(lost.share * 100),
            largest=lost.rank == lost.sharing == 1,
        )
    yield _barred(data, extreme)
    yield _urgent(data, extreme)


def _urgent(data: ReportData, extreme: Extreme) -> str:
    """Ask for a measure if the lowest is below the target, or for its turn if there is one."""
    standing = stand(data.assessment, extreme.indicators[0].code)
    planned = _are_planned(data, extreme.indicators)
    is_unknown = data.plan is not None and not data.plan.names_indicators
    if standing is None or not standing.is_weakness or is_unknown:
        return ""
    losses = [find_loss(data.assessment, each) for each in extreme.indicators]
    largest = all(lost is not None and lost.rank == 1 for lost in losses)
    only = set(below_target(data.assessment)) == set(extreme.indicators)
    first = (largest or only) and not data.assessment.missing_indicators
    if planned and not first:
        return ""
    instruments = {each.instrument for each in extreme.indicators}
    measures = {data.framework.instrument(code).measures for code in instruments}
    return _say(
        "lowest.urgent",
        these=_these(extreme),
        largest=largest and not data.assessment.missing_indicators,
        first=first,
        planned=planned,
        disclosure=measures == {"disclosure"} and data.advice is None,
    )


def _these(extreme: Extreme) -> str:
    many = len(extreme.indicators) > 1
    return label(f"narrative.lowest.{'these' if many else 'this'}")


def _are_planned(data: ReportData, indicators: Sequence[Indicator]) -> bool:
    """Whether each of these has a measure in the plan."""
    measures = data.plan.measures if data.plan else ()
    covered = {code for each in measures for code in indicators_of(each, data.assessment)}
    return {each.code for each in indicators} <= covered


def _barred(data: ReportData, extreme: Extreme) -> str:
    """Say that the lowest are of a component that misses the next level's condition."""
    way = find_way_up(data.assessment)
    instruments = {each.instrument for each in extreme.indicators}
    if way is None or len(instruments) > 1:
        return ""
    (code,) = instruments
    parts = [part.code for part in data.framework.instrument(code).parts]
    short = [each.code for each in way.following.missing if each.code in (code, *parts)]
    if not short:
        return ""
    return _say(
        "lowest.barred",
        these=_these(extreme),
        instrument=code,
        parts=join_names(data.framework.component_name(each) for each in short if each != code),
        level=way.following.level.name,
    )


def _lowest_result(data: ReportData, extreme: Extreme) -> str:
    return _say(
        "lowest.one" if len(extreme.indicators) == 1 else "lowest.tied",
        names=name_indicators(extreme.indicators, counted=False),
        count=len(extreme.indicators),
        known_only=_known_only(data),
        score=format_score(extreme.score),
    )


def _known_only(data: ReportData) -> bool:
    """Say whether a superlative holds only among the indicators whose score is known."""
    return bool(data.assessment.missing_indicators)


def close(data: ReportData) -> Iterator[str]:
    """Yield the sentences of the closing: what to keep, what to develop, what was suggested."""
    highest = find_highest(data.assessment)
    if highest is None:
        return
    kept = find_worth_keeping(data)
    if kept or highest.score >= data.target:
        yield _keep(data, kept or highest.indicators, highest)
    main = _to_develop(data, highest)
    others = [e for e in data.assessment.scored_indicators if e not in (*kept, *main)]
    is_kept = set(main) <= set(kept)
    if main and not (is_kept and others):
        yield _develop(data, main, is_kept=is_kept)
    if main and others:
        yield _say("closing.others", names=name_codes(others), more=not is_kept)
    named = [
        item.code.upper()
        for indicator in data.framework.indicators.list
        if (found := find_named_items(data.assessment, indicator))
        for item in found.items
    ]
    if named:
        yield _say("closing.named", codes=join_names(named))


def _keep(data: ReportData, kept: Sequence[Indicator], highest: Extreme) -> str:
    """Name what to keep, and which of it is highest."""
    is_all = set(kept) == set(highest.indicators)
    is_told = is_all or set(highest.indicators) < set(kept)
    return _say(
        "closing.keep",
        names=name_indicators(kept),
        highest="" if is_all else name_codes(highest.indicators),
        each=len(highest.indicators) > 1,
        score=format_score(highest.score) if is_told else "",
        known_only=_known_only(data),
    )


def _to_develop(data: ReportData, highest: Extreme) -> Sequence[Indicator]:
    """Return what to develop first: under the target, else where most is missing, else the lowest.

    Nothing where that is not known, or where nothing is missing.
    """
    assessment = data.assessment
    below, lowest = below_target(assessment), find_lowest(assessment)
    if below or assessment.missing_indicators or lowest is None or lowest.score == highest.score:
        return below
    losses = largest_losses(assessment)
    points = [each.printed for each in losses]
    most = [each.indicator for each in losses if each.printed == points[0]]
    return lowest.indicators if set(most) & set(highest.indicators) else most


def _foremost(data: ReportData) -> Sequence[Indicator]:
    """Return the few that lose most, unless so many lose the same that there are none."""
    found = ((each.indicator, find_loss(data.assessment, each.indicator)) for each in
             largest_losses(data.assessment))  # fmt: skip
    return [each for each, lost in found if lost and lost.rank + lost.sharing - 1 <= RANKED]


def _develop(data: ReportData, indicators: Sequence[Indicator], *, is_kept: bool) -> str:
    """Name what to develop first, and why; ``is_kept`` if nothing of it has to be."""
    facts = {"names": name_indicators(indicators), "each": len(indicators) > 1}
    if below_target(data.assessment):
        if len(indicators) < len(data.framework.indicators.list):
            return _say("closing.develop", **facts)
        return _say("closing.develop_all", names=name_indicators(_foremost(data)))
    lost, standing = (
        find_loss(data.assessment, indicators[0]),
        stand(data.assessment, indicators[0].code),
    )
    if lost and lost.rank == 1:
        points = format_score(lost.loss.points)
        return _say("closing.develop_lost", **facts, points=points, is_kept=is_kept)
    score = format_score(standing.score) if standing else ""
    return _say("closing.develop_lowest", **facts, score=score, is_kept=is_kept)
