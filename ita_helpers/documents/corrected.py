"""Reading a Word file of ours as somebody corrected it: its lines, with their slots and hands.

Tracked changes are taken as accepted and reported; comments are reported with what they are about.
The words of a slot are those between the marks of its bookmark, wherever a program moved them.
What nobody sees any more (hidden, white or tiny letters) counts as taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from ita_helpers.documents.corrected_lines import Hand, Kind, Line, Remark, Run, as_compared
from ita_helpers.documents.word_lists import Numbering, Styles
from ita_helpers.documents.word_xml import (
    attribute,
    child,
    children,
    is_bold,
    is_deleted,
    is_on,
    is_unseen,
    value_of,
)
from ita_helpers.files.packages import local

MARK = "slot_"
"""What the bookmarks of slots begin with."""
_CONTENTS = re.compile(r"(toc|contents)( heading)?( \d)?")
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink"}
_GONE = {"del", "moveFrom"}
_SKIPPED = {"pPr", "rPr", "instrText", "delInstrText", "Fallback", "txbxContent", "annotationRef"}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_lines(
    body: etree._Element,
    styles: Styles,
    numbering: Numbering,
    comments: Mapping[str, Remark] | None = None,
    links: Mapping[str, str] | None = None,
) -> list[Line]:
    """Return the lines of a Word file in reading order; empty ones are left out.

    ``comments`` are by their id, ``links`` addresses by the id of their relation.
    """
    reader = _Reader(styles, numbering, comments or {}, links or {})
    reader.read_body(body)
    return reader.lines


def slots_marked(body: etree._Element) -> list[str]:
    """Return the slots whose bookmark is there from begin to end, one as often as it is."""
    ends = set(ended(body))
    starts = (each for each in body.iter("{*}bookmarkStart") if attribute(each, "id") in ends)
    names = (attribute(each, "name") for each in starts)
    return [_slot(name) for name in names if name.startswith(MARK)]


def ended(body: etree._Element) -> Iterator[str]:
    """Yield the ids of the bookmarks that have an end."""
    yield from (attribute(each, "id") for each in body.iter("{*}bookmarkEnd"))


def _slot(bookmark: str) -> str:
    return bookmark.removeprefix(MARK).replace("narrative_", "", 1).replace("_", "-")


@dataclass
class _Open:
    """What is gathered of the line being read."""

    runs: list[Run] = field(default_factory=list)
    slots: dict[str, None] = field(default_factory=dict)
    hands: dict[Hand, None] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


class _Reader:
    """Walks through the body; knows which slots and comments have begun and not ended."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        comments: Mapping[str, Remark],
        links: Mapping[str, str],
    ) -> None:
        self.styles, self.numbering = styles, numbering
        self.comments, self.links = comments, links
        self.lines: list[Line] = []
        self._ended = set[str]()
        self._slots: dict[str, str] = {}
        self._about: dict[str, list[str]] = {}
        self._line = _Open()
        self._boxes: list[etree._Element] = []

    def read_body(self, body: etree._Element) -> None:
        """Read a body; LibreOffice may write the begin of a bookmark twice, and its end once."""
        self._ended = set(ended(body))
        self.read(body, is_cell=False)

    def read(self, parent: etree._Element, *, is_cell: bool) -> None:
        """Read the paragraphs and tables of an element."""
        for each in children(parent):
            match local(each):
                case "p":
                    self._paragraph(each, is_cell=is_cell)
                case "tbl" | "tc":
                    self.read(each, is_cell=True)
                case "tr" if is_deleted(each):
                    continue
                case "bookmarkStart" | "bookmarkEnd":
                    self._bookmark(each)
                case name if name in _WRAPPERS or name == "tr":
                    self.read(each, is_cell=is_cell)

    def _paragraph(self, paragraph: etree._Element, *, is_cell: bool) -> None:
        marks = child(child(paragraph, "pPr"), "rPr")
        self._pieces(paragraph, Run(""))
        for each in children(marks):
            if local(each) in ("ins", "del"):
                self._line.hands[_hand(each)] = None
        if child(marks, "del") is not None:
            return
        self._finish(paragraph, is_cell=is_cell)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.read(box, is_cell=False)

    def _finish(self, paragraph: etree._Element, *, is_cell: bool) -> None:
        line, self._line = self._line, _Open()
        runs = tuple(_joined(line.runs))
        if not any(run.text.strip() or run.picture for run in runs) and not line.remarks:
            return
        style, level = self.styles.name(paragraph), self.styles.level(paragraph)
        list_kind, depth = self.numbering.entry(paragraph)
        kind: Kind = "text"
        if _CONTENTS.fullmatch(style):
            kind = "contents"
        elif is_cell:
            kind = "cell"
        elif level:
            kind = "heading"
        elif list_kind:
            kind = "entry"
        self.lines.append(
            Line(
                kind,
                runs,
                tuple(line.slots),
                bool(list_kind) and list_kind != "bullet",
                depth,
                level,
                tuple(line.hands),
                tuple(line.remarks),
            )
        )

    def _pieces(self, parent: etree._Element, look: Run) -> None:
        for each in children(parent):
            name = local(each)
            if name in _GONE:
                self._line.hands[_hand(each)] = None
            elif name in ("ins", "moveTo"):
                self._line.hands[_hand(each)] = None
                self._pieces(each, look)
            elif name == "hyperlink":
                self._pieces(each, replace(look, href=self._target(each)))
            elif name == "r":
                if not is_unseen(each):
                    self._pieces(each, _look(each, look))
            elif name in ("bookmarkStart", "bookmarkEnd"):
                self._bookmark(each)
            elif name.startswith("comment"):
                self._comment(each, name)
            elif name == "drawing":
                self._picture(each, look)
            elif name == "t":
                self._add(replace(look, text=each.text or ""))
            elif name in _SIGNS:
                self._add(replace(look, text=_SIGNS[name]))
            elif name not in _SKIPPED:
                self._pieces(each, look)
            if name == "AlternateContent" or name in ("drawing", "pict"):
                self._boxes += each.iterfind(".//{*}txbxContent")

    def _add(self, run: Run) -> None:
        self._line.runs.append(run)
        if run.text.strip() or run.picture:
            self._line.slots.update(dict.fromkeys(self._slots.values()))
        for about in self._about.values():
            about.append(run.text)

    def _picture(self, drawing: etree._Element, look: Run) -> None:
        shown = next(drawing.iter("{*}blip"), None)
        named = next(drawing.iter("{*}docPr"), None)
        if shown is not None:
            alt = "" if named is None else str(named.get("descr") or "")
            picture = attribute(shown, "embed") or attribute(shown, "link")
            self._add(replace(look, text="", picture=picture, alt=alt))

    def _bookmark(self, mark: etree._Element) -> None:
        identity = attribute(mark, "id")
        if local(mark) == "bookmarkEnd":
            self._slots.pop(identity, None)
        elif attribute(mark, "name").startswith(MARK) and identity in self._ended:
            self._slots[identity] = _slot(attribute(mark, "name"))

    def _comment(self, mark: etree._Element, name: str) -> None:
        identity = attribute(mark, "id")
        if name == "commentRangeStart":
            self._about[identity] = []
        elif name == "commentReference" and identity in self.comments:
            about = as_compared("".join(self._about.pop(identity, [])))
            self._line.remarks.append(replace(self.comments[identity], about=about))

    def _target(self, link: etree._Element) -> str:
        anchor = attribute(link, "anchor")
        return f"#{anchor}" if anchor else self.links.get(attribute(link, "id"), "")


def _look(run: etree._Element, look: Run) -> Run:
    value = value_of(child(run, "rPr"), "vertAlign")
    return replace(
        look,
        strong=is_bold(run),
        emphasis=is_on(run, "rPr", "i") or is_on(run, "rPr", "iCs"),
        struck=is_on(run, "rPr", "strike") or is_on(run, "rPr", "dstrike"),
        raised="sup" if value == "superscript" else "sub" if value == "subscript" else "",
    )


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield runs, neighbours of one look as one."""
    held: Run | None = None
    for run in runs:
        if held is not None and not run.picture and replace(held, text="") == replace(run, text=""):
            held = replace(held, text=held.text + run.text)
            continue
        if held is not None:
            yield held
        held = run
    if held is not None:
        yield held


def _hand(change: etree._Element) -> Hand:
    return Hand(attribute(change, "author"), attribute(change, "date"))
