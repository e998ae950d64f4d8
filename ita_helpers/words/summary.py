"""The summary of the whole result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ita_helpers.language.catalogue import join_names, label, say, spaced
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.scoring.findings import (
    Standing,
    below_target,
    find_change,
    find_level_change,
    find_way_up,
    largest_losses,
    stand,
)
from ita_helpers.scoring.readings import Loss
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import (
    NAMED_TIES,
    describe_level_change,
    describe_overall_change,
    join_change,
)
from ita_helpers.words.figures import about, said_by, write_score
from ita_helpers.words.phrases import (
    against_target,
    describe_missing,
    describe_suggestions,
    describe_ways,
    name_indicator,
    name_indicators,
)
from ita_helpers.words.rules import condition_name


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
    yield _beside_all(data, standing)
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
        whole = len(below) == len(data.framework.indicators.list)
        yield _say("summary.indicators_below", names=name_indicators(below), whole=whole)
    if not has_new_level:
        yield _overall_change(data)
    yield from describe_suggestions(data, ("ITA",))


def _beside_all(data: ReportData, standing: Standing) -> str:
    """Say how the overall score stands to the mean of all agencies, where it is known."""
    mean = data.reference_score(data.fiscal_year, "ITA")
    if mean is None or data.assessment.reading("ITA").is_about:
        return ""
    gap = standing.score - to_hundredths(Fraction(mean))
    key = "above" if gap > 0 else "below" if gap < 0 else "equal"
    return _say(f"summary.mean.{key}", mean=format_score(mean), gap=format_score(abs(gap)))


def _level(data: ReportData) -> Iterator[str]:
    """Say what bars the next level, or what leaves the level open."""
    verdict = data.assessment.verdict
    either = f" {label('narrative.summary.or_level')} "
    possible = either.join(f"“{each.name}”" for each in verdict.possible)
    names = join_names(condition_name(data.framework, code) for code in verdict.open_components)
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
    """Name what is below the target, and where most is missing."""
    codes = [each.code for each in data.framework.instruments.list]
    below = [s for code in codes if (s := stand(data.assessment, code)) and s.is_weakness]
    if below:
        names = join_names(each.code for each in below)
        yield _say("summary.below", names=names, whole=len(below) == len(codes))
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
    """Return up to three losses, never splitting a tie of printed points."""
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
    said = join_change(describe_overall_change(data), level, data)
    return _say("summary.change", year=data.fiscal_year - 1, change=said)


def _compare_instruments(data: ReportData) -> Iterator[str]:
    scores = {
        each.code: to_hundredths(value)
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


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.{key}", **facts)
