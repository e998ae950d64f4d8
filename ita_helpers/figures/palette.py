"""Colours and forms of the charts.

Each text has at least 4.5 : 1 with what lies under it, and each mark 3 : 1. The instruments differ
by form, and by lightness where there is only an area: both remain in grey print.
"""

from __future__ import annotations

INSTRUMENTS = {"IIT": ("#173f6b", "o"), "EIT": ("#d67d1e", "s"), "OIT": ("#26705f", "D")}
"""The colour of each instrument's marks, and their form as matplotlib names it."""
OTHER = ("#4b5a68", "P")
TARGET = "#8c2d2d"
BELOW = "#a01f1f"
INK = "#1b2733"
MUTED = "#5c6873"
OTHERS = "#84919d"
GRID = "#dfe4e8"


def colour_of(instrument: str) -> str:
    """Return the colour of an instrument; a year may name new ones."""
    return INSTRUMENTS.get(instrument, OTHER)[0]


def form_of(instrument: str) -> str:
    """Return the form of an instrument's marks; a year may name new ones."""
    return INSTRUMENTS.get(instrument, OTHER)[1]
