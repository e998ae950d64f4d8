"""A strip of dots for each score: all peers' scores, with the office's own one marked.

Dots that would lie on each other are one, so that a picture of thousands stays small. The own mark
differs from the others by form, size and lightness, and so is found in grey print as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ita_helpers.faces.absent import Absent
from ita_helpers.figures.dots import FOOT, ROW, Scale, draw_scale
from ita_helpers.figures.drawing import (
    Figure,
    Sheet,
    report_style,
    width_of,
)
from ita_helpers.figures.naming import BASELINE, RowName, draw_name, fit_names
from ita_helpers.figures.palette import INK, INSTRUMENTS, MUTED, OTHERS, TARGET
from ita_helpers.language.catalogue import label, say
from ita_helpers.scoring.peer_ranking import OVERALL, Standing
from ita_helpers.scoring.report_data import ReportData
from ita_helpers.tables.peers import name_of_row
from ita_helpers.words.peers import name_of_peers, standings

SLENDER = 5.3
"""Inches: so that its letters can be read on a telephone, and the strip still tells 87 from 88."""
HEAD = 19.0
"""Points above the rows, for the key."""
MOST_OF_WIDTH = 0.5
"""Share of the width that names may take."""
GAP, DOT, APART = 8.0, 4.6, 2.0
"""Points between strip and rank, of a dot, and between two dots that are told apart."""
OWN = INSTRUMENTS["IIT"][0]


def plot_peers(data: ReportData, width: float = SLENDER) -> Figure | Absent:
    """Return a strip of dots for the overall score and each indicator; ``width`` is in inches."""
    found = [*standings(data).values()]
    if not found:
        return Absent("none")
    caption = say("peers.chart", group=name_of_peers(data))
    return Figure(caption, _alternative(data, found), _draw(data, found, caption, width * 72))


def _alternative(data: ReportData, found: Sequence[Standing]) -> str:
    overall = next((each for each in found if each.code == OVERALL), None)
    ranked = sorted(found, key=lambda each: each.rank / each.count)
    best, worst = (_said(data, each) for each in (ranked[0], ranked[-1]))
    return say(
        "peers.alt",
        count=len(found),
        overall=overall.rank if overall else 0,
        of=overall.count if overall else 0,
        best=best,
        worst=worst,
    )


def _said(data: ReportData, each: Standing) -> str:
    name = name_of_row(data, each.code)
    return say("peers.alt_row", name=name, rank=each.rank, count=each.count)


def _draw(data: ReportData, found: Sequence[Standing], salt: str, width: float) -> str:
    names = [
        RowName(data.digits(name_of_row(data, each.code)), is_bold=each.code == OVERALL)
        for each in found
    ]
    ranks = [
        data.digits(say("peers.rank_in_chart", rank=each.rank, count=each.count)) for each in found
    ]
    with report_style(salt):
        sheet = Sheet(width, HEAD + ROW * len(found) + FOOT)
        texts, left = fit_names(names, width * MOST_OF_WIDTH)
        room = max(width_of(rank, bold=True) for rank in ranks)
        start = min(int(each.all[0]) // 10 * 10 for each in found)
        scale = Scale(min(start, 90), left, width - room - GAP - DOT)
        _draw_key(sheet, data.digits, width)
        for place, (each, name, text, rank) in enumerate(
            zip(found, names, texts, ranks, strict=True)
        ):
            middle = HEAD + ROW * (place + 0.5)
            draw_name(sheet, name, text, middle, left)
            _draw_strip(sheet, each, scale, middle)
            sheet.text(width, middle + BASELINE, rank, ha="right", color=INK, weight=name.weight)
        draw_scale(sheet, scale, HEAD + ROW * len(found), data.digits)
        return sheet.to_svg()


def _draw_strip(sheet: Sheet, each: Standing, scale: Scale, y: float) -> None:
    places = sorted({round(scale.at(float(score)) / APART) * APART for score in each.all})
    _draw_others(sheet, places, y)
    middle = scale.at(float(each.middle))
    sheet.plot([middle, middle], [y - 6.5, y + 6.5], color=TARGET, linewidth=1.4, zorder=3)
    _draw_own(sheet, scale.at(float(each.score)), y)


def _draw_others(sheet: Sheet, places: Sequence[float], y: float) -> None:
    """Draw dots as one path: a short line with round ends for each."""
    across = [x for place in places for x in (place - 0.05, place + 0.05, float("nan"))]
    down = [value for _ in places for value in (y, y, float("nan"))]
    sheet.plot(across, down, color=OTHERS, linewidth=DOT, solid_capstyle="round", zorder=2)


def _draw_own(sheet: Sheet, x: float, y: float) -> None:
    for size, colour in ((9.5, "white"), (7.5, OWN)):
        sheet.plot(
            [x],
            [y],
            linestyle="none",
            marker="D",
            markersize=size,
            color=colour,
            markeredgewidth=0,
            zorder=4,
        )


def _draw_key(sheet: Sheet, digits: Callable[[str], str], width: float) -> None:
    """Name the marks above the rows, from the right edge."""
    end, y = width, HEAD - 10
    for key in ("middle", "others", "own"):
        text = digits(label(f"peers.key.{key}"))
        sheet.text(end, y + BASELINE, text, ha="right", color=MUTED)
        x = end - width_of(text) - GAP
        if key == "own":
            _draw_own(sheet, x, y)
        elif key == "others":
            _draw_others(sheet, [x], y)
        else:
            sheet.plot([x, x], [y - 6, y + 6], color=TARGET, linewidth=1.4)
        end = x - 2 * GAP
