"""What an alternative text says of a chart's numbers: the highest and the lowest.

All of them stand in a table, which the assembled paper names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from ita_helpers.language.catalogue import join_names, say, spaced
from ita_helpers.language.points import format_score, to_hundredths

MOST_NAMES = 3
"""More of the same score are counted, not named."""
Named = tuple[str, Fraction, str]
"""A name, its score in points and how the score is written."""


def tell_extremes(named: Sequence[Named], call: Callable[[Iterable[str]], str] = join_names) -> str:
    """Say which scores are highest and lowest; ``call`` joins the names that share one."""
    points = [to_hundredths(value) for _, value, _ in named]
    if len({*points}) == 1:
        return say("report.chart.equal", score=named[0][2])

    def those(extreme: object) -> tuple[str, str]:
        sharing = [each for each, found in zip(named, points, strict=True) if found == extreme]
        names = [name for name, _, _ in sharing]
        told = say("report.chart.several", count=len(names), names=call(names[:1]))
        return (call(names) if len(names) <= MOST_NAMES else told), sharing[0][2]

    (highest, most), (lowest, least) = those(max(points)), those(min(points))
    return say(
        "report.chart.extremes",
        highest=spaced(highest),
        most=most,
        lowest=spaced(lowest),
        least=least,
    )


def as_written(name: str, value: Fraction) -> Named:
    """Return a name with its score in two decimals."""
    return name, value, format_score(value)


def call_indicators(codes: Iterable[str]) -> str:
    """Join the codes of indicators after the word for them."""
    return say("report.chart.indicators", codes=join_names(codes))
