"""Formulas as small drawings, by matplotlib's mathtext: no script, no font and no TeX needed."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import lru_cache

from ita_helpers.catalogue import label, say

log = logging.getLogger(__name__)

SIZE = 11.5
"""Points: the size of the text around a formula."""
MARGIN = 0.6
DIGITS = 2
_THAI = re.compile(r"[\u0e00-\u0e7f]")


@dataclass(frozen=True)
class Drawing:
    """A formula as SVG; width, height and depth under the line of text in points."""

    svg: str
    width: float
    height: float
    depth: float


@lru_cache(maxsize=256)
def draw_formula(tex: str) -> Drawing | None:
    """Return the drawn formula, or nothing for TeX that mathtext cannot read (with a warning)."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath, TextToPath

    font = FontProperties(family="DejaVu Sans", size=SIZE)
    written = f"${' '.join(tex.split())}$"
    try:
        if _THAI.search(tex):
            raise ValueError(label("messages.formula_in_thai"))
        _, height, depth = TextToPath().get_text_width_height_descent(written, font, ismath=True)
        path = TextPath((0, 0), written, size=SIZE, prop=font)
        box = path.get_extents()
    except (ValueError, RuntimeError) as error:
        log.warning(say("messages.formula_not_drawn", tex=tex[:80], reason=_first_line(error)))
        return None
    if not len(path.vertices) or box.width <= 0:
        return None
    bottom = float(max(depth, -box.y0)) + MARGIN
    top = float(max(height - depth, box.y1)) + MARGIN
    width = float(box.x1) + 2 * MARGIN
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.2f} {top + bottom:.2f}">'
        f'<path fill="currentColor" d="{_path_data(path, MARGIN, top)}"/></svg>'
    )
    return Drawing(svg, width, top + bottom, bottom)


def _path_data(path: object, left: float, top: float) -> str:
    commands = {1: "M", 2: "L", 3: "Q", 4: "C", 79: "Z"}
    pieces = []
    for vertices, code in path.iter_segments():  # type: ignore[attr-defined]
        numbers = [
            round(left + value if place % 2 == 0 else top - value, DIGITS)
            for place, value in enumerate(vertices)
        ]
        pieces.append(commands[int(code)] + ("" if code == 79 else " ".join(map(str, numbers))))
    return "".join(pieces)


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
