"""The summary of the whole result: what it was, and what is to be developed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score, to_hundredths
from ita_helpers.scoring.findings import (
    NOTABLE,
    find_lowest_items,
    find_way_up,
    largest_losses,
    stand,
)
from ita_helpers.scoring.priorities import find_tasks
from ita_helpers.scoring.readings import Loss
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.words.bottom_line import NAMED_TIES, shown_components
from ita_helpers.words.figures import said_by, write_score
from ita_helpers.words.phrases import (
    against_target,
    describe_suggestions,
    describe_ways,
    name_indicator,
)
from ita_helpers.words.rules import condition_name

NAMED_ITEMS = 2
"""Of so many indicators the lowest items are named."""


def describe_result(data: ReportData) -> Iterator[str]:
    """Yield what every report says of a result: score, level and target, of each component too.

    What leaves score or level in doubt follows.
    """
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
    yield _components(data)
    yield from _disagreement(data)
    yield from _doubt(data)


def summarise(data: ReportData) -> Iterator[str]:
    """Yield what the summary page says beside its tables: what is to be developed, and why."""
    yield _largest_losses(data)
    yield _lowest_items(data)
    way = find_way_up(data.assessment)
    yield describe_ways(data, way.barring) if way else ""
    known = [*shown_components(data), *(each.code for each in data.framework.indicators.list)]
    has_overall = data.assessment.value("ITA") is not None
    if has_overall and all(data.assessment.value(code) is None for code in known):
        yield _say("summary.only_overall")
    yield from describe_suggestions(data, ("ITA",))


def _components(data: ReportData) -> str:
    """Say how each component stands to the target; empty without any."""
    standings = [
        standing for code in _judged(data) if (standing := stand(data.assessment, code)) is not None
    ]
    reached, below = (
        [_component(data, each.code) for each in standings if each.is_weakness is is_weakness]
        for is_weakness in (False, True)
    )
    if not standings:
        return ""
    is_same = standings[0].target == to_hundredths(data.target)
    target = "" if is_same else format_score(standings[0].target)
    return _say("summary.components", reached=reached, below=below, target=target)


def _judged(data: ReportData) -> Sequence[str]:
    """Return the components: an instrument stands for parts of which one has no score."""
    codes: list[str] = []
    for instrument in data.framework.instruments.list:
        parts = [each.code for each in instrument.parts]
        is_known = parts and all(data.assessment.value(code) is not None for code in parts)
        codes += parts if is_known else [instrument.code]
    return codes


def _component(data: ReportData, code: str) -> str:
    name = condition_name(data.framework, code)
    return _say("summary.component", name=name, score=write_score(data.assessment, code))


def _doubt(data: ReportData) -> Iterator[str]:
    """Say what leaves the level open."""
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


def _largest_losses(data: ReportData) -> str:
    """Say where most of the points are missing, and how much of all that is."""
    losses = _largest(largest_losses(data.assessment))
    overall = data.assessment.reading("ITA").computed
    if not losses or overall is None or data.assessment.missing_indicators:
        return ""
    share = sum((each.points for each in losses), Fraction(0)) / (100 - overall) * 100
    return _say(
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
        total=format_score(100 - overall),
        share=format_score(share),
    )


def _largest(losses: Sequence[Loss]) -> Sequence[Loss]:
    """Return up to three notable losses, never splitting a tie of printed points."""
    lost = sum((each.points for each in losses), Fraction(0))
    notable = sum(each.points >= NOTABLE * lost for each in losses)
    points = [each.printed for each in losses]
    count = min(NAMED_TIES, notable)
    while 0 < count < len(losses) and points[count - 1] == points[count]:
        count -= 1
    return losses[:count]


def _lowest_items(data: ReportData) -> str:
    """Name the lowest item of each indicator to work on, where the scores of items are known."""
    tasks = find_tasks(data)[:NAMED_ITEMS]
    found = (find_lowest_items(data.assessment, each.indicator) for each in tasks)
    items = [
        _say(
            "summary.item",
            code=item.code.upper(),
            topic=item.topic or "",
            score=format_score(each.score),
        )
        for each in found
        if each is not None and len(each.items) == 1
        for item in each.items
    ]
    return _say("summary.items", items=items) if items else ""


def _say(key: str, **facts: object) -> str:
    return say(f"narrative.{key}", **facts)
