"""The words of the whole result: summary, instruments, the lowest indicator, the closing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ita_helpers.assessment import Loss
from ita_helpers.catalogue import join_names, label, say, spaced
from ita_helpers.figure_words import about, said_by, write_score
from ita_helpers.findings import (
    FULL,
    Extreme,
    WayUp,
    below_target,
    find_change,
    find_highest,
    find_level_change,
    find_loss,
    find_lowest,
    find_named_items,
    find_way_up,
    largest_losses,
    stand,
)
from ita_helpers.framework import Instrument
from ita_helpers.phrases import (
    against_target,
    describe_change,
    describe_lacking,
    describe_missing,
    describe_suggestions,
    describe_ways,
    name_indicator,
    name_indicators,
)
from ita_helpers.report_data import ReportData
from ita_helpers.tables.bottom_line import NAMED_TIES, describe_level_change
from ita_helpers.thai import format_score, to_hundredths


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.{key}", **facts)


def summarise(data: ReportData) -> Iterator[str]:
    """Yield the sentences of the summary."""
    facts = {"name": data.organisation.name, "year": data.fiscal_year}
    standing = stand(data.assessment, "ITA")
    if standing is None:
        yield _say("summary.no_score", **facts)
        return
    yield _say(
        "summary.result",
        **facts,
        score=write_score(data.assessment, "ITA"),
        computed=data.assessment.reading("ITA").is_computed,
        against=against_target(standing),
        level=data.assessment.verdict.level or "",
        published=data.assessment.verdict.published or "",
        by=said_by(data.assessment.scores.level_told),
    )
    yield from _disagreement(data)
    has_new_level = find_level_change(data.assessment, data.history) is not None
    if has_new_level:
        yield _overall_change(data)
    yield from _level(data)
    yield from _compare_instruments(data)
    below = below_target(data.assessment)
    if standing.is_weakness:
        yield from _weakest(data)
    elif below:
        yield _say("summary.indicators_below", names=name_indicators(below))
    if not has_new_level:
        yield _overall_change(data)
    yield from describe_suggestions(data, ("ITA",))


def _level(data: ReportData) -> Iterator[str]:
    """Say what bars the next level, or what leaves the level open."""
    verdict = data.assessment.verdict
    either = f" {label('narrative.summary.or_level')} "
    possible = either.join(f"“{each.name}”" for each in verdict.possible)
    names = join_names(data.framework.component_name(code) for code in verdict.open_components)
    facts: dict[str, object] = {"possible": possible, "published": verdict.published or ""}
    facts["by"] = said_by(data.assessment.scores.level_told)
    if verdict.status == "in conflict":
        yield _say("summary.conflict", **facts)
    elif verdict.status == "not determined":
        yield _say("summary.open", **facts, components=names)
    doubtful = [f"“{each.name}”" for each in verdict.possible if each.caveat]
    if doubtful:
        yield _say("summary.caveat", names=join_names(doubtful))
    way = find_way_up(data.assessment)
    if way and way.barring:
        yield _say(
            "summary.barred",
            level=way.following.level.name,
            overall=format_score(way.following.overall.needed),
            missing=spaced(describe_missing(data, way)),
            current=verdict.level or "",
        )
        yield describe_ways(data, way.barring)


def _disagreement(data: ReportData) -> Iterator[str]:
    """Say that the published overall score is not the computed one."""
    for each in data.assessment.comparisons:
        if each.code == "ITA" and each.is_used and not each.agrees:
            yield _say(
                "summary.disagrees",
                published=format_score(each.published),
                computed=format_score(each.computed),
                gap=format_score(abs(each.difference)),
                by=said_by(data.assessment.scores.overall_told),
            )


def _weakest(data: ReportData) -> Iterator[str]:
    """Name what is under the target, and where most is missing."""
    codes = [each.code for each in data.framework.instruments.list]
    below = [s for code in codes if (s := stand(data.assessment, code)) and s.is_weakness]
    if below:
        yield _say("summary.below", names=join_names(each.code for each in below))
    losses = _largest(largest_losses(data.assessment))
    if losses and not data.assessment.missing_indicators:
        yield _say(
            "summary.largest",
            count=len(losses),
            losses=join_names(
                _say(
                    "summary.loss",
                    indicator=name_indicator(each.indicator),
                    points=format_score(each.points),
                )
                for each in losses
            ),
        )


def _largest(losses: Sequence[Loss]) -> Sequence[Loss]:
    """Return up to three losses, none of which is printed like one left out."""
    points = [to_hundredths(each.points) for each in losses]
    count = min(NAMED_TIES, len(losses))
    while 0 < count < len(losses) and points[count - 1] == points[count]:
        count -= 1
    return losses[:count]


def _overall_change(data: ReportData) -> str:
    changed = find_change(data.assessment, data.history, "ITA")
    way = find_way_up(data.assessment)
    level = describe_level_change(data, has_reason=not (way and way.barring))
    if changed is None and not level:
        previous = data.history.previous
        broken = previous is not None and data.history.current.since_previous == "broken"
        if not broken or previous is None or previous.overall is None:
            return ""
        return _say("summary.not_comparable", year=data.fiscal_year - 1)
    said = describe_change(changed) if changed else ""
    return _say("summary.change", year=data.fiscal_year - 1, change=said, level=level)


def _compare_instruments(data: ReportData) -> Iterator[str]:
    scores = {
        say("words.instrument", name=each.name, code=each.code): to_hundredths(value)
        for each in data.framework.instruments.list
        if (value := data.assessment.value(each.code)) is not None
    }
    if not scores and not data.assessment.scored_indicators:
        yield _say("summary.only_overall")
    if len(scores) < len(data.framework.instruments.list):
        return
    instruments = [each.code for each in data.framework.instruments.list]
    is_exact = not any(data.assessment.reading(code).is_about for code in instruments)
    high, low = max(scores.values()), min(scores.values())
    if high == low:
        yield _say("summary.equal", high=about(Fraction(high), is_exact=is_exact))
        return
    highest = [name for name, score in scores.items() if score == high]
    lowest = [name for name, score in scores.items() if score == low]
    yield _say(
        "summary.instruments",
        highest=join_names(highest),
        high_each=len(highest) > 1,
        high=about(Fraction(high), is_exact=is_exact),
        lowest=join_names(lowest),
        low_each=len(lowest) > 1,
        low=about(Fraction(low), is_exact=is_exact),
    )


def describe_instrument(data: ReportData, instrument: Instrument) -> Iterator[str]:
    """Yield the sentences of one instrument."""
    assessment = data.assessment
    reading = assessment.reading(instrument.code)
    indicators = data.framework.indicators_of(instrument.code)
    standing = stand(assessment, instrument.code)
    if standing is None and all(assessment.value(each.code) is None for each in indicators):
        return
    kind = "perception_iit" if instrument.code == "IIT" else instrument.measures
    yield _say(f"instrument.{kind}", name=instrument.name, code=instrument.code)
    if standing is None:
        missing = [each for each in indicators if assessment.value(each.code) is None]
        names = join_names(say("words.indicator_short", code=each.code) for each in missing)
        yield _say("instrument.missing", names=names)
        return
    yield _say(
        "instrument.score",
        score=write_score(assessment, instrument.code),
        computed=reading.is_computed,
        against=against_target(standing),
    )
    parts = [
        _say("instrument.part", name=part.name, score=score)
        for part in instrument.parts
        if (score := write_score(assessment, part.code))
    ]
    if parts:
        yield _say("instrument.parts", parts=join_names(parts))
    yield from _spread(data, instrument)
    yield _instrument_change(data, instrument)
    yield from describe_suggestions(
        data, (instrument.code, *(part.code for part in instrument.parts))
    )


def _spread(data: ReportData, instrument: Instrument) -> Iterator[str]:
    assessment = data.assessment
    lowest = find_lowest(assessment, instrument.code)
    highest = find_highest(assessment, instrument.code)
    indicators = data.framework.indicators_of(instrument.code)
    if lowest is None or highest is None:
        return
    if any(assessment.value(each.code) is None for each in indicators):
        return
    score = format_score(lowest.score)
    if lowest.score == highest.score:
        yield _say("instrument.level_all", score=score)
        return
    below = [each for each in below_target(assessment) if each.instrument == instrument.code]
    names = name_indicators(lowest.indicators)
    yield _say(
        "instrument.spread",
        lowest=names,
        each=len(lowest.indicators) > 1,
        score=score,
        below=len(below) == 1,
    )
    if len(below) > 1:
        yield _say("instrument.below", count=len(below), codes=join_names(i.code for i in below))


def _instrument_change(data: ReportData, instrument: Instrument) -> str:
    changed = find_change(data.assessment, data.history, instrument.code)
    if changed is None:
        return ""
    return _say("instrument.change", change=describe_change(changed))


def describe_lowest(data: ReportData) -> Iterator[str]:
    """Yield the sentences of the lowest indicators."""
    extreme = find_lowest(data.assessment)
    if extreme is None:
        return
    if extreme.score == FULL:
        yield _say("lowest.all_full", known_only=_known_only(data))
        return
    yield _lowest_result(data, extreme)
    components = _components_of(data, extreme.indicators[0].instrument)
    if components:
        yield _say("lowest.components", components=components)
    lost = find_loss(data.assessment, extreme.indicators[0])
    overall = data.assessment.reading("ITA").computed
    is_one = len(extreme.indicators) == 1
    if is_one and lost and lost.share is not None and overall is not None:
        yield _say(
            "lowest.share",
            indicator=say("words.indicator_short", code=lost.loss.indicator.code),
            points=format_score(lost.loss.points),
            total=format_score(100 - overall),
            share=format_score(lost.share * 100),
        )
    yield _urgent(data, extreme)


def _urgent(data: ReportData, extreme: Extreme) -> str:
    """Ask for a measure where the lowest is under the target; first where most is missing."""
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
        indicators=name_indicators(extreme.indicators, counted=False),
        largest=largest and not data.assessment.missing_indicators,
        first=(largest or only) and not data.assessment.missing_indicators,
        disclosure=measures == {"disclosure"},
    )


def _components_of(data: ReportData, instrument: str) -> str:
    """Say how the components of an instrument stand that the level looks at."""
    parts = [part.code for part in data.framework.instrument(instrument).parts]
    return join_names(
        _say(
            "lowest.component",
            name=data.framework.component_name(code),
            score=format_score(standing.score),
            against=against_target(standing),
            short=_short_of_next(data, code),
        )
        for code in data.framework.levels.components
        if code in (instrument, *parts) and (standing := stand(data.assessment, code))
    )


def _short_of_next(data: ReportData, code: str) -> str:
    """Say that a component reaches the target and not the next level's condition."""
    way = find_way_up(data.assessment)
    missing = way.following.missing if way else ()
    short = next((each for each in missing if each.code == code and each.gap is not None), None)
    standing = stand(data.assessment, code)
    if way is None or short is None or short.gap is None or standing is None:
        return ""
    if standing.is_weakness:
        return ""
    return _say(
        "lowest.component_short",
        level=way.following.level.name,
        needed=format_score(short.needed),
        gap=format_score(short.gap),
    )


def _lowest_result(data: ReportData, extreme: Extreme) -> str:
    standing = stand(data.assessment, extreme.indicators[0].code)
    return _say(
        "lowest.one" if len(extreme.indicators) == 1 else "lowest.tied",
        names=name_indicators(extreme.indicators, counted=False),
        count=len(extreme.indicators),
        known_only=_known_only(data),
        score=format_score(extreme.score),
        against=against_target(standing) if standing else "",
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
            missing=describe_lacking(data, way),
            open=" ".join(_open(data, way)),
        )


def _open(data: ReportData, way: WayUp) -> Iterator[str]:
    """Say which components are not known; parts of a whole that is short cannot both suffice."""
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
            target=format_score(data.target),
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
