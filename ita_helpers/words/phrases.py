"""Phrases that several slots share: how a score stands, which indicators, which components."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ita_helpers.language.catalogue import join_names, label, say, spaced
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.framework import Framework
from ita_helpers.records.rules import Indicator
from ita_helpers.scoring.findings import Changed, Standing
from ita_helpers.scoring.levels import NextLevel, Requirement
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import NAMED_TIES
from ita_helpers.words.rules import condition_name


def against_target(standing: Standing) -> str:
    """Compare a score with its target."""
    key = "above" if standing.gap > 0 else "below" if standing.gap < 0 else "equal"
    return _say(
        f"against.{key}",
        target=format_score(standing.target),
        gap=format_score(abs(standing.gap)),
    )


def beside_target(data: ReportData, standing: Standing) -> str:
    """Say the same where the report has told its target; one of its own is told again."""
    if standing.target != to_hundredths(data.target):
        return against_target(standing)
    key = "above" if standing.gap > 0 else "below" if standing.gap < 0 else "equal"
    return _say(f"beside.{key}", gap=format_score(abs(standing.gap)))


def follow_change(standing: Standing, changed: Changed | None) -> str:
    """Say behind a score how it changed since last year; nothing where that cannot be said."""
    if changed is None:
        return ""
    contrary = bool(changed.points) and (changed.points > 0) == standing.is_weakness
    return _say(
        f"follow.{changed.kind}",
        contrary=contrary,
        points=format_score(abs(changed.points)),
        previous=format_score(changed.change.previous),
        crossed=changed.crossed,
    )


def name_subject(data: ReportData, indicator: Indicator, *, alone: bool = False) -> str:
    """Name what an indicator asks or looks at; nothing where that is not known.

    It follows a word in a sentence, or stands ``alone``.
    """
    topics, whole = _topics_of(data.framework, indicator)
    if not topics:
        return ""
    return _say("indicator.subject", topics=join_names(topics), whole=whole, alone=alone)


def _topics_of(framework: Framework, indicator: Indicator) -> tuple[list[str], bool]:
    """Return what the items ask, or documents show, and whether these are all of it."""
    items = framework.items_of(indicator.code)
    if framework.instrument(indicator.instrument).measures != "disclosure":
        topics = [each.topic for each in items if each.topic]
        return topics, len(topics) == len(items)
    groups = [each.name for each in framework.sub_indicators_of(indicator.code) if each.name]
    if groups and len(groups) == len(framework.sub_indicators_of(indicator.code)):
        return groups, True
    return [each.name for each in items if each.name][:NAMED_TIES], False


def name_codes(indicators: Iterable[Indicator]) -> str:
    """Return the numbers of indicators, with one word before them."""
    return say("words.indicator_short", code=join_names(each.code for each in indicators))


def name_indicator(indicator: Indicator) -> str:
    """Return number and name."""
    return say("words.indicator", code=indicator.code, name=indicator.name)


def name_indicators(indicators: Iterable[Indicator], *, counted: bool = True) -> str:
    """Name up to three indicators; for more, give only their numbers and count."""
    listed = list(indicators)
    if len(listed) <= NAMED_TIES:
        return join_names(map(name_indicator, listed))
    codes = join_names(each.code for each in listed)
    return _say("closing.counted", count=len(listed) if counted else 0, codes=codes)


def describe_suggestions(data: ReportData, codes: Iterable[str]) -> Iterator[str]:
    """Pass on the assessors' suggestions for figures other than items, in their words."""
    asked = set(codes)
    for each in data.assessment.scores.suggestions:
        if each.code in asked:
            name = spaced(_name_of(data.framework, each.code))
            yield _say("suggested", name=name, text=each.text)


def _name_of(framework: Framework, code: str) -> str:
    """Return the name of a code: the whole, an instrument, a part, an indicator."""
    if code == "ITA":
        return label("words.overall")
    if code in {each.code for each in framework.indicators.list}:
        return say("words.indicator_short", code=code)
    if code in {each.code for each in framework.all_sub_indicators}:
        return say("words.sub_indicator", code=code, name="")
    return framework.component_name(code)


def describe_short_wholes(data: ReportData, following: NextLevel) -> Iterator[str]:
    """Say of parts without a score that at least one misses its condition, as their whole does."""
    unknown = {each.code: each for each in following.requirements if each.state == "open"}
    for instrument in data.framework.instruments.list:
        parts = [part.code for part in instrument.parts]
        whole = data.assessment.value(instrument.code)
        if not parts or whole is None or not {*parts} <= {*unknown}:
            continue
        needed = to_hundredths(unknown[parts[0]].needed)
        if to_hundredths(whole) < needed:
            yield say(
                "report.next_level.short_whole",
                names=join_names(data.framework.component_name(code) for code in parts),
                whole=instrument.code,
                score=format_score(whole),
                needed=format_score(needed),
            )


def describe_ways(data: ReportData, requirements: Iterable[Requirement]) -> str:
    """Say which indicator alone would bring a component to its condition."""
    return " ".join(
        _say(
            "summary.way",
            component=requirement_name(data, requirement),
            ways=f" {_say('summary.or')}".join(
                _say(
                    "summary.way_of",
                    indicator=name_indicator(way.indicator),
                    start=format_score(way.start),
                    end=format_score(way.end),
                )
                for way in requirement.ways
            ),
        )
        for requirement in requirements
        if requirement.ways
    )


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.{key}", **facts)


def requirement_name(data: ReportData, requirement: Requirement) -> str:
    """Return what a condition of the next level looks at."""
    return condition_name(data.framework, requirement.code)
