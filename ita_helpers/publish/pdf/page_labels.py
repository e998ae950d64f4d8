"""Naming the pages of a PDF as they are numbered: letters before the first part, then numbers.

typst names pages by patterns, none of which has Thai letters or digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name, String

from ita_helpers.language.thai import Numerals, with_numerals


@dataclass(frozen=True)
class PageNames:
    """How pages are named; ``body`` is the anchor of what stands on page one."""

    body: str
    letters: Sequence[str]
    numerals: Numerals
    has_cover: bool


def label_pages(pdf: pikepdf.Pdf, names: PageNames) -> None:
    """Name the pages of an opened PDF of typst's."""
    places = pikepdf.NameTree(pdf.Root.Names.Dests) if Name.Dests in pdf.Root.Names else {}
    if names.body not in places:
        return
    first = pdf.pages.index(pikepdf.Page(places[names.body][0]))
    front = [*([""] if names.has_cover else []), *names.letters][:first]
    numbers = (with_numerals(str(n), names.numerals) for n in range(1, len(pdf.pages) - first + 1))
    labels = pikepdf.NumberTree.new(pdf)
    for place, name in enumerate([*front, *[""] * (first - len(front)), *numbers]):
        labels[place] = Dictionary(P=String(name))
    pdf.Root.PageLabels = labels.obj
