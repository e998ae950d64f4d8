"""The words on one instrument: its score, its change, what is low in it; the chart ranks it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ita_helpers.language.catalogue import join_names, say
from ita_helpers.language.points import format_score
from ita_helpers.records.rules import Indicator, Instrument
from ita_helpers.scoring.findings import (
    FULL,
    below_target,
    find_change,
    stand,
)
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.figures import write_score
from ita_helpers.words.phrases import (
    beside_target,
    describe_suggestions,
    follow_change,
    name_codes,
)

FEW_RESPONDENTS = 30
"""Of fewer it is told how much one of them moves a score."""


def describe_instrument(data: ReportData, instrument: Instrument) -> Iterator[str]:
    """Yield the sentences of one instrument."""
    assessment = data.assessment
    indicators = data.framework.indicators_of(instrument.code)
    standing = stand(assessment, instrument.code)
    if standing is None and all(assessment.value(each.code) is None for each in indicators):
        return
    kind = "perception_iit" if instrument.code == "IIT" else instrument.measures
    about = _say(f"instrument.{kind}", code=instrument.code)
    if standing is None:
        missing = [each for each in indicators if assessment.value(each.code) is None]
        yield _say("instrument.missing", about=about, names=name_codes(missing))
        yield _one_person(data, instrument)
        return
    yield _say(
        "instrument.result",
        about=about,
        score=write_score(assessment, instrument.code),
        against=beside_target(data, standing),
        change=follow_change(standing, find_change(assessment, data.history, instrument.code)),
    )
    parts = [
        _say("instrument.part", name=part.name, score=score)
        for part in instrument.parts
        if (score := write_score(assessment, part.code))
    ]
    if parts:
        yield _say("instrument.parts", parts=join_names(parts))
    yield from _below_or_fell(data, instrument)
    yield _one_person(data, instrument)
    yield from describe_suggestions(
        data, (instrument.code, *(part.code for part in instrument.parts))
    )


def _below(data: ReportData, instrument: Instrument) -> list[Indicator]:
    return [each for each in below_target(data.assessment) if each.instrument == instrument.code]


def _below_or_fell(data: ReportData, instrument: Instrument) -> Iterator[str]:
    """Name the indicators under the target, and those that fell where all changes are known."""
    indicators = data.framework.indicators_of(instrument.code)
    changes = {
        each: changed.points
        for each in indicators
        if (changed := find_change(data.assessment, data.history, each.code))
    }
    below = _below(data, instrument)
    is_known = len(changes) == len(indicators)
    fell = [each for each in changes if changes[each] < 0 and is_known]
    if below and below != fell:
        yield _say("instrument.below", who=_who(below, instrument, len(indicators)))
    if fell:
        yield _say(
            "instrument.below_fell" if below and below == fell else "instrument.fell",
            who=_who(fell, instrument, len(indicators)),
            rose=_named([each for each in changes if changes[each] > 0]),
            steady=_named([each for each in changes if changes[each] == 0]),
        )


def _who(some: list[Indicator], instrument: Instrument, count: int) -> str:
    facts = {"names": name_codes(some), "code": instrument.code, "whole": len(some) == count}
    return _say("instrument.who", **facts)


def _named(indicators: list[Indicator]) -> str:
    return name_codes(indicators) if indicators else ""


def _one_person(data: ReportData, instrument: Instrument) -> str:
    """Say how much the answers of one of few respondents move an indicator."""
    result = data.assessment.scores.result
    count = result.respondents.get("iit") if result else None
    is_mean = data.framework.item_rule(instrument.code) == "mean"
    if instrument.code != "IIT" or not count or count >= FEW_RESPONDENTS or not is_mean:
        return ""
    points = format_score(Fraction(int(FULL), count))
    return _say("instrument.one_person", count=count, points=points)


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.{key}", **facts)
