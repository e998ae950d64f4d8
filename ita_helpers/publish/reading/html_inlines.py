"""Collecting formatted text into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ita_helpers.publish.clean_text import clean_text
from ita_helpers.publish.tree import (
    Block,
    Cell,
    Inlines,
    Paragraph,
    Text,
    renewed,
)

_SPACES = re.compile(r"[ \t\r\n]+")
_THAI = re.compile(r"[\u0e00-\u0e7f]")


@dataclass(frozen=True)
class Format:
    """The looks of a run of text."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    verbatim: bool = False
    href: str = ""
    raised: Literal["", "sup", "sub"] = ""
    struck: bool = False


def inline_formula(text: str) -> Text:
    r"""Read ``\(x\)``; two prices in one sentence are no formula."""
    tex = text.strip()[2:-2]
    is_formula = bool(tex) and tex == tex.strip() and not _THAI.search(tex)
    return Text(tex, formula=True, verbatim=True) if is_formula else Text(f"${tex}$")


def read_text(text: str | None, style: Format) -> Iterable[Text]:
    """Yield text with its format; nothing for empty text."""
    if text:
        yield Text(
            _SPACES.sub(" ", clean_text(text)),
            style.strong,
            style.emphasis,
            style.code,
            style.verbatim,
            style.href,
            raised=style.raised,
            struck=style.struck,
        )


def flush(loose: list[Text], found: list[Block]) -> None:
    """End a paragraph: the collected text becomes one, unless it is blank."""
    inlines = trim(loose)
    if inlines:
        found.append(Paragraph(inlines))
    loose.clear()


def read_loose(text: str | None) -> list[Block]:
    """Read text that stands between the items of a list."""
    found: list[Block] = []
    flush(list(read_text(text, Format())), found)
    return found


def trim(inlines: Iterable[Text]) -> Inlines:
    """Drop the empty runs, and the spaces at both ends."""
    runs = [run for run in inlines if run.text or run.break_after]
    while runs and not runs[0].text.strip():
        runs.pop(0)
    while runs and not runs[-1].text.strip():
        runs.pop()
    if not runs:
        return ()
    if (text := runs[0].text.lstrip()) != runs[0].text:
        runs[0] = renewed(runs[0], text=text)
    if (text := runs[-1].text.rstrip()) != runs[-1].text:
        runs[-1] = renewed(runs[-1], text=text)
    return tuple(runs)


def needed(rows: Iterable[tuple[Cell, ...]]) -> Iterable[tuple[Cell, ...]]:
    """Leave out the rows without a cell, unless cells from above reach into them."""
    reaching = 0
    for row in rows:
        if row or reaching:
            yield row
        reaching = max([reaching, *(cell.rowspan for cell in row)]) - 1 if row or reaching else 0
