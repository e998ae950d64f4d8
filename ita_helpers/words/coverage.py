"""What a plan covers, in words, and which elements it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ita_helpers.faces.absent import Absent
from ita_helpers.faces.prose import Words
from ita_helpers.language.catalogue import join_names, label, say
from ita_helpers.language.points import format_score, round_half_up
from ita_helpers.records.plan import Measure, Plan
from ita_helpers.scoring.coverage import Coverage, cover
from ita_helpers.scoring.findings import NOTABLE
from ita_helpers.scoring.readings import Loss
from ita_helpers.scoring.report_data import ReportData

NAMED = 8
"""At most this many items or measures are named; more are only counted."""


def coverage_of(data: ReportData) -> Coverage | None:
    """Return what the plan covers, where it names indicators and they are all scored."""
    if data.plan is None or not data.plan.names_indicators:
        return None
    return cover(data.plan, data.assessment, data.weak_below)


def describe_coverage(data: ReportData) -> Words | Absent:
    """Describe what the measures address, and what none of them does."""
    coverage = coverage_of(data)
    if coverage is None or data.plan is None:
        return without_coverage(data)
    said = [_share(coverage)]
    if coverage.uncovered:
        said.append(_uncovered(coverage))
    elif coverage.lost:
        said.append(label("plan.coverage.all"))
    if coverage.lowest_uncovered:
        codes = join_names(each.code for each in coverage.lowest_uncovered)
        said.append(say("plan.coverage.lowest", codes=codes))
    if coverage.items:
        shown = [each.code.upper() for each in coverage.items[:NAMED]]
        more = len(coverage.items) - len(shown)
        said.append(say("plan.coverage.items", codes=join_names(shown), more=more))
    for kind, measures in (("aimless", coverage.aimless), ("uncounted", coverage.uncounted)):
        if measures:
            said.append(_numbered(kind, measures, data.plan))
    return Words((" ".join(said),))


def _numbered(kind: str, measures: Sequence[Measure], plan: Plan) -> str:
    """Say something of measures by their numbers in the plan."""
    numbers = [str(1 + plan.measures.index(each)) for each in measures]
    more = max(0, len(numbers) - NAMED)
    return say(f"plan.coverage.{kind}", numbers=join_names(numbers[:NAMED]), more=more)


def without_coverage(data: ReportData) -> Absent:
    """Return what is missing where there is no coverage."""
    is_unnamed = data.plan is not None and not data.plan.names_indicators
    return Absent("named_indicators" if is_unnamed else "coverage")


def missing_elements(data: ReportData) -> list[str]:
    """Return the elements the evidence year asks for that the layout of the measures lacks."""
    if data.evidence is None:
        return []
    has = label(f"plan.elements.{data.layout.plan_layout}").split(" | ")
    return [each for each in data.evidence.required_elements if each not in has]


def _share(coverage: Coverage) -> str:
    return say(
        "plan.coverage.share",
        addressed=format_score(coverage.addressed),
        lost=format_score(coverage.lost),
        share=_per_cent(coverage),
    )


def _uncovered(coverage: Coverage) -> str:
    """Name the indicators without a measure that lose much; of the others tell count and sum."""
    named = [each for each in coverage.uncovered if each.points >= NOTABLE * coverage.lost]
    rest = coverage.uncovered[len(named) :]
    points = format_score(sum((each.points for each in rest), Fraction(0)))
    others = [say("plan.coverage.others", count=len(rest), points=points)] if rest else []
    if not named:
        return say("plan.coverage.only_others", others=others[0])
    return say("plan.coverage.uncovered", names=join_names([*map(_indicator, named), *others]))


def _per_cent(coverage: Coverage) -> int:
    """Return the share in whole per cent: 100 only if nothing is left, 0 only for none.

    The printed points would not bear out decimals.
    """
    rounded = int(round_half_up(coverage.share, 0))
    if coverage.uncovered:
        rounded = min(rounded, 99)
    return max(rounded, 1) if coverage.addressed else rounded


def _indicator(loss: Loss) -> str:
    return say(
        "plan.coverage.indicator",
        code=loss.indicator.code,
        name=loss.indicator.name,
        points=format_score(loss.points),
    )
