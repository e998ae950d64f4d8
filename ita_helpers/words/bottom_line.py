"""The sentences of the bottom line: score, level, extremes, change, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.records.scores import Told
from ita_helpers.scoring.findings import (
    Extreme,
    find_level_change,
    find_lowest,
    largest_losses,
)
from ita_helpers.scoring.history import Change
from ita_helpers.scoring.levels import NextLevel, Requirement
from ita_helpers.scoring.readings import PublishedAgainstComputed
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.figures import said_by, write_score
from ita_helpers.words.rules import condition_name

SEPARATOR = " · "
NAMED_TIES = 3
"""Up to this many indicators that share a score are named; more are counted."""


def _say(key: str, **facts: object) -> str:
    return say(f"report.bottom_line.{key}", **facts)


def describe_overall(data: ReportData) -> str:
    """Say the overall score and whether it is published, computed or contested."""
    reading = data.assessment.reading("ITA")
    if reading.value is None:
        return _say("overall_missing")
    score = write_score(data.assessment, "ITA")
    if reading.conflicting:
        others = join_names(format_score(each) for each in reading.conflicting)
        return _say("conflicting", score=score, others=others)
    return _say("overall_computed" if reading.is_computed else "overall_published", score=score)


def describe_level(data: ReportData) -> str:
    """Say the level and what the numbers say about it."""
    verdict, framework = data.assessment.verdict, data.framework
    by = said_by(data.assessment.scores.level_told)
    possible = join_names(f"“{each.name}”" for each in verdict.possible)
    if verdict.status == "no score" or not verdict.possible:
        return _say("level_missing") if not verdict.published else f"“{verdict.published}”"
    if verdict.status == "determined":
        return _say("level_determined", level=verdict.level, published=verdict.published, by=by)
    if verdict.status == "in conflict":
        return _say("level_conflict", level=verdict.published, possible=possible, by=by)
    if verdict.published is None:
        return _say("level_undecided", possible=possible)
    if not verdict.open_components:
        return _say("level_edge", level=verdict.published, possible=possible, by=by)
    missing = join_names(condition_name(framework, code) for code in verdict.open_components)
    return _say("level_open", level=verdict.published, possible=possible, open=missing, by=by)


def describe_target(data: ReportData) -> str:
    """Compare the overall score with the target; empty if there is none."""
    overall = data.assessment.value("ITA")
    if overall is None:
        return ""
    target = Fraction(data.framework.target.overall)
    gap = Fraction(to_hundredths(overall)) - target
    key = "target_above" if gap > 0 else "target_below" if gap < 0 else "target_equal"
    return _say(key, target=format_score(target), gap=format_score(abs(gap)))


def describe_components(data: ReportData) -> str:
    """List the components with their scores."""
    codes = shown_components(data)
    return SEPARATOR.join(
        _say("component", name=data.framework.component_name(code), score=score)
        for code in codes
        if (score := write_score(data.assessment, code))
    )


def shown_components(data: ReportData) -> tuple[str, ...]:
    """Return instruments and their parts in the order of the page."""
    return data.framework.component_codes


def describe_extreme(extreme: Extreme | None) -> str:
    """Name the indicators that share a score, and the score."""
    if extreme is None:
        return ""
    score, indicators = format_score(extreme.score), extreme.indicators
    if len(indicators) > NAMED_TIES:
        codes = join_names(each.code for each in indicators)
        return _say("extreme_many", count=len(indicators), codes=codes, score=score)
    names = join_names(
        say("words.indicator", code=each.code, name=each.name) for each in indicators
    )
    return _say("extreme_each" if len(indicators) > 1 else "extreme", names=names, score=score)


def all_equal(data: ReportData) -> str:
    """Say that all indicators share one score, where none is highest or lowest."""
    extreme = find_lowest(data.assessment)
    if extreme is None or not extreme.is_of_all:
        return ""
    known_only = bool(data.assessment.missing_indicators)
    return say("front.overview.equal", score=format_score(extreme.score), known_only=known_only)


def known_extreme(data: ReportData, extreme: Extreme | None) -> str:
    """Name the indicators of a superlative, limited to those whose score is known."""
    if extreme is None or extreme.is_of_all:
        return ""
    said = describe_extreme(extreme)
    return _say("known_only", said=said) if data.assessment.missing_indicators else said


def describe_lost(data: ReportData) -> str:
    """Say where the most points are lost; empty where not all indicators are known."""
    losses = largest_losses(data.assessment)
    overall = data.assessment.reading("ITA").computed
    if not losses or overall is None or data.assessment.missing_indicators:
        return ""
    largest = [loss.indicator for loss in losses if loss.points == losses[0].points]
    return _say(
        "lost_text",
        names=join_names(
            say("words.indicator", code=each.code, name=each.name) for each in largest
        ),
        each=len(largest) > 1,
        points=format_score(losses[0].points),
        total=format_score(100 - overall),
    )


def describe_change(data: ReportData) -> str:
    """Say how overall score and level changed since last year, or why that cannot be said."""
    change = data.history.change("ITA")
    said = describe_overall_change(data)
    if change is None:
        current, previous = data.history.current, data.history.previous
        if current.overall is None:
            return describe_level_change(data)
        broken = current.since_previous == "broken" and previous and previous.overall is not None
        said = _say("change_broken" if broken else "change_none")
        return describe_level_change(data) or said
    return join_change(said, describe_level_change(data), data)


def join_change(change: str, level: str, data: ReportData) -> str:
    """Join what is said of score and level, against each other where they went apart."""
    overall, levels = data.history.change("ITA"), find_level_change(data.assessment, data.history)
    if overall is None or levels is None or not change:
        return (change or level) + describe_mark(overall)
    contrary = overall.points <= 0 if not levels.has_fallen else overall.points >= 0
    return _say("change_both", level=level, change=change, contrary=contrary) + describe_mark(
        overall
    )


def describe_level_change(data: ReportData, *, has_reason: bool = True) -> str:
    """Say that the level fell or rose since last year, and which conditions were missed."""
    found = find_level_change(data.assessment, data.history)
    if found is None:
        return ""
    missed = join_names(
        _say(
            "level_missed",
            name=label("words.overall")
            if each.code == "ITA"
            else data.framework.component_name(each.code),
            score=format_score(each.value) if each.value is not None else "",
            needed=format_score(each.needed),
            level=found.previous if found.has_fallen else found.current,
        )
        for each in (found.missed if has_reason else ())
    )
    key = "level_fell" if found.has_fallen else "level_rose"
    return _say(key, previous=found.previous, current=found.current, missed=missed)


def describe_overall_change(data: ReportData) -> str:
    """Say how the overall score changed since last year; nothing where that cannot be said."""
    change = data.history.change("ITA")
    if change is None:
        return ""
    points = to_hundredths(change.points)
    key = "change_rose" if points > 0 else "change_fell" if points < 0 else "change_steady"
    return _say(
        key,
        points=format_score(abs(points)),
        previous=format_score(change.previous),
        current=format_score(change.current),
    )


def describe_mark(change: Change | None) -> str:
    """Return the remark that part of the rules changed, or nothing.

    For unconfirmed rules that is unknown; the banner says so.
    """
    if change is None or change.verdict != "changed":
        return ""
    return f" {label('report.bottom_line.change_marked')}"


def describe_next_level(data: ReportData) -> str:
    """Say what is missing for the next level; nothing at the top or without a level."""
    following = data.assessment.next_level
    if following is None:
        return ""
    one = common_need(following.missing)
    missing = join_names(_missing(data, each, one) for each in following.missing)
    open_codes = [e.code for e in following.requirements if e.state == "open" and e.code != "ITA"]
    unknown = join_names(condition_name(data.framework, code) for code in open_codes)
    if not missing and not unknown:
        return ""
    if not missing:
        return _say("next_open", level=following.level.name, open=unknown)
    key = "next_bars" if following.barred_by_components else "next_missing"
    return _say(
        key,
        level=following.level.name,
        needed=format_score(one) if one is not None else "",
        missing=missing,
        open=unknown,
        below=_missed_by_a_part(data, open_codes, following),
    )


def _missed_by_a_part(data: ReportData, unknown: list[str], following: NextLevel) -> str:
    """Return the points that one of the unknown parts must be short, because the whole is."""
    needed = {each.code: each.needed for each in following.requirements}
    for instrument in data.framework.instruments.list:
        parts = [part.code for part in instrument.parts]
        value = data.assessment.value(instrument.code)
        if parts and parts == unknown and value is not None:
            least = needed[parts[0]]
            return format_score(least) if to_hundredths(value) < least else ""
    return ""


def common_need(missing: Sequence[Requirement]) -> Fraction | None:
    """Return the points that all missed conditions ask for, where more than one asks the same."""
    needed = {each.needed for each in missing}
    return needed.pop() if len(needed) == 1 < len(missing) else None


def _missing(data: ReportData, requirement: Requirement, told: Fraction | None) -> str:
    name = condition_name(data.framework, requirement.code)
    needed = "" if told is not None else format_score(requirement.needed)
    if requirement.gap is None:
        return _say("next_short_open", name=name, needed=needed)
    return _say("next_short", name=name, gap=format_score(requirement.gap), needed=needed)


def describe_check(data: ReportData) -> str:
    """Say whether the published figures follow from the indicators."""
    comparisons, by = data.assessment.comparisons, data.assessment.scores.overall_told
    told = label(f"words.told.{by}")
    if not any(each.code == "ITA" and each.is_used for each in comparisons):
        return _say("check_none") if data.assessment.reading("ITA").published else ""
    wrong = [each for each in comparisons if not each.agrees and _is_total(data, each)]
    if not wrong:
        gap = next(abs(e.difference) for e in comparisons if e.code == "ITA" and e.is_used)
        key = "check_rounded" if to_hundredths(gap) else "check_agrees"
        return _say(key, told=told, gap=format_score(gap))
    parts = join_names(_part(each, by) for each in wrong)
    overall_agrees = not any(each.code == "ITA" and each.is_used for each in wrong)
    return _say("check_printed" if overall_agrees else "check_differs", parts=parts, told=told)


def _is_total(data: ReportData, comparison: PublishedAgainstComputed) -> bool:
    return comparison.code == "ITA" or comparison.code in shown_components(data)


def _part(comparison: PublishedAgainstComputed, told: Told) -> str:
    overall = comparison.code == "ITA"
    return _say(
        "check_part" if comparison.is_used else "check_part_printed",
        name=label("words.overall") if overall else comparison.code,
        published=format_score(comparison.published),
        computed=format_score(comparison.computed),
        difference=format_score(abs(comparison.difference)),
        by=said_by(told),
    )


def describe_missing(data: ReportData) -> str:
    """Say which figures the data lack."""
    return join_names(_missing_kinds(data))


def _missing_kinds(data: ReportData) -> Iterator[str]:
    assessment = data.assessment
    components = [code for code in shown_components(data) if assessment.value(code) is None]
    if not assessment.scored_indicators and len(components) == len(shown_components(data)):
        yield _say("missing_all_indicators")
        components = []
    elif assessment.missing_indicators:
        yield _say(
            "missing_indicators", codes=join_names(i.code for i in assessment.missing_indicators)
        )
    if components:
        names = join_names(data.framework.component_name(code) for code in components)
        yield _say("missing_components", names=names)
    if not data.scored_items:
        yield _say("missing_items")
