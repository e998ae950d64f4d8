"""How wide text is in the bold face of our font."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import as_file, files
from math import fsum

from PIL import ImageFont

UNKNOWN = 1.0
"""Width of a letter that our font lacks, in ems."""
MEASURED = 1000


@lru_cache(maxsize=20_000)
def text_width(text: str) -> float:
    """Return the width of a text in the bold face of our font, in ems."""
    return fsum(map(_letter_width, text))


@cache
def _letter_width(letter: str) -> float:
    known = letter <= "\u024f" or "\u0e00" <= letter <= "\u0e7f" or "\u2000" <= letter <= "\u203f"
    return _face().getlength(letter) / MEASURED if known else UNKNOWN


@cache
def _face() -> ImageFont.FreeTypeFont:
    with as_file(files("ita_helpers.faces") / "fonts/Sarabun-Bold.ttf") as file:
        return ImageFont.truetype(file, MEASURED, layout_engine=ImageFont.Layout.BASIC)
