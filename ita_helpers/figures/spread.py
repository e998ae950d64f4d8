"""How many offices lie in each range of overall scores, with one of them marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.patches import Rectangle

from ita_helpers.faces.absent import Absent
from ita_helpers.figures.drawing import (
    WIDTH,
    Figure,
    Sheet,
    chart_data,
    report_style,
    width_of,
)
from ita_helpers.figures.naming import BASELINE
from ita_helpers.figures.palette import BELOW, INK, MUTED, TARGET, colour_of
from ita_helpers.language.catalogue import label, say
from ita_helpers.language.points import format_count, format_score
from ita_helpers.language.thai import with_numerals
from ita_helpers.scoring.compared import ComparisonData
from ita_helpers.words.comparison import call

STEP, LOWEST = 5, 50
"""Points of a range; all below the lowest are one."""
ROW, THICK, EDGE, FOOT = 19.0, 12.0, 3.0, 4.0
GAP = 5.0
"""Points from a bar to its number, and between a name and its bar."""
FEWEST = 2
"""A single office has no distribution."""


@dataclass(frozen=True)
class Bin:
    """The scores from ``low`` to below ``low`` + 5 points; the last one holds 100 as well."""

    low: int
    high: int
    count: int
    is_below: bool
    marked: str = ""

    @property
    def name(self) -> str:
        """The range in two decimals."""
        if self.low == 0:
            return say("comparison.spread.under", high=f"{self.high}.00")
        last = "100.00" if self.high == 100 else f"{self.high - 1}.99"
        return say("comparison.spread.bin", low=f"{self.low}.00", high=last)


def bins_of(data: ComparisonData) -> tuple[Bin, ...]:
    """Return the ranges from the highest down to the last that holds an office."""
    scores = [each.overall for each in data.scored if each.overall is not None]
    edges = [100 - STEP * number for number in range(1, (100 - LOWEST) // STEP + 1)]
    ranges = [(low, low + STEP) for low in edges] + [(0, LOWEST)]
    found = [
        Bin(
            low,
            high,
            sum(_lies(score, low, high) for score in scores),
            Decimal(high) <= data.target,
            _told(data) if _lies(data.marked_score, low, high) else "",
        )
        for low, high in ranges
    ]
    last = max((n for n, each in enumerate(found) if each.count), default=-1)
    return tuple(found[: last + 1])


def _lies(score: Decimal | None, low: int, high: int) -> bool:
    return score is not None and (low <= score < high or score == high == 100)


def _told(data: ComparisonData) -> str:
    own = data.marked_office
    if own is None or own.overall is None:
        return ""
    name = call(data, own.office)
    return say("comparison.spread.is_marked", name=name, score=format_score(own.overall))


def plot_spread(data: ComparisonData, width: float = WIDTH) -> Figure | Absent:
    """Return how many offices lie in each range of five points, the highest first.

    ``width`` is in inches.
    """
    bins = bins_of(data)
    if len(data.scored) < FEWEST:
        return Absent("none")
    most = max(bins, key=lambda each: each.count)
    count = len(data.scored)
    finding = say("comparison.spread.most", bin=most.name, count=most.count, of=count)
    heads = [label(f"comparison.spread.head.{key}") for key in ("bin", "count")]
    caption = say("comparison.spread.caption", finding=finding)
    return Figure(
        caption,
        say(
            "comparison.spread.alt",
            finding=finding,
            target=format_score(data.target),
            below=len(data.below),
            marked=_told(data).removeprefix("« "),
        ),
        _draw(data, bins, caption, width * 72),
        chart_data(caption, heads, [(each.name, format_count(each.count)) for each in bins]),
    )


def _draw(data: ComparisonData, bins: Sequence[Bin], salt: str, width: float) -> str:
    def digits(text: str) -> str:
        return with_numerals(text, data.numerals)

    names = [digits(each.name) for each in bins]
    with report_style(salt):
        sheet = Sheet(width, EDGE + ROW * len(bins) + FOOT + ROW)
        left = max(map(width_of, names)) + GAP
        beside = max(width_of(digits(_beside(each)), bold=True) for each in bins)
        room = max(width - left - beside - 2 * GAP, 40.0)
        most = max(each.count for each in bins) or 1
        for place, (each, name) in enumerate(zip(bins, names, strict=True)):
            texts, middle = (name, digits(_beside(each))), EDGE + ROW * (place + 0.5)
            _draw_row(sheet, each, texts, middle=middle, left=left, room=room / most)
        _draw_target(sheet, bins, digits(_target(data)), left, width)
        return sheet.to_svg()


def _beside(each: Bin) -> str:
    return f"{format_count(each.count)} {each.marked}".strip()


def _draw_row(
    sheet: Sheet, each: Bin, texts: tuple[str, str], *, middle: float, left: float, room: float
) -> None:
    """Draw a range: its name, its bar and what stands beside it (``texts``)."""
    weight = "bold" if each.marked else "normal"
    sheet.text(0, middle + BASELINE, texts[0], color=INK, weight=weight)
    end = left + room * each.count
    if each.count:
        colour = BELOW if each.is_below else colour_of("IIT")
        corner = (left, middle - THICK / 2)
        sheet.add_artist(Rectangle(corner, end - left, THICK, facecolor=colour))
    sheet.text(end + GAP, middle + BASELINE, texts[1], weight=weight, color=INK)


def _target(data: ComparisonData) -> str:
    return say("comparison.spread.target", target=format_score(data.target))


def _draw_target(sheet: Sheet, bins: Sequence[Bin], said: str, left: float, width: float) -> None:
    """Draw the target as a dashed line between the ranges above and below it."""
    below = next((place for place, each in enumerate(bins) if each.is_below), len(bins))
    y = EDGE + ROW * below
    sheet.plot([0, width], [y, y], color=TARGET, linewidth=1.0, linestyle=(0, (4, 2)))
    foot = EDGE + ROW * len(bins) + FOOT
    sheet.plot([left, left], [EDGE, EDGE + ROW * len(bins)], color=MUTED, linewidth=0.8)
    sheet.plot([0, 18], [foot + ROW / 2] * 2, color=TARGET, linewidth=1.0, linestyle=(0, (4, 2)))
    sheet.text(18 + GAP, foot + ROW / 2 + BASELINE, said, color=TARGET)
