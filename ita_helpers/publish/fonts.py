"""The fonts of the compiler, read once by a process and not at each run."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst


@cache
def read_fonts(package: Path) -> typst.Fonts:
    """Return the fonts in the folder of this package, and the compiler's own."""
    return typst.Fonts(include_system_fonts=False, font_paths=[package / "faces/fonts"])
