"""The words of one slot, as plain sentences that follow from the scores.

Pure: a result and the name of a slot in, sentences out. Perception is never told as fact: for
IIT and EIT the subject is the respondents, for OIT it is the documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from ita_helpers.assessment import Assessment
from ita_helpers.catalogue import join_names, label, say
from ita_helpers.findings import (
    Extreme,
    below_target,
    find_highest,
    find_lowest,
    largest_losses,
)
from ita_helpers.framework import Indicator, Instrument
from ita_helpers.indicator_words import describe_indicator
from ita_helpers.report_data import ReportData
from ita_helpers.tables.bottom_line import NAMED_TIES, describe_next_level
from ita_helpers.thai import format_score, to_hundredths

FULL = Decimal(100)


def draft(data: ReportData, slot: str) -> tuple[str, ...]:
    """Return the sentences of a slot; none where the data hold nothing to say.

    Slots: ``summary``, an instrument (``iit``), an indicator (``06``), ``lowest``, ``closing``.
    Raises ``KeyError`` for any other name.
    """
    named: dict[str, Callable[[ReportData], Iterator[str]]] = {
        "summary": _summary,
        "lowest": _lowest,
        "closing": _closing,
    }
    if slot in named:
        return tuple(named[slot](data))
    for instrument in data.framework.instruments.list:
        if slot == instrument.code.lower():
            return tuple(_instrument(data, instrument))
    for indicator in data.framework.indicators.list:
        if slot == slot_of(indicator):
            return tuple(_indicator(data, indicator))
    raise KeyError(slot)


def slots_of(data: ReportData) -> tuple[str, ...]:
    """Return all slots of a report."""
    instruments = (each.code.lower() for each in data.framework.instruments.list)
    indicators = (slot_of(each) for each in data.framework.indicators.list)
    return ("summary", *instruments, *indicators, "lowest", "closing")


def slot_of(indicator: Indicator) -> str:
    """Return the slot of an indicator: its number with two digits."""
    return indicator.code.zfill(2)


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.{key}", **facts)


def against_target(value: Fraction | Decimal, target: float | Fraction) -> str:
    """Say how a score (points) stands to a target."""
    gap = Fraction(to_hundredths(value)) - Fraction(target)
    key = "above" if gap > 0 else "below" if gap < 0 else "equal"
    return _say(f"against.{key}", target=format_score(Fraction(target)), gap=format_score(abs(gap)))


def _name(indicator: Indicator) -> str:
    return say("words.indicator", code=indicator.code, name=indicator.name)


def name_indicators(extreme_indicators: tuple[Indicator, ...]) -> str:
    """Name up to three indicators, and only number more of them."""
    if len(extreme_indicators) <= NAMED_TIES:
        return join_names(_name(each) for each in extreme_indicators)
    return _say(
        "closing.counted",
        count=len(extreme_indicators),
        codes=join_names(each.code for each in extreme_indicators),
    )


def _summary(data: ReportData) -> Iterator[str]:
    assessment = data.assessment
    facts = {"name": data.organisation.name, "year": data.fiscal_year}
    overall = assessment.value("ITA")
    if overall is None:
        yield _say("summary.no_score", **facts)
        return
    yield _say(
        "summary.result",
        **facts,
        score=format_score(overall),
        against=against_target(overall, data.framework.target.overall),
        level=assessment.verdict.level or "",
    )
    yield from _compare_instruments(data)
    change = data.history.change("ITA")
    if change is not None:
        points = to_hundredths(change.points)
        key = "rose" if points > 0 else "fell" if points < 0 else "steady"
        mark = f" {label('narrative.change.mark')}" if change.verdict == "changed" else ""
        said = _say(f"change.{key}", points=format_score(abs(points)), mark=mark)
        yield _say("summary.change", year=data.fiscal_year - 1, change=said)


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
    high, low = max(scores.values()), min(scores.values())
    if high == low:
        yield _say("summary.equal", high=format_score(high))
        return
    yield _say(
        "summary.instruments",
        highest=join_names(name for name, score in scores.items() if score == high),
        high=format_score(high),
        lowest=join_names(name for name, score in scores.items() if score == low),
        low=format_score(low),
    )


def _instrument(data: ReportData, instrument: Instrument) -> Iterator[str]:
    assessment = data.assessment
    reading = assessment.reading(instrument.code)
    indicators = data.framework.indicators_of(instrument.code)
    if all(assessment.value(each.code) is None for each in indicators) and reading.value is None:
        return
    kind = "perception_iit" if instrument.code == "IIT" else instrument.measures
    yield _say(f"instrument.{kind}", name=instrument.name, code=instrument.code)
    if reading.value is None:
        missing = join_names(
            say("words.indicator_short", code=each.code)
            for each in indicators
            if assessment.value(each.code) is None
        )
        yield _say("instrument.missing", names=missing)
        return
    target = data.framework.target
    yield _say(
        "instrument.score",
        score=format_score(reading.value),
        computed=reading.is_computed,
        against=against_target(reading.value, target.every_component or target.overall),
    )
    parts = [
        _say("instrument.part", name=part.name, score=format_score(value))
        for part in instrument.parts
        if (value := assessment.value(part.code)) is not None
    ]
    if parts:
        yield _say("instrument.parts", parts=join_names(parts))
    yield from _spread(assessment, instrument)


def _spread(assessment: Assessment, instrument: Instrument) -> Iterator[str]:
    lowest = find_lowest(assessment, instrument.code)
    highest = find_highest(assessment, instrument.code)
    indicators = assessment.framework.indicators_of(instrument.code)
    if lowest is None or highest is None:
        return
    if any(assessment.value(each.code) is None for each in indicators):
        return
    score = format_score(lowest.score)
    if lowest.score == highest.score:
        yield _say("instrument.level_all", score=score)
    else:
        yield _say("instrument.spread", lowest=name_indicators(lowest.indicators), score=score)


def _indicator(data: ReportData, indicator: Indicator) -> Iterator[str]:
    value = data.assessment.value(indicator.code)
    if value is None:
        return
    against = against_target(value, data.framework.target.overall)
    yield from describe_indicator(data, indicator, against)


def _lowest(data: ReportData) -> Iterator[str]:
    extreme = find_lowest(data.assessment)
    if extreme is None:
        return
    if extreme.score == FULL:
        yield _say("lowest.all_full", known_only=_known_only(data))
        return
    yield _lowest_result(data, extreme)
    components = _components_of(data, extreme.indicators[0].instrument)
    if components:
        yield _say("lowest.component_passes", components=components)
    losses = largest_losses(data.assessment)
    overall = data.assessment.reading("ITA").computed
    loss = next((each for each in losses if each.indicator == extreme.indicators[0]), None)
    if loss and overall is not None and not data.assessment.missing_indicators:
        yield _say(
            "lowest.share",
            indicator=say("words.indicator_short", code=loss.indicator.code),
            points=format_score(loss.points),
            total=format_score(100 - overall),
            share=format_score(loss.points * 100 / (100 - overall)),
        )


def _components_of(data: ReportData, instrument: str) -> str:
    """Say how the components of an instrument stand that the level looks at."""
    target = data.framework.target
    parts = [part.code for part in data.framework.instrument(instrument).parts]
    return join_names(
        _say(
            "lowest.component",
            name=data.framework.component_name(code),
            score=format_score(value),
            against=against_target(value, target.every_component or target.overall),
        )
        for code in data.framework.levels.components
        if code in (instrument, *parts) and (value := data.assessment.value(code)) is not None
    )


def _lowest_result(data: ReportData, extreme: Extreme) -> str:
    return _say(
        "lowest.one" if len(extreme.indicators) == 1 else "lowest.tied",
        names=name_indicators(extreme.indicators),
        count=len(extreme.indicators),
        known_only=_known_only(data),
        score=format_score(extreme.score),
        against=against_target(extreme.score, data.framework.target.overall),
    )


def _known_only(data: ReportData) -> bool:
    """Say whether a superlative holds only among the indicators whose score is known."""
    return bool(data.assessment.missing_indicators)


def _closing(data: ReportData) -> Iterator[str]:
    highest = find_highest(data.assessment)
    if highest is None:
        return
    target = data.target
    if highest.score >= target:
        yield _say(
            "closing.keep",
            names=name_indicators(highest.indicators),
            each=len(highest.indicators) > 1,
            score=format_score(highest.score),
            known_only=_known_only(data),
        )
    below = below_target(data.assessment)
    losses = largest_losses(data.assessment)
    if below:
        yield _say("closing.develop", names=name_indicators(below), target=format_score(target))
    elif losses and not data.assessment.missing_indicators:
        largest = tuple(each.indicator for each in losses if each.points == losses[0].points)
        yield _say(
            "closing.develop_lost",
            indicators=name_indicators(largest),
            each=len(largest) > 1,
            points=format_score(losses[0].points),
        )
    following = data.assessment.next_level
    if following and following.missing:
        yield _say("closing.next", following=describe_next_level(data))
