"""The colours of the charts: told apart by colour-blind readers, and by lightness in grey print."""

from __future__ import annotations

INSTRUMENTS = {"IIT": "#173f6b", "EIT": "#d67d1e", "OIT": "#26705f"}
TARGET = "#8c2d2d"
BELOW = "#a01f1f"
INK = "#1b2733"
MUTED = "#5c6873"
GRID = "#dfe4e8"
OTHER = "#4b5a68"


def colour_of(instrument: str) -> str:
    """Return the colour of an instrument; a year may name new ones."""
    return INSTRUMENTS.get(instrument, OTHER)
