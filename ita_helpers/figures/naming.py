"""Names before the rows of a chart, each with the code of its instrument beside it.

The code is what tells instruments apart in grey print; colours only help.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ita_helpers.figures.drawing import Sheet, width_of
from ita_helpers.figures.palette import INK, MUTED
from ita_helpers.language.excerpts import whole_at

BASELINE = 3.8
"""Points from the middle of a row down to the foot of its letters."""
GAP = 10.0
"""Points between a name, a code and what is drawn."""


@dataclass(frozen=True)
class RowName:
    """The name of a row in the report's digits; ``code`` is empty where the name tells it."""

    text: str
    code: str = ""
    is_bold: bool = False

    @property
    def weight(self) -> str:
        """The weight its letters have."""
        return "bold" if self.is_bold else "normal"


def fit_names(names: Sequence[RowName], room: float) -> tuple[list[str], float]:
    """Return the names as they fit into ``room`` points, and where the drawing may begin."""
    codes = max(width_of(each.code) for each in names)
    codes += GAP if codes else 0
    fitting = [shorten(each.text, room - codes, bold=each.is_bold) for each in names]
    widest = max(
        width_of(text, bold=each.is_bold) for text, each in zip(fitting, names, strict=True)
    )
    return fitting, widest + codes + GAP


def shorten(text: str, room: float, *, bold: bool = False) -> str:
    """Return the text, or as much of it as there is room for."""
    if width_of(text, bold=bold) <= room:
        return text
    while text and width_of(text + "…", bold=bold) > room:
        text = text[: whole_at(text, len(text) - 1)]
    return text.rstrip() + "…"


def draw_name(sheet: Sheet, name: RowName, text: str, y: float, end: float) -> None:
    """Write a name at the left edge, and its instrument before ``end``."""
    sheet.text(0, y + BASELINE, text, weight=name.weight, color=INK)
    if name.code:
        sheet.text(end - GAP, y + BASELINE, name.code, ha="right", color=MUTED)
