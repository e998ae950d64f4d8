"""The colours of the charts: told apart by colour-blind readers, and by lightness in grey print."""

from __future__ import annotations

INSTRUMENTS = {"IIT": "#1f5a92", "EIT": "#c26a00", "OIT": "#2a7f6f"}
TARGET = "#8c2d2d"
INK = "#1b2733"
MUTED = "#6b7782"
GRID = "#dfe4e8"
OTHER = "#4b5a68"


def colour_of(instrument: str) -> str:
    """Return the colour of an instrument; a year may name new ones."""
    return INSTRUMENTS.get(instrument, OTHER)
