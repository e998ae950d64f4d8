"""The arithmetic of one result, step by step, as on a blackboard.

Pure: an assessment in, text out; the same lines serve ``ita explain`` and a class.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_change, format_score, round_half_up, to_hundredths
from ita_helpers.records.organisation import Organisation
from ita_helpers.records.rules import Indicator, Instrument
from ita_helpers.scoring.assessment import Assessment
from ita_helpers.scoring.levels import Requirement
from ita_helpers.scoring.means import weighted_mean
from ita_helpers.scoring.readings import Reading
from ita_helpers.words.rules import (
    assumption,
    condition_name,
    describe_further,
    describe_known,
    describe_trail,
)


def explain(organisation: Organisation, assessment: Assessment) -> str:
    """Return the whole calculation, step by step, in Thai with Arabic digits."""
    framework = assessment.framework
    lines = [_say("title", name=organisation.name, year=framework.fiscal_year)]
    if framework.is_assumed:
        lines.append(_say("notice", text=assumption(framework, label("explain.page"))))
        lines += describe_known(framework)
    steps = (
        ("indicators", _indicators(assessment)),
        ("instruments", _instruments(assessment)),
        ("overall", _overall(assessment)),
        ("level", _level(assessment)),
        ("next", _next_level(assessment)),
        ("losses", _losses(assessment)),
        ("rules", describe_trail(framework)),
    )
    for number, (key, step) in enumerate(steps, start=1):
        lines += ["", _say("step", number=number, title=label(f"explain.{key}"))]
        lines += [f"  {line}" for line in step]
    return "\n".join(lines) + "\n"


def _say(key: str, **facts: object) -> str:
    return say(f"explain.{key}", **facts)


def _exact(value: Fraction) -> str:
    """Write up to four decimals, enough to see the rounding."""
    return f"{round_half_up(value, 4):.4f}"


def _indicators(assessment: Assessment) -> Iterator[str]:
    if not assessment.scored_indicators:
        yield _say("indicators_missing")
        return
    for indicator in assessment.framework.indicators.list:
        yield from _indicator(assessment, indicator)


def _indicator(assessment: Assessment, indicator: Indicator) -> Iterator[str]:
    facts = {"code": indicator.code, "name": indicator.name}
    reading = assessment.reading(indicator.code)
    if reading.value is None:
        yield _say("indicator_missing", **facts)
    elif reading.published is not None:
        yield _say("indicator_published", **facts, value=format_score(reading.value))
    else:
        yield from _sub_indicators(assessment, indicator)
        terms = [format_score(each) for each in _below(assessment, indicator)]
        yield _say(
            "indicator_computed",
            **facts,
            terms=" + ".join(terms),
            count=len(terms),
            value=format_score(reading.value),
        )
    yield from _conflicting(facts["name"], reading)


def _below(assessment: Assessment, indicator: Indicator) -> list[Fraction]:
    framework = assessment.framework
    groups = framework.sub_indicators_of(indicator.code)
    codes = [each.code for each in groups or framework.items_under(indicator.code)]
    return [value for code in codes if (value := assessment.value(code)) is not None]


def _sub_indicators(assessment: Assessment, indicator: Indicator) -> Iterator[str]:
    for group in assessment.framework.sub_indicators_of(indicator.code):
        items = assessment.framework.items_under(group.code)
        terms = [assessment.value(item.code) for item in items]
        value = assessment.value(group.code)
        if value is not None and terms and None not in terms:
            written = " + ".join(f"{float(term or 0):g}" for term in terms)
            yield _say(
                "sub_indicator",
                code=group.code,
                terms=written,
                count=len(terms),
                value=format_score(value),
            )


def _conflicting(name: str, reading: Reading) -> Iterator[str]:
    if reading.conflicting:
        values = ", ".join(format_score(each) for each in reading.conflicting)
        yield _say("conflicting", name=name, values=values)


def _instruments(assessment: Assessment) -> Iterator[str]:
    for instrument in assessment.framework.instruments.list:
        yield _instrument(assessment, instrument)
        yield from _compared(assessment, instrument.code)
        for part in instrument.parts:
            yield _part(assessment, instrument, part.code, part.name)


def _instrument(assessment: Assessment, instrument: Instrument) -> str:
    indicators = assessment.framework.indicators_of(instrument.code)
    values = [assessment.value(each.code) for each in indicators]
    known = [value for value in values if value is not None]
    reading = assessment.reading(instrument.code)
    if len(known) == len(indicators):
        mean = weighted_mean((1, each) for each in known)
        return _say(
            "instrument",
            code=instrument.code,
            terms=" + ".join(format_score(each) for each in known),
            count=len(known),
            exact=_exact(mean),
            value=format_score(mean),
        )
    if reading.weighted and not reading.is_computed:
        return _weighted(assessment, instrument.code, instrument.code)
    if reading.value is not None:
        return _say("instrument_published", code=instrument.code, value=format_score(reading.value))
    if not known:
        return _say("instrument_unknown", code=instrument.code)
    missing = [
        say("words.indicator_short", code=each.code)
        for each in indicators
        if assessment.value(each.code) is None
    ]
    return _say("instrument_missing", code=instrument.code, missing=join_names(missing))


def _part(assessment: Assessment, instrument: Instrument, code: str, name: str) -> str:
    if assessment.reading(code).weighted:
        return _weighted(assessment, code, name)
    value, whole = assessment.value(code), assessment.value(instrument.code)
    if value is not None:
        return _say("part", name=name, value=format_score(value))
    if whole is None:
        return _say("part_unknown", name=name)
    within = assessment.range(code)
    return _say(
        "part_missing",
        name=name,
        owner=instrument.code,
        whole=format_score(whole),
        low=format_score(within.low),
        high=format_score(within.high),
    )


def _weighted(assessment: Assessment, code: str, name: str) -> str:
    reading, within = assessment.reading(code), assessment.range(code)
    return _say(
        "instrument_weighted",
        code=name,
        points=format_score(reading.weighted.points) if reading.weighted else "",
        weight=reading.weighted.weight if reading.weighted else "",
        value=format_score(reading.value) if reading.value is not None else "",
        low=format_score(within.low),
        high=format_score(within.high),
    )


def _compared(assessment: Assessment, code: str) -> Iterator[str]:
    for each in assessment.comparisons:
        if each.code == code:
            yield _say(
                "compared",
                published=format_score(each.published),
                agrees=each.agrees,
                used=each.is_used,
                difference=format_change(each.difference),
            )


def _overall(assessment: Assessment) -> Iterator[str]:
    reading = assessment.reading("ITA")
    if reading.computed is not None:
        parts = [
            (each.weight, assessment.exact(each.code))
            for each in assessment.framework.instruments.list
        ]
        terms = " + ".join(f"{weight / 100:.2f} × {_exact(points)}" for weight, points in parts)
        yield _say(
            "overall_line",
            terms=terms,
            exact=_exact(reading.computed),
            value=format_score(reading.computed),
        )
        early = weighted_mean((weight, Fraction(to_hundredths(points))) for weight, points in parts)
        if to_hundredths(early) != to_hundredths(reading.computed):
            yield _say("overall_early", wrong=format_score(early))
        yield from _compared(assessment, "ITA")
    elif reading.published is not None:
        yield _say("overall_published", value=format_score(reading.published))
        yield from _conflicting(label("words.overall"), reading)
    else:
        yield _say("overall_missing")


def _level(assessment: Assessment) -> Iterator[str]:
    framework, verdict = assessment.framework, assessment.verdict
    *above, lowest = framework.levels.list
    for level in above:
        yield _say(
            "level_rule",
            name=level.name,
            overall=f"{level.overall:.2f}",
            component=f"{level.every_component:.2f}" if level.every_component else "",
            further=describe_further(framework, level),
        )
    below = f"{above[-1].overall:.2f}"
    yield _say("level_rule_lowest", name=lowest.name, below=below)
    yield _say(
        "level_" + verdict.status.replace(" ", "_"),
        level=verdict.level,
        published=verdict.published,
        possible=[each.name for each in verdict.possible],
        open=[condition_name(framework, code) for code in verdict.open_components],
    )


def _next_level(assessment: Assessment) -> Iterator[str]:
    if assessment.verdict.level is None:
        yield _say("next_unknown")
    elif assessment.next_level is None:
        yield _say("next_top")
    else:
        yield _say("next_title", level=assessment.next_level.level.name)
        for requirement in assessment.next_level.requirements:
            yield from _requirement(assessment, requirement)


def _requirement(assessment: Assessment, requirement: Requirement) -> Iterator[str]:
    known = requirement.value is not None
    suffix = "" if known or requirement.state == "open" else "_open"
    yield _say(
        f"next_{requirement.state}{suffix}",
        name=condition_name(assessment.framework, requirement.code),
        needed=format_score(requirement.needed),
        value=format_score(requirement.value) if requirement.value is not None else "",
        gap=format_score(requirement.gap) if requirement.gap is not None else "",
        low=format_score(requirement.range.low),
        high=format_score(requirement.range.high),
    )
    for way in requirement.ways:
        way_said = _say(
            "next_way",
            code=way.indicator.code,
            start=format_score(way.start),
            end=format_score(way.end),
        )
        yield f"    {way_said}"


def _losses(assessment: Assessment) -> Iterator[str]:
    if not assessment.losses:
        yield _say("losses_missing")
    for loss in assessment.losses:
        yield _say(
            "loss",
            code=loss.indicator.code,
            weight=f"{float(loss.weight):.2f}",
            score=format_score(100 - loss.shortfall),
            points=_exact(loss.points),
        )
    overall = assessment.reading("ITA").computed
    if overall is not None and not assessment.missing_indicators:
        total = sum((loss.points for loss in assessment.losses), Fraction(0))
        yield _say("loss_total", total=_exact(total), overall=_exact(overall))
