"""The document tree: the closed vocabulary every output format is written from.

What a notebook shows is read into these nodes once; what they cannot hold does not leave the
building. Frozen values only, so that two writers cannot disagree about what was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]
Style = Literal["body", "note", "score", "quote", "banner"]


@dataclass(frozen=True)
class Text:
    """A run of text; ``verbatim`` keeps its digits as they are (codes, addresses)."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    verbatim: bool = False
    href: str = ""
    break_after: bool = False


Inlines = tuple[Text, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 to 6; ``number`` is set in front of it.

    A ``prunable`` heading goes when nothing stands under it.
    """

    level: int
    inlines: Inlines
    number: str = ""
    prunable: bool = False
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in one of the page's styles."""

    inlines: Inlines
    style: Style = "body"


@dataclass(frozen=True)
class ListBlock:
    """A list; each item is a sequence of blocks."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True)
class Cell:
    """One cell of a table; ``scope`` marks a header."""

    inlines: Inlines
    scope: Literal["", "col", "row", "rowgroup", "colgroup"] = ""
    align: Align = "left"
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Table:
    """A table with its head repeated on every page; ``label`` is "table 1" in Thai.

    Every row fills ``columns`` places, those covered from above included.
    """

    caption: Inlines
    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    columns: int
    label: str = ""


@dataclass(frozen=True)
class Image:
    """A drawing: clean SVG, or the bytes of a PNG or JPEG as base64."""

    kind: Literal["svg", "png", "jpeg"]
    content: str


@dataclass(frozen=True)
class Figure:
    """A picture with what it says to those who cannot see it."""

    image: Image
    alt: str
    caption: Inlines = ()
    label: str = ""
    is_chart: bool = False


@dataclass(frozen=True)
class Preformatted:
    """Text whose spaces and lines are kept."""

    text: str


@dataclass(frozen=True)
class Formula:
    """A formula as its TeX source."""

    tex: str


@dataclass(frozen=True)
class Break:
    """A thematic break."""


Block = Heading | Paragraph | ListBlock | Table | Figure | Preformatted | Formula | Break


@dataclass(frozen=True)
class Part:
    """A part of the document; ``tag`` is its name in the notebook."""

    tag: str
    blocks: tuple[Block, ...]
    is_numbered: bool = True
    is_appendix: bool = False


@dataclass(frozen=True)
class Document:
    """A whole document, with the facts of its title page."""

    title: str
    parts: tuple[Part, ...]
    subtitle: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    running: str = ""
    numerals: Literal["thai", "arabic"] = "arabic"
    author: str = ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks of all parts."""
        return tuple(block for part in self.parts for block in part.blocks)
