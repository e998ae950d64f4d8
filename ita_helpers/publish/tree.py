"""The document tree: the closed vocabulary every output format is written from.

What a notebook shows is read into these nodes once; what they cannot hold reaches no output. The
values are frozen, so that two writers cannot disagree about what was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Literal, TypeVar
from urllib.parse import unquote

from ita_helpers.documents.origin import Origin
from ita_helpers.language.catalogue import label, say

_NO_LETTER = re.compile(r"[\W_]+")
Align = Literal["left", "center", "right"]
Style = Literal["body", "note", "score", "quote", "banner", "line", "signature", "head", "flush"]


_Node = TypeVar("_Node")


@dataclass(frozen=True)
class Text:
    """A run of text; ``verbatim`` keeps its digits as they are (codes, addresses).

    ``href`` is an address, or ``#anchor`` of a block of the same document. ``whole`` text is not
    broken at a line's end. The text of a ``formula`` is TeX, to be drawn. ``raised`` text stands
    above or below the line (a footnote's mark, a power, H₂O), ``struck`` text holds no longer.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    verbatim: bool = False
    href: str = ""
    break_after: bool = False
    whole: bool = False
    formula: bool = False
    raised: Literal["", "sup", "sub"] = ""
    struck: bool = False


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
    """A paragraph in one of the page's styles.

    ``line`` is a line of a memo's head, ``signature`` stands over the right half of the page,
    ``head`` is a heading in no contents. A ``flush`` paragraph has no indent.
    """

    inlines: Inlines
    style: Style = "body"


@dataclass(frozen=True)
class ListBlock:
    """A list; each item is a sequence of blocks.

    The items of an ``is_outline`` list are put there by the assembly: the parts of the document.
    """

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1
    is_outline: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a table; ``scope`` marks a header, ``slot`` a cell that holds a slot's words."""

    inlines: Inlines
    scope: Literal["", "col", "row", "rowgroup", "colgroup"] = ""
    align: Align = "left"
    colspan: int = 1
    rowspan: int = 1
    slot: str = ""


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
    anchor: str = ""


@dataclass(frozen=True)
class Image:
    """A drawing: clean SVG, or the bytes of a PNG or JPEG as base64."""

    kind: Literal["svg", "png", "jpeg"]
    content: str


@dataclass(frozen=True)
class Figure:
    """A picture with what it says to those who cannot see it.

    ``data`` are a chart's figures; ``data_at`` is the anchor of the table of the document that
    prints them, where there is one.
    """

    image: Image
    alt: str
    caption: Inlines = ()
    label: str = ""
    is_chart: bool = False
    data: Table | None = None
    data_at: str = ""
    anchor: str = ""


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


@dataclass(frozen=True)
class Slot:
    """The words of one slot (``narrative-06``), kept together so that they can be found again."""

    name: str
    blocks: tuple[Block, ...]


Role = Literal["headline", "level", "score", "facts", "why", "components", "to-do", "keep", "state"]
"""What a panel is to its reader."""


@dataclass(frozen=True)
class Panel:
    """Blocks that belong together on the summary page, which writers lay out by their ``role``.

    Screens show a drawing with its figures folded away, papers the figures alone.
    """

    role: Role
    blocks: tuple[Block, ...]

    @property
    def on_paper(self) -> tuple[Block, ...]:
        """The blocks as papers show them: the figures of a drawing instead of the drawing."""
        return tuple(
            each.data if isinstance(each, Figure) and each.data else each for each in self.blocks
        )


@dataclass(frozen=True)
class Together:
    """Rows that stay on one page, each of blocks side by side: what is signed."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


@dataclass(frozen=True)
class ContentsList:
    """One list of the contents: its title and its entries, each with the anchor it leads to."""

    title: str
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True)
class ContentsEntry:
    """A line of the contents; ``level`` is 2 or 3, that of a heading."""

    level: int
    inlines: Inlines
    anchor: str


@dataclass(frozen=True)
class Contents:
    """The contents of the document; with ``ranges`` a part's entry gives first and last page."""

    lists: tuple[ContentsList, ...]
    ranges: bool = False


Block = (
    Heading
    | Paragraph
    | ListBlock
    | Table
    | Figure
    | Preformatted
    | Formula
    | Break
    | Slot
    | Panel
    | Together
    | Contents
)


@dataclass(frozen=True)
class Part:
    """A part of the document; ``tag`` is its name in the notebook.

    A ``continued`` part goes on under the heading of the part before it. A part on its
    ``own_page`` shares none with another.
    """

    tag: str
    blocks: tuple[Block, ...]
    is_numbered: bool = True
    is_appendix: bool = False
    is_continued: bool = False
    own_page: bool = False


@dataclass(frozen=True)
class Document:
    """A whole document, with the facts of its title page.

    ``has_cover``: the title stands on a page of its own, with the office's ``emblem``.
    ``made`` are lines of a cover: who made the paper, and when. ``mark`` stands beside ``running``
    on every page. ``is_draft``: some of its words are drafts
    that nobody has confirmed. ``issued`` is the date in the file's metadata, ``attachment`` the
    scores as JSON, ``word_template`` the office's own template, as a path from the workspace's
    root, ``word_font`` the font of its Word file. ``others`` are its files in other formats that
    are made with it and lie beside it: what each is called, and its name. ``organisation`` and
    ``fiscal_year`` (B.E.) name whose report it is; ``computed`` are
    the numbers in the draft of each slot, which come from the data. ``report`` names its kind if it
    is not the usual one, ``issue`` is the number of the issued version, 0 in a working copy;
    ``edition`` is empty where there is only one.
    """

    title: str
    parts: tuple[Part, ...]
    subtitle: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    running: str = ""
    mark: str = ""
    numerals: Literal["thai", "arabic"] = "arabic"
    author: str = ""
    kind: Literal["report", "memo"] = "report"
    has_cover: bool = False
    is_draft: bool = False
    emblem: Image | None = None
    issued: date | None = None
    attachment: str = ""
    word_template: str = ""
    word_font: str = ""
    others: tuple[tuple[str, str], ...] = ()
    organisation: str = ""
    fiscal_year: int = 0
    computed: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    report: str = ""
    issue: int = 0
    edition: str = ""

    @property
    def for_whom(self) -> str:
        """What each page of the internal edition says of itself; empty in any other paper.

        A memo is internal by its kind and keeps the form of one.
        """
        is_said = self.edition == "internal" and self.kind == "report"
        return label("words.edition.internal") if is_said else ""

    @property
    def origin(self) -> Origin | None:
        """What its files carry about themselves; nothing for what is no office's report."""
        paper = "" if self.kind == "report" else self.kind
        origin = Origin(self.organisation, self.fiscal_year, paper)
        told = replace(origin, report=self.report, issue=self.issue, edition=self.edition)
        return told if self.organisation else None

    @property
    def emblem_name(self) -> str:
        """What the emblem is, for those who cannot see it."""
        return say("report.title.emblem", memo=self.kind == "memo", name=self.author)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks of all parts, those of slots and panels in their place."""
        return tuple(unfold(block for part in self.parts for block in part.blocks))


_THAI_DIGITS = "".join(map(chr, range(0x0E50, 0x0E5A)))
_RAISED = {
    "sup": str.maketrans(f"0123456789{_THAI_DIGITS}+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
    "sub": str.maketrans(f"0123456789{_THAI_DIGITS}+-=()", "₀₁₂₃₄₅₆₇₈₉₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}


def renewed(node: _Node, **fields: object) -> _Node:
    """Return a node with other values in some fields, as ``replace`` does in four times the time.

    A node keeps its values in its dictionary, and none checks them when it is made.
    """
    made: _Node = object.__new__(node.__class__)
    made.__dict__.update(node.__dict__, **fields)
    return made


def plain(inlines: Inlines) -> str:
    """Return the text of inlines as meant: without struck-out text, with raised digits raised.

    >>> plain((Text("95", struck=True), Text("92.86"), Text("1", raised="sup")))
    '92.86¹'
    """
    return "".join(_meant(run) for run in inlines if not run.struck).strip()


def _meant(run: Text) -> str:
    text = run.text.translate(_RAISED[run.raised]) if run.raised else run.text
    return text + (" " if run.break_after else "")


def unfold(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, those of slots and panels in their place."""
    for block in blocks:
        if isinstance(block, Slot | Panel):
            yield from unfold(block.blocks)
        else:
            yield block


def pairs_of(inlines: Inlines) -> list[tuple[Inlines, Inlines]]:
    """Return the names on a line of a memo's head, which are strong, each with its text."""
    pairs: list[tuple[Inlines, Inlines]] = []
    for is_name, runs in groupby(inlines, key=lambda run: run.strong):
        if is_name:
            pairs.append((tuple(runs), ()))
        else:
            name, text = pairs.pop() if pairs else ((), ())
            pairs.append((name, (*text, *runs)))
    return pairs


def slug(text: str) -> str:
    """Return the slug that a heading and links to it share, whichever tool made them.

    >>> slug("ผล ITA (ปี 2568)") == slug("#ผล-ita-ปี-2568")
    True
    """
    return _NO_LETTER.sub("", unquote(text)).casefold()
