"""Drawing formulas with matplotlib's mathtext: no script, no font and no TeX needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ita_helpers.language.catalogue import label

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


def draw_formula(tex: str) -> Drawing | None:
    """Return the drawn formula, or nothing for TeX that mathtext cannot read."""
    drawn = _draw(tex)
    return drawn if isinstance(drawn, Drawing) else None


def fault_of(tex: str) -> str:
    """Return why a formula cannot be drawn; nothing for one that can, or that shows nothing."""
    drawn = _draw(tex)
    return drawn if isinstance(drawn, str) else ""


@lru_cache(maxsize=256)
def _draw(tex: str) -> Drawing | str:
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
        return _last_line(error)
    if not len(path.vertices) or box.width <= 0:
        return ""
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


def _last_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1] if lines else type(error).__name__
