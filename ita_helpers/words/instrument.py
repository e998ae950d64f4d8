"""The words on one instrument: its score, its spread, its change."""

from __future__ import annotations

from collections.abc import Iterator

from ita_helpers.language.catalogue import join_names, say
from ita_helpers.language.points import format_score
from ita_helpers.records.rules import Instrument
from ita_helpers.scoring.findings import (
    below_target,
    find_change,
    find_highest,
    find_lowest,
    stand,
)
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.figures import write_score
from ita_helpers.words.phrases import (
    against_target,
    describe_change,
    describe_suggestions,
    name_indicators,
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


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.{key}", **facts)
