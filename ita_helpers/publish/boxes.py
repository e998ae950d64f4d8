"""Finding letters that no font of the PDF has (an emoji, say) and that appear as boxes.

The compiler's built-in fonts are in no file we could query, so each letter is drawn, and one that
looks like a letter no font has is missing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import as_file, files

import typst

from ita_helpers.files.moving import scratch_folder
from ita_helpers.publish.fonts import read_fonts

BOX = "\u25a1"
_NOBODY_HAS = "\U0010fffd"
_UNSURE = re.compile(
    r"[^\x00-\x7e\u00a0-\u017f\u0e01-\u0e3a\u0e3f-\u0e5b\u200b-\u200d\u2010-\u2027\u2030-\u203a\u2190-\u2193"
    r"\u2212\u2260\u2264\u2265\u25a1]"
)
"""All but everyday letters; a test shows that each of those is drawn."""
_may_draw = ContextVar("may_draw", default=True)
_GLYPH = re.compile(rb'href="#(g[0-9A-F]+)"')


def letters_without_font(text: str) -> str:
    """Return the letters of a text that the PDF shows as boxes, each once.

    >>> letters_without_font("ได้ 92.86 → ดี 📌 ①")
    '📌'
    """
    unsure = "".join(sorted(set(_UNSURE.findall(text))))
    return undrawn(unsure) if unsure and _may_draw.get() else ""


@contextmanager
def drawing_nothing() -> Iterator[None]:
    """Take every letter to be in some font: the compiler would start threads."""
    before = _may_draw.set(False)
    try:
        yield
    finally:
        _may_draw.reset(before)


def is_unsure(letter: str) -> bool:
    """Whether a letter has to be drawn to know that some font has it."""
    return bool(_UNSURE.match(letter))


@cache
def undrawn(letters: str) -> str:
    """Return the letters drawn like one that no font has; marks are drawn over a digit."""
    drawn = [f"1{each}" if unicodedata.category(each)[0] == "M" else each for each in letters]
    with (
        scratch_folder() as folder,
        as_file(files("ita_helpers")) as package,
    ):
        source = folder / "letters.typ"
        source.write_bytes((package / "publish/templates/letters.typ").read_bytes())
        source.with_suffix(".json").write_text(json.dumps([_NOBODY_HAS, *drawn]), encoding="utf-8")
        pages = typst.compile(source, font_paths=read_fonts(package), format="svg")
    listed = pages if isinstance(pages, list) else [pages]
    missing, *found = (set(_GLYPH.findall(page)) for page in listed)
    return "".join(each for each, glyphs in zip(letters, found, strict=True) if glyphs & missing)
