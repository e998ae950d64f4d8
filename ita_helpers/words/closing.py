"""The lowest indicator and the closing of the report."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.language.catalogue import join_names, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.scoring.findings import (
    FULL,
    Extreme,
    WayUp,
    below_target,
    find_highest,
    find_loss,
    find_lowest,
    find_named_items,
    find_way_up,
    largest_losses,
    stand,
)
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import common_need
from ita_helpers.words.phrases import (
    beside_target,
    describe_lacking,
    name_indicators,
)


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
    overall = data.assessment.reading("ITA").computed
    is_one = len(extreme.indicators) == 1
    if is_one and lost and lost.share is not None and overall is not None:
        yield _say(
            "lowest.share",
            total=format_score(100 - overall),
            share=format_score(lost.share * 100),
        )
    instruments = {each.instrument for each in extreme.indicators}
    components = _components_of(data, instruments.pop()) if len(instruments) == 1 else ""
    if components:
        yield _say("lowest.components", components=components)
    yield _urgent(data, extreme)


def _urgent(data: ReportData, extreme: Extreme) -> str:
    """Ask for a measure if the lowest is below the target, starting where most is missing."""
    standing = stand(data.assessment, extreme.indicators[0].code)
    if standing is None or not standing.is_weakness:
        return ""
    losses = [find_loss(data.assessment, each) for each in extreme.indicators]
    largest = all(lost is not None and lost.rank == 1 for lost in losses)
    only = set(below_target(data.assessment)) == set(extreme.indicators)
    instruments = {each.instrument for each in extreme.indicators}
    measures = {data.framework.instrument(code).measures for code in instruments}
    return _say(
        "lowest.urgent",
        many=len(extreme.indicators) > 1,
        largest=largest and not data.assessment.missing_indicators,
        first=(largest or only) and not data.assessment.missing_indicators,
        disclosure=measures == {"disclosure"} and data.advice is None,
    )


def _components_of(data: ReportData, instrument: str) -> str:
    """Say which of an instrument's components bar the next level, else how all of them stand."""
    parts = [part.code for part in data.framework.instrument(instrument).parts]
    codes = [code for code in data.framework.levels.components if code in (instrument, *parts)]
    short = [said for code in codes if (said := _short_of_next(data, code))]
    return join_names(short) or join_names(
        _say(
            "lowest.component",
            name=data.framework.component_name(code),
            score=format_score(standing.score),
            against=beside_target(data, standing),
        )
        for code in codes
        if (standing := stand(data.assessment, code))
    )


def _short_of_next(data: ReportData, code: str) -> str:
    """Say that a component misses the next level's condition."""
    way = find_way_up(data.assessment)
    missing = way.following.missing if way else ()
    short = next((each for each in missing if each.code == code and each.gap is not None), None)
    standing = stand(data.assessment, code)
    if way is None or short is None or short.gap is None or standing is None:
        return ""
    needed = to_hundredths(short.needed)
    return _say(
        "lowest.component_short",
        name=data.framework.component_name(code),
        score=format_score(standing.score),
        level=way.following.level.name,
        needed=format_score(needed) if needed != standing.target else "",
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
    """Yield the sentences of the closing: what to keep, what to develop, what is next."""
    highest = find_highest(data.assessment)
    if highest is None:
        return
    if highest.score >= data.target:
        yield _say(
            "closing.keep",
            names=name_indicators(highest.indicators),
            each=len(highest.indicators) > 1,
            score=format_score(highest.score),
            known_only=_known_only(data),
        )
    yield from _develop(data, highest)
    named = [
        item.code.upper()
        for indicator in data.framework.indicators.list
        if (found := find_named_items(data.assessment, indicator))
        for item in found.items
    ]
    if named:
        yield _say("closing.named", codes=join_names(named))
    way = find_way_up(data.assessment)
    if way and way.following.missing:
        yield _say(
            "closing.next",
            level=way.following.level.name,
            overall_met=way.following.overall.state == "met",
            needed=format_score(one)
            if (one := common_need(way.following.missing)) is not None
            else "",
            missing=describe_lacking(data, way),
            open=" ".join(_open(data, way)),
        )


def _open(data: ReportData, way: WayUp) -> Iterator[str]:
    """Say which components are unknown; if a whole is short, its parts cannot both suffice."""
    framework = data.framework
    unknown = [each for each in way.following.requirements if each.state == "open"]
    for instrument in framework.instruments.list:
        parts = [part.code for part in instrument.parts]
        of_whole = [each for each in unknown if each.code in parts]
        whole = stand(data.assessment, instrument.code)
        if not of_whole or len(of_whole) < len(parts) or whole is None:
            continue
        needed = to_hundredths(of_whole[0].needed)
        if whole.score < needed:
            unknown = [each for each in unknown if each not in of_whole]
            yield _say(
                "closing.open_below",
                names=join_names(framework.component_name(each.code) for each in of_whole),
                whole=instrument.code,
                score=format_score(whole.score),
                needed=format_score(needed),
            )
    if unknown:
        names = join_names(framework.component_name(each.code) for each in unknown)
        yield _say("closing.open", names=names)


def _develop(data: ReportData, highest: Extreme) -> Iterator[str]:
    """Name what to develop: under the target, else where most is missing, else the lowest."""
    assessment = data.assessment
    below, lowest = below_target(assessment), find_lowest(assessment)
    if below:
        key = "develop_all" if len(below) == len(data.framework.indicators.list) else "develop"
        yield _say(
            f"closing.{key}",
            names=name_indicators(below),
            count=len(below),
        )
    if below or assessment.missing_indicators or lowest is None or lowest.score == highest.score:
        return
    losses = largest_losses(assessment)
    if not losses:
        return
    most = to_hundredths(losses[0].points)
    largest = [each.indicator for each in losses if to_hundredths(each.points) == most]
    if set(largest) & set(highest.indicators):
        yield _say(
            "closing.develop_lowest",
            indicators=name_indicators(lowest.indicators),
            each=len(lowest.indicators) > 1,
            score=format_score(lowest.score),
        )
        return
    yield _say(
        "closing.develop_lost",
        indicators=name_indicators(largest),
        each=len(largest) > 1,
        points=format_score(most),
    )
