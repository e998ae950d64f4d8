"""Naming the pages of a PDF as they are numbered: letters before the first part, then numbers.

typst names pages by patterns, none of which has Thai letters or digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ita_helpers.language.thai import Numerals, with_numerals
from ita_helpers.publish.pdf.objects import Objects

_PAGE = re.compile(rb"\[(\d+) 0 R")


@dataclass(frozen=True)
class PageNames:
    """How pages are named; ``body`` is the anchor of what stands on page one."""

    body: str
    letters: Sequence[str]
    numerals: Numerals
    has_cover: bool


def label_pages(objects: Objects, names: PageNames) -> None:
    """Name the pages of a file of typst's."""
    listed = objects.bodies[objects.root].partition(b"/Dests<<")[2]
    place = re.search(rb"\(%s\)(\d+) 0 R" % re.escape(names.body.encode()), listed)
    on_page = _PAGE.match(objects.bodies[int(place[1])]) if place else None
    if on_page is None:
        return
    pages = [*objects.pages()]
    first = pages.index(int(on_page[1]))
    front = [*([""] if names.has_cover else []), *names.letters][:first]
    numbers = (with_numerals(str(n), names.numerals) for n in range(1, len(pages) - first + 1))
    labels = enumerate([*front, *[""] * (first - len(front)), *numbers])
    told = b"".join(b"%d<</P%s>>" % (at, _string(name)) for at, name in labels)
    objects.tell(objects.root, b"/PageLabels<</Nums[%s]>>" % told)


def _string(text: str) -> bytes:
    return b"<FEFF%s>" % text.encode("utf-16-be").hex().upper().encode()
